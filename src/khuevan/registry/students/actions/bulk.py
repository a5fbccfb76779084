"""Registering whole households at once: COPY, grants and one audit entry a school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Model

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import GrantSpec, derive_grants
from khuevan.platform.audit.api import copy_rows, record, reserve_ids
from khuevan.registry.people.api import (
    AddressKind,
    NewAddress,
    NewPerson,
    write_addresses,
    write_people,
)
from khuevan.registry.students import audit_codes
from khuevan.registry.students.actions.policies import period_of
from khuevan.registry.students.actions.register import explain
from khuevan.registry.students.facts import guardianship_key, student_key
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    EntryKind,
    ExitKind,
    Guardianship,
    PolicyGroup,
    Student,
)
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.rules import comes_of_age_on


@dataclass(frozen=True, slots=True)
class BulkSeat:
    """A class in which a pupil sat in an earlier year."""

    school_id: int
    homeroom_class_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class BulkStay:
    """A school to which a pupil belonged before the present one."""

    school_id: int
    registry_number: str
    exit_kind: ExitKind
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class BulkStudent:
    """A pupil to be registered in a school and a class, both by id."""

    person: NewPerson
    school_id: int
    homeroom_class_id: int
    moet_code: str
    registry_number: str
    entry_kind: EntryKind
    enrolled_on: date
    placed_on: date
    birthplace: str = ""
    policies: tuple[str, ...] = ()
    disability: str = ""
    seats: tuple[BulkSeat, ...] = ()
    stays: tuple[BulkStay, ...] = ()
    exit_kind: ExitKind | None = None
    left_on: date | None = None
    """How and when somebody left who is a pupil no more; nothing of the one who is there."""


@dataclass(frozen=True, slots=True)
class BulkGuardian:
    """Somebody who answers for all children of a household."""

    person: NewPerson
    relation: str
    occupation: str
    contact_order: int


@dataclass(frozen=True, slots=True)
class BulkHousehold:
    """Children with the guardians and the address they share."""

    guardians: tuple[BulkGuardian, ...]
    children: tuple[BulkStudent, ...]
    address: str
    area_id: int | None


@dataclass(frozen=True, slots=True)
class _Pupil:
    new: BulkStudent
    house: BulkHousehold
    person_id: int
    sort_key: str
    student_id: int


@transaction.atomic
def bulk_register(*, actor: Actor, households: Sequence[BulkHousehold], now: datetime) -> int:
    """Register households that are new to the province and return how many pupils they hold.

    Brothers and sisters share the same guardian rows; guardians see their children at once.

    :raises PersonalNumberTaken: when another person has one of the numbers
    :raises MoetCodeTaken: when another pupil has one of the ministry codes
    """
    reach = actor.reach(IMPORT_STUDENTS, "school")
    children = [new for house in households for new in house.children]
    if not all(new.school_id in reach for new in children):
        raise NotFound
    schools = Counter(new.school_id for new in children if new.left_on is None)
    try:
        with transaction.atomic():
            pupils = _write_students(households)
            _write_periods(pupils)
            _write_policies(pupils, on=now.astimezone(VIETNAM).date())
    except IntegrityError as error:
        raise explain(error) from error
    _write_addresses(pupils)
    guardianships = list(_write_guardians(households, pupils))
    here = [pupil for pupil in pupils if pupil.new.left_on is None]
    derive_grants([*map(_own_grant, here), *guardianships])
    for school_id, count in schools.items():
        record(
            audit_codes.REGISTERED,
            actor=actor,
            at=now,
            unit_id=school_id,
            details={"count": count},
        )
    return len(pupils)


def _write_students(households: Sequence[BulkHousehold]) -> list[_Pupil]:
    listed = [(house, new) for house in households for new in house.children]
    people = write_people([new.person for _, new in listed])
    ids = reserve_ids(Student, len(listed))
    pupils = [
        _Pupil(new, house, person.id, person.sort_key, pk)
        for (house, new), person, pk in zip(listed, people, ids, strict=True)
    ]
    copy_rows(
        Student,
        ("id", "uuid", "person_id", "moet_code", "disability_code", "note"),
        map(_student_row, pupils),
    )
    return pupils


def _student_row(pupil: _Pupil) -> tuple[Any, ...]:
    new = pupil.new
    return (
        pupil.student_id, uuid4(), pupil.person_id, new.moet_code or None, new.disability, "",
    )  # fmt: skip


def _write_periods(pupils: Sequence[_Pupil]) -> None:
    stays = [row for pupil in pupils for row in _stays(pupil)]
    copy_rows(
        Enrollment,
        (
            "id", "uuid", "student_id", "person_id", "school_id", "is_primary", "registry_number",
            "entry_kind", "exit_kind", "sort_key", "starts_on", "ends_on",
        ),
        ((pk, uuid4(), *row) for pk, row in _numbered(Enrollment, stays)),
    )  # fmt: skip
    seats = [row for pupil in pupils for row in _seats(pupil)]
    copy_rows(
        ClassPlacement,
        (
            "id", "student_id", "person_id", "school_id", "homeroom_class_id", "sort_key",
            "starts_on", "ends_on",
        ),
        ((pk, *row) for pk, row in _numbered(ClassPlacement, seats)),
    )  # fmt: skip


def _numbered(
    model: type[Model], rows: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    return zip(reserve_ids(model, len(rows)), rows, strict=True)


def _write_policies(pupils: Sequence[_Pupil], *, on: date) -> None:
    listed = [(pupil, code) for pupil in pupils for code in pupil.new.policies]
    copy_rows(
        PolicyGroup,
        ("id", "student_id", "person_id", "code", "paper", "issuer", "starts_on", "ends_on"),
        (
            (pk, pupil.student_id, pupil.person_id, code, "", "", *period_of(code, on))
            for pk, (pupil, code) in zip(reserve_ids(PolicyGroup, len(listed)), listed, strict=True)
        ),
    )


def _stays(pupil: _Pupil) -> Iterator[tuple[Any, ...]]:
    """Yield the schools of a pupil: the present one, then those before it."""
    new = pupil.new
    yield (
        pupil.student_id, pupil.person_id, new.school_id, True, new.registry_number,
        new.entry_kind.value, new.exit_kind.value if new.exit_kind else "", pupil.sort_key,
        new.enrolled_on, new.left_on,
    )  # fmt: skip
    for stay in new.stays:
        yield (
            pupil.student_id, pupil.person_id, stay.school_id, True, stay.registry_number,
            EntryKind.ADMITTED.value, stay.exit_kind.value, pupil.sort_key, stay.starts_on,
            stay.ends_on,
        )  # fmt: skip


def _seats(pupil: _Pupil) -> Iterator[tuple[Any, ...]]:
    """Yield the classes of a pupil: the present one, then those of earlier years."""
    new = pupil.new
    yield (
        pupil.student_id, pupil.person_id, new.school_id, new.homeroom_class_id,
        pupil.sort_key, max(new.placed_on, new.enrolled_on), new.left_on,
    )  # fmt: skip
    for seat in new.seats:
        yield (
            pupil.student_id, pupil.person_id, seat.school_id, seat.homeroom_class_id,
            pupil.sort_key, seat.starts_on, seat.ends_on,
        )  # fmt: skip


def _write_addresses(pupils: Sequence[_Pupil]) -> None:
    write_addresses(
        [
            address
            for pupil in pupils
            for address in (
                NewAddress(
                    pupil.person_id,
                    AddressKind.PERMANENT,
                    pupil.house.address,
                    pupil.house.area_id,
                ),
                NewAddress(pupil.person_id, AddressKind.BIRTHPLACE, pupil.new.birthplace),
            )
            if address.detail
        ]
    )


def _write_guardians(
    households: Sequence[BulkHousehold], pupils: Sequence[_Pupil]
) -> Iterator[GrantSpec]:
    """Write guardians once a household and their guardianships; yield the grants that follow."""
    listed = [guardian for house in households for guardian in house.guardians]
    people = iter(write_people([guardian.person for guardian in listed]))
    waiting = iter(pupils)
    pairs = []
    for house in households:
        guardians = [(guardian, next(people).id) for guardian in house.guardians]
        children = [next(waiting) for _ in house.children]
        pairs += [(pupil, *guardian) for pupil in children for guardian in guardians]
    ids = reserve_ids(Guardianship, len(pairs))
    copy_rows(
        Guardianship,
        (
            "id", "student_id", "student_person_id", "guardian_id", "relation", "occupation",
            "told_name", "told_birth_year", "told_phone", "contact_order",
            "starts_on", "ends_on",
        ),
        (
            (
                pk, pupil.student_id, pupil.person_id, person_id, guardian.relation,
                guardian.occupation, "", None, "", guardian.contact_order, None, None,
            )
            for pk, (pupil, guardian, person_id) in zip(ids, pairs, strict=True)
        ),
    )  # fmt: skip
    for pk, (pupil, _, person_id) in zip(ids, pairs, strict=True):
        yield GrantSpec(
            person_id=person_id,
            role_code="guardian",
            source_key=guardianship_key(pk),
            starts_on=pupil.new.person.birth_date or pupil.new.enrolled_on,
            ends_on=comes_of_age_on(pupil.new.person.birth_date),
            anchor_person_id=pupil.person_id,
            home_unit_id=pupil.new.school_id,
        )


def _own_grant(pupil: _Pupil) -> GrantSpec:
    return GrantSpec(
        person_id=pupil.person_id,
        role_code="student",
        source_key=student_key(pupil.student_id),
        starts_on=pupil.new.enrolled_on,
        anchor_person_id=pupil.person_id,
        home_unit_id=pupil.new.school_id,
    )
