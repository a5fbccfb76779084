"""Reading the tree of units on a date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import connection
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import RECORDED_FROM, in_force
from khuevan.kernel.vietnamese import fold
from khuevan.platform.organizations.errors import ManagerNotRecorded
from khuevan.platform.organizations.models import (
    Handed,
    OrgUnit,
    OrgUnitVersion,
    ReportingLink,
    UnitAlias,
    UnitSuccession,
)
from khuevan.ui.formats import day

_UNITS_UNDER = """
WITH RECURSIVE tree(unit_id) AS (
    SELECT unnest(%(roots)s::bigint[])
    UNION
    SELECT v.unit_id FROM organizations_orgunitversion v JOIN tree t ON v.parent_id = t.unit_id
    WHERE v.starts_on <= %(on)s AND (v.ends_on IS NULL OR v.ends_on > %(on)s)
)
SELECT unit_id FROM tree
"""

_UNITS_ABOVE = """
WITH RECURSIVE tree(unit_id) AS (
    SELECT unnest(%(roots)s::bigint[])
    UNION
    SELECT v.parent_id FROM organizations_orgunitversion v JOIN tree t ON v.unit_id = t.unit_id
    WHERE v.parent_id IS NOT NULL
        AND v.starts_on <= %(on)s AND (v.ends_on IS NULL OR v.ends_on > %(on)s)
)
SELECT unit_id FROM tree
"""


def versions_on(on: date) -> QuerySet[OrgUnitVersion]:
    """Return each unit's name and place on a date, with the unit."""
    return OrgUnitVersion.objects.filter(in_force(on)).select_related("unit")


def units_under(roots: Collection[int], *, on: date) -> frozenset[int]:
    """Return the ids of these units and all below them on a date: one query, whatever the depth."""
    return _walk(_UNITS_UNDER, roots, on)


def units_above(units: Collection[int], *, on: date) -> frozenset[int]:
    """Return the ids of these units and of all they belong to on a date: one query."""
    return _walk(_UNITS_ABOVE, units, on)


def _walk(statement: str, roots: Collection[int], on: date) -> frozenset[int]:
    if not roots:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(statement, {"roots": list(roots), "on": on})
        return frozenset(row[0] for row in cursor.fetchall())


def unit_by_code(code: str) -> OrgUnit:
    """Return the unit with this code or raise `NotFound`."""
    unit = OrgUnit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound
    return unit


def aliases_of(unit_id: int) -> list[UnitAlias]:
    """Return the codes other registers give or gave a unit, newest first."""
    return list(UnitAlias.objects.filter(unit_id=unit_id).order_by("-starts_on", "source", "pk"))


def links_of(unit_id: int) -> list[ReportingLink]:
    """Return whom a unit answers to beside its manager, and who answers to it, newest first."""
    rows = ReportingLink.objects.filter(Q(unit_id=unit_id) | Q(master_id=unit_id))
    return list(rows.select_related("unit", "master").order_by("-starts_on", "pk"))


def unit_kind(unit_id: int) -> str:
    """Return what kind of unit this is, or nothing when there is none."""
    return OrgUnit.objects.filter(pk=unit_id).values_list("kind", flat=True).first() or ""


def version_of(unit_id: int, *, on: date) -> OrgUnitVersion | None:
    """Return a unit's name and place on a date; the last known one when it has ended."""
    version = versions_on(on).filter(unit_id=unit_id).first()
    return version or (
        OrgUnitVersion.objects.filter(unit_id=unit_id)
        .select_related("unit")
        .order_by("-starts_on")
        .first()
    )


def manager_on(unit_id: int, *, on: date) -> OrgUnitVersion:
    """Return who managed a unit on a day, as the manager was called on that day.

    :raises ManagerNotRecorded: when nothing is known of that day, or nobody stood above the unit
    """
    held = versions_on(on)
    parent_ids = held.filter(unit_id=unit_id).values("parent_id")
    manager = held.filter(unit_id__in=parent_ids).first()
    if manager is None:
        raise ManagerNotRecorded(on=day(on))
    return manager


