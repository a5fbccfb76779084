"""A change of the tree as it is asked for: read, shown before it is made, and made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.actions import managing
from khuevan.platform.organizations.actions.units import UnitPlace
from khuevan.platform.organizations.frame import consequences, sights
from khuevan.platform.organizations.guards import require_kind, require_under
from khuevan.platform.organizations.models import Handed, OrgUnit, OrgUnitVersion, UnitKind
from khuevan.platform.organizations.nesting import require_nesting
from khuevan.platform.organizations.papers import Decided
from khuevan.platform.organizations.permissions import MANAGE_UNITS
from khuevan.platform.organizations.selectors import units_above, units_under, versions_on
from khuevan.ui.tables import ReadyTable


class Change(TextChoices):
    """What may be done with units from the page of changes."""

    ADD = "ADD", _("Open a new unit")
    RENAME = "RENAME", _("Rename a unit, or make it another kind")
    MOVE = "MOVE", _("Put under another unit")
    MERGE = "MERGE", _("Merge into another unit")
    SPLIT = "SPLIT", _("Divide a unit among others")
    CLOSE = "CLOSE", _("Close; another unit takes over its registers and files")


@dataclass(frozen=True, slots=True)
class Plan:
    """A change that is asked for."""

    change: str
    unit_ids: tuple[int, ...]
    into_id: int
    on: date
    decision: Decided
    registers_id: int | None = None
    heir_ids: tuple[int, ...] = ()
    shares: Mapping[int, int] = field(default_factory=dict)
    """To whom each unit under a divided one goes."""
    area_id: int | None = None
    code: str = ""
    kind: str = ""
    name: str = ""
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: the units, what goes with them, and who would see differently."""

    units: list[OrgUnitVersion]
    into: list[OrgUnitVersion]
    moving: list[OrgUnitVersion]
    schools: int
    """Schools that come under another line of offices, however deep they stand."""
    counts: list[tuple[str, int]]
    sights: list[ReadyTable]


def units_by_code(actor: Actor, codes: Collection[str], on: date) -> list[OrgUnitVersion]:
    """Return the units with these codes as they are on a day, in reach, in the order asked.

    :raises NotFound: when one of them is unknown, has ended, or is out of reach
    """
    reach = actor.reach(MANAGE_UNITS, "school")
    rows = versions_on(on).filter(unit__code__in=codes)
    found = {row.unit.code: row for row in rows if row.unit_id in reach}
    if len(found) != len(set(codes)):
        raise NotFound
    return [found[code] for code in dict.fromkeys(codes)]


def shares_of(
    units: Sequence[OrgUnitVersion],
    heirs: Sequence[OrgUnitVersion],
    on: date,
    data: Mapping[str, Any],
) -> dict[int, int]:
    """Return to whom each unit under a divided one goes: as said, else by its place."""
    rows = versions_on(on).filter(parent_id__in=[one.unit_id for one in units])
    by_code = {one.unit.code: one.unit_id for one in heirs}
    by_area = {one.area_id: one.unit_id for one in heirs if one.area_id}
    first = heirs[0].unit_id
    return {
        row.unit_id: by_code.get(
            str(data.get(f"share-{row.unit.code}", "")), by_area.get(row.area_id or 0, first)
        )
        for row in rows.order_by("sort_key", "unit_id")
    }


def preview(plan: Plan) -> Preview:
    """Return what a plan would do on its day."""
    units = list(versions_on(plan.on).filter(unit_id__in=plan.unit_ids).order_by("sort_key", "pk"))
    heads = plan.heir_ids or (plan.into_id,)
    into = list(versions_on(plan.on).filter(unit_id__in=heads).order_by("sort_key", "pk"))
    moving = _moving(plan, units)
    under = units_under([one.unit_id for one in moving], on=plan.on)
    schools = OrgUnit.objects.filter(pk__in=under, kind=UnitKind.SCHOOL).count()
    lost, gained = offices_touched(plan, moving)
    counts = [(str(one.label), one.count(lost | gained, plan.on)) for one in consequences]
    told = [one.tell(gained, lost, plan.on) for one in sights]
    return Preview(units, into, moving, schools, counts, [one for one in told if one.rows])


