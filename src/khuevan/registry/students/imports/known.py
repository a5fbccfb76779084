"""What the records know of a school's pupils, loaded once for the comparison with a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import join_name, match_key
from khuevan.platform.accounts.api import Person
from khuevan.registry.people.api import Address
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    Guardianship,
    RegistryNumber,
    Student,
)
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.policies import codes_of
from khuevan.registry.students.selectors.rolls import away

ASKED_ABOUT = timedelta(days=400)
"""How long a pupil who left another school is asked about by name: over one summer."""
FIRST_DAY = date.min
PERSON_FROM = 4
"""Where the facts of the person begin, after those of the pupil."""


@dataclass(frozen=True, slots=True)
class Former:
    """Where a pupil was who is not on the school's roll."""

    ends_on: date
    """The day from which the pupil may come; the first of all days when there was no school."""
    is_here: bool = False
    is_open: bool = False
    """Still on the roll of a school."""
    comes_on: date | None = None
    """The first day at this school, when that is after the day from which the list counts."""


class StudentFacts(NamedTuple):
    """What of a pupil's row a list is compared with."""

    pk: int
    uuid: UUID
    moet_code: str | None
    disability_code: str


class PersonFacts(NamedTuple):
    """What of a person's row a list is compared with."""

    pk: int
    family_name: str
    middle_name: str
    given_name: str
    sort_key: str
    sex: str
    birth_date: date | None
    personal_number: str | None
    ethnicity_code: str
    nationality_code: str
    phone: str
    version: int

    @property
    def full_name(self) -> str:
        """Return the name in Vietnamese order."""
        return join_name(self.family_name, self.middle_name, self.given_name)


class GuardianFacts(NamedTuple):
    """A guardian as the school was told of them, else as they are recorded."""

    full_name: str
    birth_year: int | None
    phone: str
    occupation: str
    given_name: str
    """As recorded: it tells one guardian from another."""


@dataclass(slots=True)
class Known:
    """One pupil as the records have it: of the school, or coming to it."""

    student: StudentFacts
    person: PersonFacts
    class_id: int | None = None
    class_name: str = ""
    class_key: str = ""
    grade_name: str = ""
    registry_number: str = ""
    policy_codes: tuple[str, ...] = ()
    addresses: dict[str, str] = field(default_factory=dict)
    guardians: dict[str, GuardianFacts] = field(default_factory=dict)
    is_on_leave: bool = False
    """On the roll without a class, and comes back."""
    is_guest: bool = False
    """The school is the second one: the class is the main school's, and not told here."""
    former: Former | None = None
    """None for who is on the school's roll."""


@dataclass(frozen=True, slots=True)
class Records:
    """The school's pupils by every way a row may name them, and what is taken elsewhere."""

    by_number: dict[str, Known]
    by_code: dict[str, Known]
    by_name: dict[tuple[str, date | None], list[Known]]
    leavers: dict[tuple[str, date | None], list[Known]]
    """Pupils who left this school, or another one not long ago, by name and birth date."""
    numbers_elsewhere: frozenset[str]
    """Numbers of people who are no pupils."""
    registry_numbers: dict[str, str]
    """Numbers of the registry book that were given: to whom, where the record was taken back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rows of a list name their pupils by."""

    numbers: frozenset[str]
    codes: frozenset[str]
    registry_numbers: frozenset[str]
    names: frozenset[str]
    """Folded names of the rows without number and code."""
    birth_dates: frozenset[date]


def load_records(*, actor: Actor, unit_id: int, on: date, asked: Asked) -> Records:
    """Load what a list is compared with: a fixed number of queries, however long it is."""
    known = _roll(actor, unit_id, on)
    _add_classes(known, on)
    numbers = asked.numbers - {k.person.personal_number for k in known.values()}
    codes = asked.codes - {k.student.moet_code for k in known.values()}
    people = _people(numbers)
    found = [person.student for person in people if hasattr(person, "student")]
    found += _coded(codes)
    named = _named(asked, {student.pk for student in found} | known.keys())
    known |= _with_formers([*found, *named], unit_id, on)
    _add_addresses(known)
    _add_guardians(known)
    for student_id, groups in codes_of(known, on=on).items():
        known[student_id].policy_codes = groups
    names = {student.pk for student in named}
    certain = [one for pk, one in known.items() if pk not in names]
    return Records(
        by_number={k.person.personal_number: k for k in certain if k.person.personal_number},
        by_code={k.student.moet_code: k for k in certain if k.student.moet_code},
        by_name=_by_name(one for one in certain if one.former is None),
        leavers=_by_name(known[pk] for pk in names if _is_leaver(known[pk].former, on)),
        numbers_elsewhere=frozenset(
            person.personal_number or "" for person in people if not hasattr(person, "student")
        ),
        registry_numbers=_taken_registry_numbers(actor, unit_id, asked.registry_numbers),
    )


def roster(actor: Actor, unit_id: int, on: date) -> list[Known]:
    """Return a school's pupils with all that a list says of them, for one that goes out."""
    known = _roll(actor, unit_id, on)
    _add_classes(known, on)
    _add_addresses(known)
    _add_guardians(known)
    for student_id, groups in codes_of(known, on=on).items():
        known[student_id].policy_codes = groups
    return sorted(known.values(), key=lambda one: (one.class_key, one.person.sort_key))


def _by_name(listed: Iterable[Known]) -> dict[tuple[str, date | None], list[Known]]:
    by_name: dict[tuple[str, date | None], list[Known]] = defaultdict(list)
    for one in listed:
        by_name[match_key(one.person.full_name), one.person.birth_date].append(one)
    return by_name