def successors_of(unit_id: int, *, handed: Handed) -> QuerySet[OrgUnit]:
    """Return who took over a part of what a closed unit did, by code."""
    taken = UnitSuccession.objects.filter(unit_id=unit_id, handed=handed)
    return OrgUnit.objects.filter(pk__in=taken.values("successor_id")).order_by("code")


def heirs_of(handed: str, *, on: date, units: Collection[int] = ()) -> dict[int, tuple[int, ...]]:
    """Return who took over a part of what units did that have ended by a day, by unit.

    An heir that has ended too is followed to its own heirs.
    """
    rows = UnitSuccession.objects.filter(handed=handed, starts_on__lte=on)
    pairs = rows.order_by("unit_id", "successor_id").values_list("unit_id", "successor_id")
    direct: dict[int, list[int]] = {}
    for unit_id, heir in pairs:
        direct.setdefault(unit_id, []).append(heir)
    wanted = set(units) or set(direct)
    return {unit: _last_heirs(unit, direct) for unit in wanted if unit in direct}


def _last_heirs(unit_id: int, direct: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    seen, waiting = {unit_id}, list(direct[unit_id])
    while waiting:
        heir = waiting.pop(0)
        if heir in seen:
            continue
        seen.add(heir)
        if heir in direct:
            waiting += direct[heir]
        else:
            found[heir] = None
    return tuple(found)


def children_of(unit_id: int, *, on: date) -> QuerySet[OrgUnitVersion]:
    """Return the units directly under one on a date, in Vietnamese order."""
    rows = versions_on(on).select_related("unit", "parent")
    return rows.filter(parent_id=unit_id).order_by("sort_key", "unit_id")


def children_on(unit_ids: Collection[int], on: date) -> list[OrgUnitVersion]:
    """Return what stands directly under units on a day."""
    return list(versions_on(on).filter(parent_id__in=unit_ids).order_by("unit_id"))


def find_units(text: str, *, on: date) -> QuerySet[OrgUnitVersion]:
    """Return the units with this code, else those whose name holds these words, in order."""
    units = versions_on(on).order_by("sort_key", "unit_id")
    by_code = units.filter(unit__code__iexact=text.strip())
    if by_code.exists():
        return by_code
    named = UnitAlias.objects.filter(in_force(on), code__iexact=text.strip())
    if text.strip() and named.exists():
        return units.filter(unit_id__in=named.values("unit_id"))
    for word in fold(text).split():
        units = units.filter(search_name__contains=word)
    return units


def versions_of(unit_id: int) -> QuerySet[OrgUnitVersion]:
    """Return all names and places a unit ever had, oldest first."""
    rows = OrgUnitVersion.objects.filter(unit_id=unit_id)
    return rows.select_related("unit", "parent", "area", "paper", "ended_by").order_by("starts_on")


def records_begin() -> date:
    """Return the first day of which any unit is recorded: what begins there was so before."""
    first = OrgUnitVersion.objects.aggregate(first=Min("starts_on"))["first"]
    return first or RECORDED_FROM


def units_listed(on: date) -> QuerySet[OrgUnitVersion]:
    """Return every unit of a day with its parent and area, in Vietnamese order."""
    rows = versions_on(on).select_related("unit", "parent", "area", "paper", "ended_by")
    above = OrgUnitVersion.objects.filter(in_force(on), unit_id=OuterRef("parent_id"))
    return rows.annotate(parent_name=Subquery(above.values("name")[:1])).order_by(
        "sort_key", "unit_id"
    )


def names_on(unit_ids: Collection[int], on: date) -> dict[int, str]:
    """Return what units are called on a day; those that ended or begin later, as they last were."""
    rows = OrgUnitVersion.objects.filter(unit_id__in=unit_ids).order_by("starts_on")
    names: dict[int, str] = {}
    for row in rows:
        if row.unit_id not in names or row.starts_on <= on:
            names[row.unit_id] = row.name
    return names