def _moving(plan: Plan, units: list[OrgUnitVersion]) -> list[OrgUnitVersion]:
    """Return the units that come under another one."""
    if plan.change == Change.MOVE:
        return units
    if plan.change in (Change.ADD, Change.RENAME):
        return []
    rows = versions_on(plan.on).filter(parent_id__in=plan.unit_ids)
    return list(rows.order_by("sort_key", "pk"))


def offices_touched(
    plan: Plan, moving: Collection[OrgUnitVersion]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the offices that lose something and those that gain: above before, or after only."""
    if plan.change in (Change.ADD, Change.RENAME):
        return frozenset(), frozenset()
    lost = units_above([one.parent_id for one in moving if one.parent_id], on=plan.on)
    heads = plan.heir_ids or (plan.into_id,)
    gained = units_above(heads, on=plan.on)
    closing = frozenset() if plan.change == Change.MOVE else frozenset(plan.unit_ids)
    return (lost - gained) | closing, gained - lost


def require_possible(plan: Plan) -> None:
    """Refuse a plan that puts a unit under a kind of unit where it doesn't stand on that day.

    The same question that the action asks, asked before the plan is shown.

    :raises KindEnded, KindNotYet, KindNotUnder:
    """
    units = list(versions_on(plan.on).filter(unit_id__in=plan.unit_ids).order_by("unit_id"))
    heads = versions_on(plan.on).filter(unit_id__in={plan.into_id, *plan.heir_ids})
    into = {one.unit_id: one for one in heads.select_related("unit")}
    if plan.change == Change.ADD:
        require_nesting(plan.kind, into[plan.into_id].kind_then, on=plan.on)
    elif plan.change == Change.RENAME and plan.kind not in ("", units[0].unit.kind):
        require_kind(units[0], plan.kind, plan.on)
    elif plan.change not in (Change.RENAME, Change.CLOSE):
        moving = _moving(plan, units)
        for heir, above in into.items():
            share = [one for one in moving if plan.shares.get(one.unit_id, plan.into_id) == heir]
            require_under(share, above, plan.on)


def carry_out(plan: Plan, *, actor: Actor, now: datetime) -> None:
    """Do what a plan says, by the one action for it."""
    common: dict[str, Any] = {"actor": actor, "decision": plan.decision, "now": now}
    if plan.change == Change.ADD:
        place = UnitPlace(plan.name, plan.short_name, plan.into_id, plan.area_id)
        managing.add_unit(code=plan.code, kind=plan.kind, place=place, starts_on=plan.on, **common)
        return
    common["on"] = plan.on
    if plan.change == Change.RENAME:
        managing.rename_unit(
            unit_id=plan.unit_ids[0],
            name=plan.name,
            short_name=plan.short_name,
            kind=plan.kind,
            **common,
        )
    elif plan.change == Change.MOVE:
        managing.move_units(unit_ids=plan.unit_ids, parent_id=plan.into_id, **common)
    elif plan.change == Change.MERGE:
        managing.merge_units(unit_ids=plan.unit_ids, into_id=plan.into_id, **common)
    elif plan.change == Change.SPLIT:
        managing.split_unit(
            unit_id=plan.unit_ids[0],
            parts=_parts(plan),
            registers_to=plan.registers_id or plan.heir_ids[0],
            **common,
        )
    else:
        heirs = {handed: {plan.into_id} for handed in Handed}
        heirs[Handed.REGISTERS] = {plan.registers_id or plan.into_id}
        managing.end_units(unit_ids=plan.unit_ids, successors=heirs, **common)


def _parts(plan: Plan) -> dict[int, list[int]]:
    """Return each heir with its share; one that gets nothing is an heir all the same."""
    parts: dict[int, list[int]] = {heir: [] for heir in plan.heir_ids}
    for unit_id, heir in plan.shares.items():
        parts[heir].append(unit_id)
    return parts
