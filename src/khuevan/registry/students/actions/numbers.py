"""Numbers of the registry book: the next one, those of who has none, how a school writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import School
from khuevan.registry.students import audit_codes
from khuevan.registry.students.models import (
    Enrollment,
    NumberFormat,
    RegistryBook,
    RegistryNumber,
)
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.rules import registry_number

_WHY = "the registry book of a school that the caller found and locked"


def next_numbers(school: School, days: Sequence[date]) -> list[str]:
    """Return the next numbers of a school's book, one for each day of entry; a step.

    The book's row is locked until the caller's transaction ends, so two clerks never get one
    number. Numbers that somebody wrote by hand meanwhile are passed over.
    """
    book = _lock_book(school)
    found: list[str] = []
    position = book.last_number
    for day in days:
        number = ""
        while not number or _is_taken(school, number):
            position += 1
            number = registry_number(book.number_format, position, day.year)
        found.append(number)
    book.last_number = position
    book.save(update_fields=["last_number"])
    return found


def next_number(school: School, day: date) -> str:
    """Return the next number for who comes on a day; nothing where a school numbers by hand."""
    return next_numbers(school, [day])[0] if _lock_book(school).gives_numbers else ""


@transaction.atomic
def number_pupils(*, actor: Actor, school_id: int, now: datetime) -> int:
    """Number every pupil on roll who has none, by day of entry and name; return how many."""
    school = School.objects.visible_to(actor, EDIT_STUDENTS).lock(school_id)
    rows = list(
        Enrollment.objects.visible_to(actor, EDIT_STUDENTS)
        .filter(school=school, registry_number="", ends_on__isnull=True, is_primary=True)
        .select_for_update(no_key=True, of=("self",))
        .order_by("starts_on", "sort_key", "pk")
    )
    numbers = next_numbers(school, [row.starts_on for row in rows])
    for row, number in zip(rows, numbers, strict=True):
        row.registry_number = number
    Enrollment.objects.unscoped(because=_WHY).bulk_update(rows, ["registry_number"], 1000)
    if rows:
        details = {"count": len(rows), "first": numbers[0], "last": numbers[-1]}
        record(audit_codes.NUMBERED, actor=actor, at=now, unit_id=school.pk, details=details)
    return len(rows)


@transaction.atomic
def set_numbering(
    *, actor: Actor, school_id: int, number_format: str, gives_numbers: bool, now: datetime
) -> RegistryBook:
    """Let a school write the numbers to come another way; those given stay as they are."""
    school = School.objects.visible_to(actor, EDIT_STUDENTS).lock(school_id)
    book = _lock_book(school)
    before = {"number_format": book.number_format, "gives_numbers": book.gives_numbers}
    book.number_format, book.gives_numbers = NumberFormat(number_format), gives_numbers
    book.save(update_fields=["number_format", "gives_numbers"])
    record(
        audit_codes.BOOK_CHANGED,
        actor=actor,
        at=now,
        unit_id=school.pk,
        before=before,
        after={"number_format": number_format, "gives_numbers": gives_numbers},
    )
    return book


def _lock_book(school: School) -> RegistryBook:
    rows = RegistryBook.objects.unscoped(because=_WHY)
    book = rows.filter(school=school).select_for_update(no_key=True).first()
    if book is not None:
        return book
    numbers = RegistryNumber.objects.unscoped(because=_WHY).filter(school=school)
    last = numbers.aggregate(last=Max("position"))["last"] or 0
    RegistryBook.objects.bulk_create(
        [RegistryBook(school=school, last_number=last)], ignore_conflicts=True
    )
    return rows.select_for_update(no_key=True).get(school=school)


def _is_taken(school: School, number: str) -> bool:
    rows = RegistryNumber.objects.unscoped(because=_WHY)
    return rows.filter(school=school, number=number).exists()
