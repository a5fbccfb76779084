"""People, units and actors for the tests of the platform's services."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

from khuevan.kernel.actor import Permission
from khuevan.platform.access.api import GrantActor, Hat
from khuevan.platform.access.models import Grant, GrantSource, Role
from khuevan.platform.access.selectors import actor_for_person
from khuevan.platform.accounts.api import Person
from khuevan.platform.organizations.api import OrgUnit, UnitKind

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)

_numbers = itertools.count(1)


def make_person(given: str = "Lan", family: str = "Trần", middle: str = "Thị") -> Person:
    """Return a saved person."""
    person = Person()
    person.set_name(family, middle, given)
    person.save()
    return person


def make_unit(kind: str = UnitKind.SCHOOL) -> OrgUnit:
    """Return a saved unit."""
    return OrgUnit.objects.create(code=f"T-{next(_numbers)}", kind=kind)


def make_actor(person: Person, *permissions: Permission, unit: OrgUnit | None = None) -> GrantActor:
    """Return the person in a hat that holds these permissions on the unit."""
    if not permissions:
        return GrantActor(person_id=person.pk, label=person.full_name, today=TODAY)
    home = unit or make_unit()
    number = next(_numbers)
    role = Role.objects.create(
        code=f"test_{number}", hat="clerk", permissions=[one.code for one in permissions]
    )
    Grant.objects.create(
        person=person,
        role=role,
        anchor_unit=home,
        home_unit=home,
        starts_on=date(2026, 1, 1),
        source=GrantSource.MANUAL,
    )
    return actor_for_person(person, on=TODAY, now=NOW)


def hat_of(actor: GrantActor) -> Hat:
    """Return the hat an actor wears."""
    if actor.hat is None:
        raise ValueError("this actor wears no hat")
    return actor.hat
