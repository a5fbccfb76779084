"""The people of the records as the matcher compares them: pupils, their guardians, colleagues."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Case, F, Max, Min, QuerySet, When

from khuevan.platform.accounts.api import Person
from khuevan.registry.duplicates.matching.finding import Proposal
from khuevan.registry.duplicates.matching.records import Record, compare, record
from khuevan.registry.duplicates.matching.scoring import Verdict
from khuevan.registry.duplicates.models import PairKind, PersonMerge
from khuevan.registry.people.api import Address, AddressKind
from khuevan.registry.staff.api import Appointment, StaffMember
from khuevan.registry.students.api import Enrollment, Guardianship, Student

WHY = "a machine looks for people who are recorded twice"
BITS_OF_ONE_CHILD = 15.0
"""What one name of two guardians of one child is worth: a child has one mother of a name."""
Ids = list[int] | None
"""Whom to read of; None for everybody."""
_NAME = ("family_name", "middle_name", "given_name")


def records_of(kind: str) -> Iterator[Record]:
    """Return everybody of a kind as the matcher takes them; the key is the person's id.

    Whoever was given up in a merge is left out. The number of queries does not grow.
    """
    read = {PairKind.PUPIL: _pupils, PairKind.GUARDIAN: _guardians, PairKind.STAFF: _colleagues}
    yield from read[PairKind(kind)]()


def _read(rows: QuerySet[Any, Any], ids: Ids) -> Iterable[Any]:
    """Return the rows of a few people at once, those of everybody piece by piece."""
    return rows.iterator(chunk_size=5000) if ids is None else rows


def _people(ids: Any) -> Iterator[Person]:
    gone = PersonMerge.objects.unscoped(because=WHY).filter(undone_at__isnull=True)
    rows = Person.objects.unscoped(because=WHY).filter(pk__in=ids)
    rows = rows.exclude(pk__in=gone.values("given_up"))
    facts = ("birth_date", "birth_year", "sex", "personal_number", "phone")
    rows = rows.only(*_NAME, *facts).order_by("pk")
    yield from _read(rows, ids if isinstance(ids, list) else None)


def pupils_as_records(ids: Collection[int]) -> Iterator[Record]:
    """Return a few people who are pupils as the matcher takes them."""
    yield from _pupils(list(ids))


def colleagues_as_records(ids: Collection[int]) -> Iterator[Record]:
    """Return a few people who are staff as the matcher takes them."""
    yield from _colleagues(list(ids))


def _pupils(ids: Ids = None) -> Iterator[Record]:
    schools, wards = _schools(ids), _wards(ids)
    guardians = _first_guardians(ids)
    every = Student.objects.unscoped(because=WHY).values("person")
    for one in _people(every if ids is None else ids):
        guardian, phone = guardians.get(one.pk, ("", ""))
        yield _record(
            one,
            guardian=guardian,
            phone=phone,
            ward=wards.get(one.pk, ""),
            school=schools.get(one.pk, ""),
        )


def _colleagues(ids: Ids = None) -> Iterator[Record]:
    """Return staff with their own phone and the unit of the latest main position."""
    positions = Appointment.objects.unscoped(because=WHY).filter(is_primary=True)
    if ids is not None:
        positions = positions.filter(person__in=ids)
    latest = positions.order_by("starts_on", "pk").values_list("person_id", "unit__code")
    units = dict(_read(latest, ids))
    every = StaffMember.objects.unscoped(because=WHY).values("person")
    for one in _people(every if ids is None else ids):
        yield _record(one, guardian="", phone=one.phone, ward="", school=units.get(one.pk, ""))


def _guardians() -> Iterator[Record]:
    """Return guardians with phone, number and where their child lives.

    A child's name says nothing here: parents of common names have children of common names.
    """
    rows = Guardianship.objects.unscoped(because=WHY)
    wards, homes = _wards(), dict(rows.order_by("-pk").values_list("guardian", "student_person"))
    for one in _people(rows.values("guardian")):
        ward = wards.get(homes.get(one.pk, 0), "")
        yield _record(one, guardian="", phone=one.phone, ward=ward, school="")


def of_one_child() -> Iterator[Proposal]:
    """Return guardians of one child who bear one name: that child was recorded twice before."""
    rows = Guardianship.objects.unscoped(because=WHY).filter(ends_on__isnull=True)
    twice = rows.values("student", "guardian__search_name").annotate(
        first=Min("guardian"), last=Max("guardian")
    )
    ends = list(
        twice.filter(last__gt=F("first")).values_list(
            "first", "last", "student_person__search_name"
        )
    )
    ids = {pk for first, last, _child in ends for pk in (first, last)}
    people = Person.objects.unscoped(because=WHY).in_bulk(ids)
    for first, last, child in ends:
        one, other = (
            _record(people[pk], guardian=child, phone=people[pk].phone, ward="", school="")
            for pk in (first, last)
        )
        yield Proposal(
            one, other, Verdict(BITS_OF_ONE_CHILD, compare(one, other), is_proposed=True)
        )


def _record(one: Person, *, guardian: str, phone: str, ward: str, school: str) -> Record:
    return record(
        str(one.pk),
        one.full_name,
        one.birth_date,
        birth_year=one.birth_year,
        sex=one.sex,
        number=one.personal_number or "",
        guardian_name=guardian,
        guardian_phone=phone,
        ward=ward,
        school=school,
    )


def _schools(ids: Ids = None) -> Mapping[int, str]:
    rows = Enrollment.objects.unscoped(because=WHY).filter(is_primary=True)
    if ids is not None:
        rows = rows.filter(person__in=ids)
    found = rows.order_by("starts_on", "pk").values_list("person_id", "school__code")
    return dict(_read(found, ids))


def _wards(ids: Ids = None) -> Mapping[int, str]:
    rows = Address.objects.unscoped(because=WHY).filter(
        kind=AddressKind.CURRENT, ends_on__isnull=True, area__isnull=False
    )
    if ids is not None:
        rows = rows.filter(person__in=ids)
    return dict(_read(rows.values_list("person_id", "area__code"), ids))


def _first_guardians(ids: Ids = None) -> Mapping[int, tuple[str, str]]:
    """Return name and phone of each pupil's mother, else father, else who is asked first."""
    rows = (
        Guardianship.objects.unscoped(because=WHY)
        .filter(ends_on__isnull=True)
        .annotate(
            rank=Case(When(relation="MOTHER", then=0), When(relation="FATHER", then=1), default=2)
        )
        .order_by("-rank", "-contact_order", "-pk")
        .annotate(name=F("guardian__search_name"), reached=F("guardian__phone"))
    )
    if ids is not None:
        rows = rows.filter(student_person__in=ids)
    found = rows.values_list("student_person_id", "told_name", "name", "told_phone", "reached")
    return {
        pk: (told or name, told_phone or phone)
        for pk, told, name, told_phone, phone in _read(found, ids)
    }
