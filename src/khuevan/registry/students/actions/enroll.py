"""Pupils whom the records know come to a school: the same person, a new period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.access.api import move_derived_grants
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.schools.api import School
from khuevan.registry.students import audit_codes
from khuevan.registry.students.actions.numbers import next_number
from khuevan.registry.students.actions.register import explain
from khuevan.registry.students.actions.seats import require_years
from khuevan.registry.students.data import Arrival
from khuevan.registry.students.errors import RecordChanged
from khuevan.registry.students.facts import family_keys
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    EntryKind,
    Student,
)
from khuevan.registry.students.permissions import EDIT_STUDENTS

COMING = "pupils who come in: the caller found each by number, or in the school's own registry book"


@transaction.atomic
def enroll_students(
    *,
    actor: Actor,
    school_id: int,
    arrivals: Sequence[Arrival],
    entry_kind: str,
    now: datetime,
    permission: Permission = EDIT_STUDENTS,
) -> list[Student]:
    """Enroll pupils whom the records know, under the identity they have.

    Who was at the school before returns under the old number of the registry book; who comes alone
    and without a number gets the next one.

    :raises AlreadyEnrolled: when one of them is on the roll of a school on those days
    :raises OtherYearsClass: when a class is of another school year than the day
    :raises RegistryNumberTaken: when another pupil of the school has a number
    """
    school = School.objects.visible_to(actor, permission).lock(school_id)
    seats = [(one.homeroom_class_id, one.starts_on) for one in arrivals]
    require_years(seats, school_id=school.pk)
    return enroll_in(actor=actor, school=school, arrivals=arrivals, entry_kind=entry_kind, now=now)


def enroll_in(
    *,
    actor: Actor,
    school: School,
    arrivals: Sequence[Arrival],
    entry_kind: str,
    now: datetime,
) -> list[Student]:
    """Enroll pupils in a school that the caller found and locked; a step of its transaction."""
    wanted = {one.student_id: one for one in arrivals}
    students = list(
        Student.objects.unscoped(because=COMING)
        .filter(pk__in=wanted)
        .select_for_update(no_key=True, of=("self",))
        .select_related("person")
        .order_by("pk")
    )
    if len(students) != len(wanted):
        raise RecordChanged
    try:
        with transaction.atomic():
            _write_periods(school, students, wanted, entry_kind)
    except IntegrityError as error:
        raise explain(error) from error
    for day in sorted({one.starts_on for one in arrivals}):
        came = [student for student in students if wanted[student.pk].starts_on == day]
        _tell_families(school, came, on=day)
    record(
        audit_codes.REGISTERED,
        actor=actor,
        at=now,
        unit_id=school.pk,
        target=students[0] if len(students) == 1 else None,
        person_id=students[0].person_id if len(students) == 1 else None,
        details={"count": len(students), "entry_kind": entry_kind},
    )
    return students


def _write_periods(
    school: School, students: Sequence[Student], wanted: dict[int, Arrival], entry_kind: str
) -> None:
    before = _registry_numbers(school, students)
    is_single = len(students) == 1
    write_new(
        [
            Enrollment(
                student=student,
                person_id=student.person_id,
                school=school,
                registry_number=before.get(student.pk)
                or wanted[student.pk].registry_number
                or (next_number(school, wanted[student.pk].starts_on) if is_single else ""),
                entry_kind=EntryKind.RETURNED if student.pk in before else entry_kind,
                sort_key=student.person.sort_key,
                starts_on=wanted[student.pk].starts_on,
                came_from=wanted[student.pk].came_from,
                entry_paper=wanted[student.pk].paper,
            )
            for student in students
        ]
    )
    write_new(
        [
            ClassPlacement(
                student=student,
                person_id=student.person_id,
                school=school,
                homeroom_class_id=room,
                grade_level_id=wanted[student.pk].grade_level_id,
                sort_key=student.person.sort_key,
                starts_on=wanted[student.pk].starts_on,
            )
            for student in students
            if (room := wanted[student.pk].homeroom_class_id) is not None
        ]
    )


def _registry_numbers(school: School, students: Sequence[Student]) -> dict[int, str]:
    """Return the pupils who were at the school before, with their numbers in its book."""
    rows = Enrollment.objects.unscoped(because="the school's own registry book").filter(
        school=school, student__in=students, is_primary=True
    )
    return dict(rows.order_by("starts_on", "pk").values_list("student_id", "registry_number"))


def _tell_families(school: School, students: Sequence[Student], *, on: date) -> None:
    """Let the school know the accounts of the pupils and of their guardians."""
    keys = family_keys([student.pk for student in students])
    move_derived_grants(source_keys=keys, home_unit_id=school.pk, on=on)
