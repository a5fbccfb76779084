"""A pupil leaves a school, or the leaving is taken back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.access.api import move_derived_grants
from khuevan.platform.audit.api import record
from khuevan.registry.students import audit_codes
from khuevan.registry.students.checks import check_day
from khuevan.registry.students.errors import AlreadyEnrolled, NoSuchDay, NothingToUndo
from khuevan.registry.students.facts import family_keys
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    ExitKind,
    Student,
)
from khuevan.registry.students.permissions import EDIT_STUDENTS


@transaction.atomic
def end_enrollment(
    *, actor: Actor, uuid: UUID, exit_kind: str, on: date, now: datetime
) -> Enrollment:
    """End a pupil's time in the school, and in the class, on a day.

    From that day on the school no longer reaches the record, nor the accounts of the pupil and,
    unless another child is there, of the guardians.

    :raises NoSuchDay: when the day is not after the pupil came
    """
    check_day(on, today=now.astimezone(VIETNAM).date())
    enrollment = (
        Enrollment.objects.visible_to(actor, EDIT_STUDENTS)
        .filter(student__uuid=uuid, ends_on__isnull=True, is_primary=True)
        .select_related("student")
        .select_for_update(no_key=True, of=("self",))
        .first()
    )
    if enrollment is None:
        raise NotFound
    if on <= enrollment.starts_on:
        raise NoSuchDay
    enrollment.ends_on, enrollment.exit_kind = on, exit_kind
    enrollment.save(update_fields=["ends_on", "exit_kind"])
    seats = _seats(enrollment).filter(not_over(on))
    seats.filter(starts_on__gte=on).delete()
    seats.update(ends_on=on)
    student = enrollment.student
    _move_grants(student, None, on=on)
    record(
        audit_codes.LEFT,
        actor=actor,
        at=now,
        target=student,
        person_id=student.person_id,
        unit_id=enrollment.school_id,
        details={"exit_kind": exit_kind, "how": str(ExitKind(exit_kind).label), "on": on},
    )
    return enrollment


@transaction.atomic
def undo_leaving(*, actor: Actor, enrollment_uuid: UUID, now: datetime) -> Student:
    """Take a pupil back whose leaving was recorded by mistake: as if it had not been.

    :raises NothingToUndo: when the pupil has not left, or came back since
    :raises AlreadyEnrolled: when the pupil is in another school by now
    """
    reached = Enrollment.objects.visible_to(actor, EDIT_STUDENTS)
    enrollment = reached.select_for_update(no_key=True, of=("self",)).one(enrollment_uuid)
    ended_on = enrollment.ends_on
    if ended_on is None:
        raise NothingToUndo
    enrollment.ends_on, enrollment.exit_kind = None, ""
    try:
        with transaction.atomic():
            enrollment.save(update_fields=["ends_on", "exit_kind"])
            _seats(enrollment).filter(ends_on=ended_on).update(ends_on=None)
    except IntegrityError as error:
        raise AlreadyEnrolled from error
    _move_grants(enrollment.student, enrollment.school_id, on=ended_on)
    record(
        audit_codes.TAKEN_BACK,
        actor=actor,
        at=now,
        target=enrollment.student,
        person_id=enrollment.person_id,
        unit_id=enrollment.school_id,
        before={"ends_on": ended_on},
    )
    return enrollment.student


def _seats(enrollment: Enrollment) -> ScopedQuerySet[ClassPlacement]:
    rows = ClassPlacement.objects.unscoped(because="the seats of an enrollment in reach, locked")
    return rows.filter(student_id=enrollment.student_id, school_id=enrollment.school_id)


def _move_grants(student: Student, school_id: int | None, *, on: date) -> None:
    """Let the school know, or no longer know, the accounts of the pupil and of the guardians."""
    keys = family_keys([student.pk])
    move_derived_grants(source_keys=keys, home_unit_id=school_id, on=on)
