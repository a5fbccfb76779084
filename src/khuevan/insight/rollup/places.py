"""Schools as they were on a day: who managed them, where they stood, under the names of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.platform.organizations.api import versions_on
from khuevan.registry.schools.api import School


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
    unit_code: str = ""
    unit: str = ""
    unit_sort: str = ""


def places_on(
    *, actor: Actor, permission: Permission, on: date, by_location: bool
) -> dict[int, Place]:
    """Return the schools in reach by id, grouped as they were on a day: two or three queries.

    Schools that had no name and place on the day are there too, so that no pupil of theirs is
    lost; they are not open then.
    """
    schools = (
        School.objects.visible_to(actor, permission)
        .alias(fact=FilteredRelation("versions", condition=in_force(on, "versions")))
        .order_by("pk")
        .values_list("pk", "code", "fact__school_type", "fact__ownership", "closed_on")
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
    for pk, code, kind, ownership, closed_on in schools:
        name, sort_key, parent_id, area_id = named.get(pk, (code, "~", None, None))
        is_open = pk in named and (closed_on is None or closed_on > on)
        group = groups.get(area_id if by_location else parent_id, ("", "", ""))
        found[pk] = Place(pk, code, name, sort_key, kind or "", ownership or "", is_open, *group)
    return found


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
