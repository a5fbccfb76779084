"""What higher apps know of people and tell here: roles, events of a life, codes, guardians."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry
from khuevan.platform.accounts.api import Person
from khuevan.platform.organizations.api import versions_on
from khuevan.registry.people.story import Happening


@dataclass(frozen=True, slots=True)
class RoleLine:
    """Something a person is or was: a pupil of a school, a teacher, somebody's guardian."""

    label: str
    place: str
    icon: str
    starts_on: date | None
    ends_on: date | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class RoleSource:
    """What one app knows of the roles of people. Every read is within the actor's scope."""

    roles: Callable[[Actor, Person, date], Iterable[RoleLine]]
    events: Callable[[Actor, Person], Iterable[Happening]]
    homes: Callable[[Collection[int], date], Mapping[int, int]]
    """Person to the unit whose log an entry about them belongs to; for those it knows."""
    records: Callable[[Collection[int]], Mapping[int, str]]
    """Person to the page of the record that is kept on them; for those it knows."""


role_sources: Registry[RoleSource] = Registry("role source")


@dataclass(frozen=True, slots=True)
class CodeHome:
    """Where the current code of a kind stands, when another app keeps it."""

    read: Callable[[int], str | None]
    write: Callable[[int, str], None]
    """Inside the caller's transaction; raises a refusal when somebody else has the code."""
    label: str | Promise = ""


code_homes: Registry[CodeHome] = Registry("home of a code")
"""By `CodeKind`."""

name_followers: Registry[Callable[[Person], None]] = Registry("follower of a name")
"""What keeps a copy of a name's sort key and sets it anew when the name changes."""


@dataclass(frozen=True, slots=True)
class Representative:
    """Somebody who answers for a child on a day; without custody nobody asks them."""

    person_id: int
    name: str
    relation: str
    has_custody: bool


representatives: Registry[Callable[[Collection[int], date], Mapping[int, list[Representative]]]] = (
    Registry("representatives")
)


def home_of(person_id: int, on: date) -> int | None:
    """Return the unit whose log an entry about a person belongs to, if any app knows one."""
    for source in role_sources:
        found = source.homes([person_id], on).get(person_id)
        if found is not None:
            return found
    return None


def unit_names(person_ids: Collection[int], on: date) -> dict[int, str]:
    """Return the short name of the unit each person belongs to, for those somebody knows."""
    homes: dict[int, int] = {}
    for source in role_sources:
        missing = [pk for pk in person_ids if pk not in homes]
        if missing:
            homes.update(source.homes(missing, on))
    names = {one.unit_id: one.short_name for one in versions_on(on).filter(unit__in=homes.values())}
    return {pk: names.get(unit_id, "") for pk, unit_id in homes.items()}


def record_urls(person_ids: Collection[int]) -> dict[int, str]:
    """Return the page of the record kept on each person, the first app's that knows one."""
    found: dict[int, str] = {}
    for source in role_sources:
        missing = [pk for pk in person_ids if pk not in found]
        if missing:
            found.update(source.records(missing))
    return found


def representatives_of(person_ids: Collection[int], on: date) -> dict[int, list[Representative]]:
    """Return who answers for each child on a day, in the order of contact."""
    found: dict[int, list[Representative]] = {}
    for source in representatives:
        for person_id, listed in source(person_ids, on).items():
            found.setdefault(person_id, []).extend(listed)
    return found
