"""Moving pupils between the classes of their school."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students import audit_codes
from khuevan.registry.students.errors import AlreadyThere, NoSuchDay
from khuevan.registry.students.models import ClassPlacement, Enrollment, Student
from khuevan.registry.students.permissions import EDIT_STUDENTS


@transaction.atomic
def place_student(
    *, actor: Actor, uuid: UUID, homeroom_class: HomeroomClass, on: date, now: datetime
) -> ClassPlacement:
    """Move one pupil to a class of the same school from a day on.

    :raises AlreadyThere: when the pupil sits there already
    :raises NoSuchDay: when the day is before the pupil came
    """
    student = Student.objects.visible_to(actor, EDIT_STUDENTS).one(uuid)
    student = Student.objects.visible_to(actor, EDIT_STUDENTS).lock(student.pk)
    enrollment = _enrollment(student, homeroom_class, on=on)
    current = (
        ClassPlacement.objects.visible_to(actor, EDIT_STUDENTS)
        .filter(student=student, ends_on__isnull=True)
        .first()
    )
    if current and current.homeroom_class_id == homeroom_class.pk:
        raise AlreadyThere
    if current:
        _end(current, on=on)
    placement = ClassPlacement.objects.create(
        student=student,
        person_id=student.person_id,
        school_id=enrollment.school_id,
        homeroom_class=homeroom_class,
        sort_key=student.person.sort_key,
        starts_on=on,
    )
    record(
        audit_codes.PLACED,
        actor=actor,
        at=now,
        target=student,
        person_id=student.person_id,
        unit_id=enrollment.school_id,
        before={"class": current.homeroom_class_id if current else None},
        after={"class": homeroom_class.pk},
        details={"on": on},
    )
    return placement


@transaction.atomic
def place_students(
    *, actor: Actor, classes: Mapping[UUID, HomeroomClass], on: date, now: datetime
) -> int:
    """Move several pupils, each to a class; all of them or none."""
    for uuid, homeroom_class in classes.items():
        place_student(actor=actor, uuid=uuid, homeroom_class=homeroom_class, on=on, now=now)
    return len(classes)


def _enrollment(student: Student, homeroom_class: HomeroomClass, *, on: date) -> Enrollment:
    enrollment = (
        Enrollment.objects.unscoped(because="the pupil is locked through the actor's scope")
        .filter(student=student, school_id=homeroom_class.school_id, ends_on__isnull=True)
        .first()
    )
    if enrollment is None:
        raise NotFound
    if on < enrollment.starts_on:
        raise NoSuchDay
    return enrollment


def _end(placement: ClassPlacement, *, on: date) -> None:
    if on <= placement.starts_on:
        placement.delete()
        return
    placement.ends_on = on
    placement.save(update_fields=["ends_on"])