def _is_leaver(former: Former | None, on: date) -> bool:
    """Return whether a pupil left this school, or another one not long ago, and is in none now."""
    if former is None or former.is_open:
        return False
    return former.is_here or former.ends_on >= on - ASKED_ABOUT


def _roll(actor: Actor, unit_id: int, on: date) -> dict[int, Known]:
    rows = (
        Enrollment.objects.visible_to(actor, IMPORT_STUDENTS)
        .filter(in_force(on), school_id=unit_id)
        .values_list(
            "registry_number",
            away(on),
            "is_primary",
            *(f"student__{name}" for name in StudentFacts._fields),
            *(f"person__{name}" for name in PersonFacts._fields),
        )
    )
    found = {}
    for number, is_on_leave, is_primary, *facts in rows:
        student = StudentFacts(*facts[:PERSON_FROM])
        person = PersonFacts(*facts[PERSON_FROM:])
        found[student.pk] = Known(
            student,
            person,
            registry_number=number,
            is_on_leave=is_on_leave,
            is_guest=not is_primary,
        )
    return found


def _add_classes(known: dict[int, Known], on: date) -> None:
    rows = (
        ClassPlacement.objects.unscoped(because="pupils of the school reached through a scope")
        .filter(in_force(on), student_id__in=known)
        .values_list(
            "student_id",
            "homeroom_class_id",
            "homeroom_class__name",
            "homeroom_class__sort_key",
            "homeroom_class__grade_level__name",
            "grade_level__name",
        )
    )
    for student_id, class_id, name, key, grade, own_grade in rows:
        one = known[student_id]
        if one.is_guest:
            continue
        one.class_id, one.class_name, one.class_key = class_id, name, key
        one.grade_name = own_grade or grade


def _add_addresses(known: dict[int, Known]) -> None:
    people = {one.person.pk: one for one in known.values()}
    rows = Address.objects.unscoped(because="pupils of the school reached through a scope").filter(
        person_id__in=people, ends_on__isnull=True
    )
    for person_id, kind, detail in rows.order_by("pk").values_list("person_id", "kind", "detail"):
        people[person_id].addresses[kind] = detail


def _add_guardians(known: dict[int, Known]) -> None:
    rows = (
        Guardianship.objects.unscoped(because="pupils of the school reached through a scope")
        .filter(student_id__in=known, ends_on__isnull=True)
        .order_by("pk")
        .values_list(
            "student_id",
            "relation",
            "occupation",
            "told_name",
            "told_birth_year",
            "told_phone",
            "guardian__family_name",
            "guardian__middle_name",
            "guardian__given_name",
            "guardian__birth_year",
            "guardian__phone",
        )
    )
    for student_id, relation, job, name, year, phone, family, middle, given, born, own in rows:
        facts = GuardianFacts(
            name or join_name(family, middle, given), year or born, phone or own, job, given
        )
        known[student_id].guardians.setdefault(relation, facts)


def _people(numbers: AbstractSet[str]) -> list[Person]:
    rows = Person.objects.unscoped(because="who has a number that the list gives")
    return list(rows.filter(personal_number__in=numbers).select_related("student"))


def _coded(codes: AbstractSet[str]) -> list[Student]:
    rows = Student.objects.unscoped(because="who has a code that the list gives")
    return list(rows.filter(moet_code__in=codes).select_related("person"))


def _named(asked: Asked, but: AbstractSet[int]) -> list[Student]:
    """Return the pupils of any school with a name and birth date that the list gives."""
    if not asked.names:
        return []
    rows = Student.objects.unscoped(because="whether a pupil who left is entered a second time")
    same = rows.filter(
        person__search_name__in=asked.names, person__birth_date__in=asked.birth_dates
    )
    return list(same.exclude(pk__in=but).select_related("person").order_by("pk"))


def _with_formers(students: Sequence[Student], unit_id: int, on: date) -> dict[int, Known]:
    """Return pupils who are not on the roll, with where they were until when."""
    known: dict[int, Known] = {}
    for student in students:
        known[student.pk] = Known(*_facts(student), former=Former(FIRST_DAY))
    rows = Enrollment.objects.unscoped(because="whether they are free to come").filter(
        student_id__in=known, is_primary=True
    )
    for row in rows.order_by("starts_on", "pk"):
        one = known[row.student_id]
        before = one.former or Former(FIRST_DAY)
        is_here = row.school_id == unit_id
        if is_here:
            one.registry_number = row.registry_number
        one.former = Former(
            ends_on=max(before.ends_on, row.ends_on or FIRST_DAY),
            is_here=before.is_here or is_here,
            is_open=before.is_open or row.ends_on is None or row.ends_on > on,
            comes_on=row.starts_on if is_here and row.starts_on > on else before.comes_on,
        )
    return known


def _facts(student: Student) -> tuple[StudentFacts, PersonFacts]:
    person = student.person
    return (
        StudentFacts(*(getattr(student, name) for name in StudentFacts._fields)),
        PersonFacts(*(getattr(person, name) for name in PersonFacts._fields)),
    )


def _taken_registry_numbers(
    actor: Actor, unit_id: int, numbers: AbstractSet[str]
) -> dict[str, str]:
    rows = RegistryNumber.objects.visible_to(actor, IMPORT_STUDENTS).filter(
        school_id=unit_id, number__in=numbers
    )
    return dict(rows.values_list("number", "borne_by"))
