"""Schools as they were on a day: who managed them, where they stood, under the names of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import get_args

from django.db.models import F, FilteredRelation

from khuevan.kernel.actor import Actor, AnchorKind, Permission
from khuevan.kernel.memo import Memo
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import newest_versions
from khuevan.platform.organizations.api import OrgUnitVersion, versions_on
from khuevan.registry.schools.api import School, SchoolVersion

SECONDS = 30
"""A version written before another and committed after it may hide for so long."""


@dataclass(frozen=True, slots=True)
class Place:
    """A school on a day, with the unit it is grouped under."""

    id: int
    code: str
    name: str
    sort_key: str
    school_type: str
    ownership: str
    is_open: bool
    founded_on: date | None = None
    unit_code: str = ""
    unit: str = ""
    unit_sort: str = ""


_places: Memo[Mapping[int, Place]] = Memo(size=8, seconds=SECONDS)


def places_on(
    *, actor: Actor, permission: Permission, on: date, by_location: bool
) -> Mapping[int, Place]:
    """Return the schools in reach by id, grouped as they were on a day: two or three queries.

    Schools that had no name and place on the day are there too, so that no pupil of theirs is
    lost; they are not open then. Kept for a moment, as long as no school or unit changes.
    """
    reach = tuple(actor.reach(permission, kind) for kind in get_args(AnchorKind))
    key = (reach, on, by_location, newest_versions(School, SchoolVersion, OrgUnitVersion))
    return _places.get(
        key, lambda: _read(actor=actor, permission=permission, on=on, by_location=by_location)
    )


def _read(
    *, actor: Actor, permission: Permission, on: date, by_location: bool
) -> Mapping[int, Place]:
    schools = (
        School.objects.visible_to(actor, permission)
        .alias(fact=FilteredRelation("versions", condition=in_force(on, "versions")))
        .order_by("pk")
        .values_list(
            "pk", "code", "fact__school_type", "fact__ownership", "closed_on", "founded_on"
        )
    )
    held = versions_on(on).select_related(None)
    named = {
        row[0]: row[1:]
        for row in held.filter(unit__kind="SCHOOL")
        .order_by("unit_id")
        .values_list("unit_id", "short_name", "sort_key", "parent_id", "area_id")
    }
    groups = _areas(on) if by_location else _managers(on)
    found = {}
    for pk, code, kind, ownership, closed_on, founded_on in schools:
        name, sort_key, parent_id, area_id = named.get(pk, (code, "~", None, None))
        is_open = pk in named and (closed_on is None or closed_on > on)
        group = groups.get(area_id if by_location else parent_id, ("", "", ""))
        kinds = (kind or "", ownership or "")
        found[pk] = Place(pk, code, name, sort_key, *kinds, is_open, founded_on, *group)
    return MappingProxyType(found)


def _managers(on: date) -> dict[int | None, tuple[str, str, str]]:
    rows = versions_on(on).select_related(None).exclude(unit__kind="SCHOOL").order_by("unit_id")
    columns = ("unit_id", "unit__code", "short_name", "sort_key")
    return {pk: (code, name, key) for pk, code, name, key in rows.values_list(*columns)}


def _areas(on: date) -> dict[int | None, tuple[str, str, str]]:
    rows = (
        versions_on(on)
        .select_related(None)
        .filter(unit__kind="SCHOOL", area__isnull=False)
        .order_by("area_id")
        .values_list("area_id", F("area__code"), F("area__full_name"), F("area__sort_key"))
        .distinct()
    )
    return {pk: (code, name, key) for pk, code, name, key in rows}
