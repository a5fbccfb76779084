"""The tree on a day, the days on which it changed, and what changed between two days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from khuevan.platform.organizations.models import (
    OrgUnit,
    OrgUnitVersion,
    UnitKind,
    UnitSuccession,
)
from khuevan.platform.organizations.selectors import units_under, versions_on


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree of a day, with what stands under it."""

    version: OrgUnitVersion
    depth: int
    schools: int
    """Schools directly under it."""
    children: int
    """Other units directly under it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A unit as it was on the first day and as it is on the second; either may be missing."""

    unit: OrgUnit
    before: OrgUnitVersion | None
    after: OrgUnitVersion | None
    others: tuple[OrgUnitVersion, ...] = ()
    """Its successors when it ended; whom it succeeded when it was opened."""


@dataclass(slots=True)
class Changes:
    """What differs between two days, each kind by name."""

    created: list[Changed] = field(default_factory=list)
    merged: list[Changed] = field(default_factory=list)
    closed: list[Changed] = field(default_factory=list)
    renamed: list[Changed] = field(default_factory=list)
    moved: list[Changed] = field(default_factory=list)
    relocated: list[Changed] = field(default_factory=list)


def tree_on(on: date, *, under: int | None = None) -> list[Node]:
    """Return the offices of a day, each below the one it belongs to, schools counted: two queries.

    `under` keeps one unit and what stands below it.
    """
    offices = versions_on(on).select_related("unit", "parent").exclude(unit__kind=UnitKind.SCHOOL)
    rows = list(offices.order_by("sort_key", "unit_id"))
    schools = _school_counts(on)
    below: dict[int | None, list[OrgUnitVersion]] = {}
    there = {row.unit_id for row in rows}
    for row in rows:
        parent = row.parent_id if row.parent_id in there else None
        below.setdefault(parent, []).append(row)
    roots = below.get(None, [])
    if under is not None:
        roots = [row for row in rows if row.unit_id == under]
    return [node for root in roots for node in _walk(root, 0, below, schools)]


def _walk(
    row: OrgUnitVersion,
    depth: int,
    below: dict[int | None, list[OrgUnitVersion]],
    schools: dict[int, int],
) -> list[Node]:
    children = sorted(below.get(row.unit_id, []), key=_order)
    here = Node(row, depth, schools.get(row.unit_id, 0), len(children))
    return [here, *(node for one in children for node in _walk(one, depth + 1, below, schools))]


def _order(row: OrgUnitVersion) -> tuple[int, str, int]:
    """Departments first, then offices and communes, each by name."""
    return (list(UnitKind.values).index(row.unit.kind), row.sort_key, row.unit_id)


def _school_counts(on: date) -> dict[int, int]:
    rows = versions_on(on).filter(unit__kind=UnitKind.SCHOOL, parent_id__isnull=False)
    counted = rows.order_by().values_list("parent_id").annotate(Count("pk"))
    return {parent_id: count for parent_id, count in counted if parent_id is not None}


def days_of_change() -> list[tuple[date, int]]:
    """Return the days on which units changed, newest first, with how many did."""
    counts: dict[date, set[int]] = {}
    for unit_id, starts_on, ends_on in OrgUnitVersion.objects.values_list(
        "unit_id", "starts_on", "ends_on"
    ):
        for day in (starts_on, ends_on):
            if day is not None:
                counts.setdefault(day, set()).add(unit_id)
    return sorted(((day, len(units)) for day, units in counts.items()), reverse=True)


def changes_between(first: date, second: date, *, under: Collection[int] = ()) -> Changes:
    """Return what differs between the trees of two days, within these units when named.

    A change that was taken back in between is not told.
    """
    before, after = _by_unit(first, under), _by_unit(second, under)
    heirs, sources = _successions(first, second)
    changes = Changes()
    for unit_id, row in after.items():
        old = before.get(unit_id)
        if old is None:
            origin = tuple(before[one] for one in sources.get(unit_id, ()) if one in before)
            changes.created.append(Changed(row.unit, None, row, origin))
            continue
        _compare(changes, old, row)
    for unit_id, row in before.items():
        if unit_id not in after:
            into = tuple(after[one] for one in heirs.get(unit_id, ()) if one in after)
            ended = Changed(row.unit, row, None, into)
            (changes.merged if into else changes.closed).append(ended)
    for one in (changes.created, changes.merged, changes.closed, changes.renamed, changes.moved):
        one.sort(key=_name)
    changes.relocated.sort(key=_name)
    return changes


def _compare(changes: Changes, old: OrgUnitVersion, new: OrgUnitVersion) -> None:
    if old.pk == new.pk:
        return
    both = Changed(new.unit, old, new)
    if old.name != new.name:
        changes.renamed.append(both)
    if old.parent_id != new.parent_id:
        changes.moved.append(both)
    elif old.area_id != new.area_id:
        changes.relocated.append(both)


def _name(changed: Changed) -> tuple[int, str, int]:
    row = changed.after or changed.before
    assert row is not None  # noqa: S101 (one of the two is always there)
    return _order(row)


def _by_unit(on: date, under: Collection[int]) -> dict[int, OrgUnitVersion]:
    rows = versions_on(on).select_related("unit", "parent", "area")
    if under:
        rows = rows.filter(unit_id__in=units_under(under, on=on))
    return {row.unit_id: row for row in rows}


def _successions(first: date, second: date) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return who succeeded whom in between, both ways, each once."""
    heirs: dict[int, list[int]] = {}
    sources: dict[int, list[int]] = {}
    rows = UnitSuccession.objects.filter(starts_on__gt=first, starts_on__lte=second)
    for unit_id, successor_id in rows.order_by("unit_id", "successor_id").values_list(
        "unit_id", "successor_id"
    ):
        if successor_id not in heirs.setdefault(unit_id, []):
            heirs[unit_id].append(successor_id)
            sources.setdefault(successor_id, []).append(unit_id)
    return heirs, sources


def successions_of(unit_id: int) -> Sequence[UnitSuccession]:
    """Return who took over from a unit, and from whom it took over, by day and part."""
    rows = UnitSuccession.objects.filter(Q(unit_id=unit_id) | Q(successor_id=unit_id))
    return list(
        rows.select_related("unit", "successor").order_by("starts_on", "handed", "successor_id")
    )
