"""Pupils whom the demo's first school recorded twice, and the pairs that are found then."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from khuevan.cli.world.lives import clerk_of
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.duplicates.api import look_for_pairs
from khuevan.registry.duplicates.models import DuplicatePair
from khuevan.registry.students import actions as students
from khuevan.registry.students.api import (
    ClassPlacement,
    GuardianData,
    Guardianship,
    NewStudent,
    Student,
    StudentData,
)

WHY = "the demo's own pupils"
TWINS = 2
LARGEST = 20_000
"""A larger province than a demo's has pairs of its own, and looking for them takes minutes."""


@transaction.atomic
def record_twice(*, today: date, school_id: int, now: datetime) -> None:
    """Let the clerk have registered two pupils of the last class again; once.

    Of one the middle name is missing, of the other day and month of birth changed places.
    """
    clerk = clerk_of(school_id, today, now)
    if clerk is None or DuplicatePair.objects.unscoped(because=WHY).exists():
        return
    if Student.objects.unscoped(because=WHY).count() > LARGEST:
        return
    seats = ClassPlacement.objects.unscoped(because=WHY).filter(
        in_force(today), school_id=school_id
    )
    rows = seats.select_related("student__person", "homeroom_class")
    chosen = [
        one
        for one in rows.order_by("-homeroom_class__name", "-sort_key", "pk")[:40]
        if _can_be_confused(one.student)
    ]
    for slip, seat in enumerate(chosen[:TWINS]):
        _register_again(clerk, seat, is_swapped=bool(slip), now=now)
    look_for_pairs(now=now)


def _can_be_confused(student: Student) -> bool:
    born = student.person.birth_date
    return born is not None and born.day <= 12 and born.day != born.month


def _register_again(clerk: Actor, seat: ClassPlacement, *, is_swapped: bool, now: datetime) -> None:
    person = seat.student.person
    born = person.birth_date or date(2012, 1, 1)
    name = person.full_name
    students.register_student(
        actor=clerk,
        school_id=seat.school_id,
        new=NewStudent(
            StudentData(
                name if is_swapped else f"{person.family_name} {person.given_name}",
                person.sex,
                born.replace(day=born.month, month=born.day) if is_swapped else born,
                guardians=tuple(_parents(seat.student)),
            ),
            homeroom_class_id=seat.homeroom_class_id,
            starts_on=seat.starts_on,
        ),
        entry_kind="ADMITTED",
        is_another=True,
        now=now,
    )


def _parents(student: Student) -> list[GuardianData]:
    rows = Guardianship.objects.unscoped(because=WHY).filter(student=student, ends_on=None)
    return [
        GuardianData(one.relation, one.full_name, one.birth_year, one.occupation, one.phone)
        for one in rows.select_related("guardian").order_by("contact_order", "pk")
    ]
