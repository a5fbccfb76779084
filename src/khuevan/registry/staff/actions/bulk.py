"""Appointing many at once, with classes and lessons: COPY, grants and one audit entry a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import GrantSpec, derive_grants
from khuevan.platform.audit.api import copy_rows, record, reserve_ids
from khuevan.platform.organizations.api import OrgUnit
from khuevan.registry.people.api import NewPerson, write_people
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.facts import appointment_specs, homeroom_grant, teaching_grant
from khuevan.registry.staff.models import (
    Appointment,
    HomeroomAssignment,
    StaffMember,
    TeachingAssignment,
)
from khuevan.registry.staff.permissions import MANAGE_STAFF


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody to be appointed; classes by id, each lesson with its subject."""

    person: NewPerson
    moet_code: str
    unit_id: int
    position: str
    starts_on: date
    homeroom_id: int | None = None
    lessons: tuple[tuple[int, str], ...] = ()


@transaction.atomic
def bulk_appoint(
    *, actor: Actor, staff: Sequence[NewStaff], year: tuple[date, date], now: datetime
) -> list[int]:
    """Appoint people who are new to the province; return their person ids, in order.

    Classes and lessons hold for the year's days; what each may see follows from its facts.
    """
    reach = actor.reach(MANAGE_STAFF, "school")
    if not all(new.unit_id in reach for new in staff):
        raise NotFound
    people = write_people([new.person for new in staff])
    members = reserve_ids(StaffMember, len(staff))
    copy_rows(
        StaffMember,
        ("id", "uuid", "person_id", "moet_code"),
        (
            (pk, uuid4(), person.id, new.moet_code or None)
            for pk, person, new in zip(members, people, staff, strict=True)
        ),
    )
    rows = [
        _Hired(new, person.id, member)
        for new, person, member in zip(staff, people, members, strict=True)
    ]
    derive_grants([*_appoint(rows), *_give_homerooms(rows, year), *_give_lessons(rows, year)])
    for unit_id, count in Counter(new.unit_id for new in staff).items():
        record(
            audit_codes.APPOINTED_MANY,
            actor=actor,
            at=now,
            unit_id=unit_id,
            details={"count": count},
        )
    return [person.id for person in people]


@dataclass(frozen=True, slots=True)
class _Hired:
    new: NewStaff
    person_id: int
    member_id: int


def _appoint(rows: Sequence[_Hired]) -> Iterator[GrantSpec]:
    appointments = [
        Appointment(
            pk=pk,
            staff_member_id=row.member_id,
            person_id=row.person_id,
            unit_id=row.new.unit_id,
            position=row.new.position,
            starts_on=row.new.starts_on,
        )
        for pk, row in zip(reserve_ids(Appointment, len(rows)), rows, strict=True)
    ]
    _copy(Appointment, appointments)
    kinds = OrgUnit.objects.in_bulk({row.new.unit_id for row in rows})
    for appointment in appointments:
        appointment.unit = kinds[appointment.unit_id]
    return appointment_specs(appointments)


def _give_homerooms(rows: Sequence[_Hired], year: tuple[date, date]) -> Iterator[GrantSpec]:
    chosen = [(row, row.new.homeroom_id) for row in rows if row.new.homeroom_id is not None]
    assignments = [
        HomeroomAssignment(
            pk=pk,
            school_id=row.new.unit_id,
            homeroom_class_id=class_id,
            staff_member_id=row.member_id,
            person_id=row.person_id,
            starts_on=year[0],
            ends_on=year[1],
        )
        for pk, (row, class_id) in zip(
            reserve_ids(HomeroomAssignment, len(chosen)), chosen, strict=True
        )
    ]
    _copy(HomeroomAssignment, assignments)
    return map(homeroom_grant, assignments)


def _give_lessons(rows: Sequence[_Hired], year: tuple[date, date]) -> Iterator[GrantSpec]:
    lessons = [(row, class_id, subject) for row in rows for class_id, subject in row.new.lessons]
    assignments = [
        TeachingAssignment(
            pk=pk,
            school_id=row.new.unit_id,
            homeroom_class_id=class_id,
            staff_member_id=row.member_id,
            person_id=row.person_id,
            subject_name=subject,
            starts_on=year[0],
            ends_on=year[1],
        )
        for pk, (row, class_id, subject) in zip(
            reserve_ids(TeachingAssignment, len(lessons)), lessons, strict=True
        )
    ]
    _copy(TeachingAssignment, assignments)
    return map(teaching_grant, assignments)


Assignment = Appointment | HomeroomAssignment | TeachingAssignment


def _copy(model: type[Assignment], rows: Iterable[Assignment]) -> None:
    """Write built rows as they are, column by column."""
    columns = [field.attname for field in model._meta.concrete_fields]
    copy_rows(model, columns, ([getattr(row, name) for name in columns] for row in rows))
