"""What the records know of a school's pupils, loaded once for the comparison with a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.accounts.api import Person
from khuevan.registry.people.api import Address
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    Guardianship,
    Student,
)
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.selectors import in_force


@dataclass(slots=True)
class Known:
    """One pupil of the school as the records have it."""

    student: Student
    person: Person
    class_id: int | None = None
    class_name: str = ""
    registry_number: str = ""
    addresses: dict[str, str] = field(default_factory=dict)
    guardians: dict[str, Guardianship] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """The school's pupils by every way a row may name them, and what is taken elsewhere."""

    by_number: dict[str, Known]
    by_code: dict[str, Known]
    by_name: dict[tuple[str, date | None], list[Known]]
    numbers_elsewhere: frozenset[str]
    codes_elsewhere: frozenset[str]
    registry_numbers: frozenset[str]


def load_records(
    *,
    actor: Actor,
    unit_id: int,
    on: date,
    numbers: Iterable[str],
    codes: Iterable[str],
    registry_numbers: Iterable[str],
) -> Records:
    """Load a school's roll for comparison: seven queries, however long the list."""
    known = _roll(actor, unit_id, on)
    _add_classes(known, on)
    _add_addresses(known)
    _add_guardians(known)
    by_number = {k.person.personal_number: k for k in known.values() if k.person.personal_number}
    by_code = {k.student.moet_code: k for k in known.values() if k.student.moet_code}
    by_name: dict[tuple[str, date | None], list[Known]] = defaultdict(list)
    for one in known.values():
        by_name[match_key(one.person.full_name), one.person.birth_date].append(one)
    return Records(
        by_number=by_number,
        by_code=by_code,
        by_name=by_name,
        numbers_elsewhere=_taken_numbers(set(numbers) - by_number.keys()),
        codes_elsewhere=_taken_codes(set(codes) - by_code.keys()),
        registry_numbers=_taken_registry_numbers(actor, unit_id, set(registry_numbers)),
    )


def _roll(actor: Actor, unit_id: int, on: date) -> dict[int, Known]:
    rows = (
        Enrollment.objects.visible_to(actor, IMPORT_STUDENTS)
        .filter(in_force(on), school_id=unit_id)
        .select_related("student", "person")
    )
    return {
        row.student_id: Known(row.student, row.person, registry_number=row.registry_number)
        for row in rows
    }


def _add_classes(known: dict[int, Known], on: date) -> None:
    rows = (
        ClassPlacement.objects.unscoped(because="pupils of the school reached through a scope")
        .filter(in_force(on), student_id__in=known)
        .select_related("homeroom_class")
    )
    for row in rows:
        known[row.student_id].class_id = row.homeroom_class_id
        known[row.student_id].class_name = row.homeroom_class.name


def _add_addresses(known: dict[int, Known]) -> None:
    people = {one.person.pk: one for one in known.values()}
    rows = Address.objects.unscoped(because="pupils of the school reached through a scope").filter(
        person_id__in=people, ends_on__isnull=True
    )
    for row in rows:
        people[row.person_id].addresses[row.kind] = row.detail


def _add_guardians(known: dict[int, Known]) -> None:
    rows = (
        Guardianship.objects.unscoped(because="pupils of the school reached through a scope")
        .filter(student_id__in=known, ends_on__isnull=True)
        .select_related("guardian")
    )
    for row in rows:
        known[row.student_id].guardians.setdefault(row.relation, row)


def _taken_numbers(numbers: set[str]) -> frozenset[str]:
    rows = Person.objects.unscoped(because="only whether a number is taken, not by whom").filter(
        personal_number__in=numbers
    )
    return frozenset(n for n in rows.values_list("personal_number", flat=True) if n)


def _taken_codes(codes: set[str]) -> frozenset[str]:
    rows = Student.objects.unscoped(because="only whether a code is taken, not by whom").filter(
        moet_code__in=codes
    )
    return frozenset(c for c in rows.values_list("moet_code", flat=True) if c)


def _taken_registry_numbers(actor: Actor, unit_id: int, numbers: set[str]) -> frozenset[str]:
    rows = Enrollment.objects.visible_to(actor, IMPORT_STUDENTS).filter(
        school_id=unit_id, registry_number__in=numbers
    )
    return frozenset(rows.values_list("registry_number", flat=True))
