"""What the department does to the tree: add, rename, move, merge, divide, close.

Each checks who may, on every unit it touches; the steps it takes stand in `actions` and `closing`,
what it asks first in `guards`, taking back in `undoing`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.actions.closing import bulk_move_units, close_unit
from khuevan.platform.organizations.actions.papers import write_decision
from khuevan.platform.organizations.actions.units import UnitPlace, move_unit, open_unit
from khuevan.platform.organizations.errors import (
    KindFromToday,
    NotUnderItself,
    SchoolsElsewhere,
    UnitCodeTaken,
)
from khuevan.platform.organizations.guards import (
    held_units,
    no_circle,
    parent_unit,
    require_day,
    require_kind,
    require_no_school,
    require_under,
)
from khuevan.platform.organizations.models import (
    Handed,
    OrgUnit,
    OrgUnitVersion,
    UnitDecision,
    UnitKind,
)
from khuevan.platform.organizations.nesting import require_nesting
from khuevan.platform.organizations.papers import Decided
from khuevan.platform.organizations.selectors import children_on, units_above
from khuevan.ui.formats import day


@transaction.atomic
def add_unit(
    *,
    actor: Actor,
    code: str,
    kind: str,
    place: UnitPlace,
    starts_on: date,
    decision: Decided,
    now: datetime,
) -> OrgUnit:
    """Open a unit under another on a day.

    :raises UnitCodeTaken: when a unit has or had the code
    :raises ParentNotThere: when the unit above is not there on that day, or has an end
    :raises KindEnded, KindNotYet, KindNotUnder: when no such unit stands there on that day
    :raises SchoolsElsewhere: for a school, which is more than a unit
    """
    require_day(starts_on, today=actor.today)
    if kind == UnitKind.SCHOOL:
        raise SchoolsElsewhere(unit=place.name)
    if place.parent_id is None:
        raise NotFound
    parent = parent_unit(actor, place.parent_id, starts_on)
    require_nesting(kind, parent.kind_then, on=starts_on)
    if OrgUnit.objects.filter(code__iexact=code).exists():
        raise UnitCodeTaken(code=code)
    paper = write_decision(decision, actor=actor, on=starts_on, now=now)
    return open_unit(
        actor=actor, code=code, kind=kind, place=place, starts_on=starts_on, paper=paper, now=now
    )


@transaction.atomic
def rename_unit(
    *,
    actor: Actor,
    unit_id: int,
    name: str,
    short_name: str,
    on: date,
    decision: Decided,
    now: datetime,
    kind: str = "",
) -> OrgUnitVersion:
    """Give a unit another name from a day on, or make it another kind of unit; the past stays.

    :raises MoveTooEarly: when the unit changed on that day or later
    :raises KindFromToday: when it would be another kind from a day to come
    """
    (held,) = held_units(actor, [unit_id], on)
    require_no_school(held)
    paper = write_decision(decision, actor=actor, on=on, now=now)
    if kind and kind != held.unit.kind:
        _convert(actor, held, kind, on)
    to = UnitPlace(name, short_name, held.parent_id, held.area_id)
    return move_unit(actor=actor, unit_id=unit_id, to=to, on=on, paper=paper, now=now)


def _convert(actor: Actor, held: OrgUnitVersion, kind: str, on: date) -> None:
    """Write into the past what the unit was until now, and make it what it is from now on."""
    if kind == UnitKind.SCHOOL:
        raise SchoolsElsewhere(unit=held.name)
    if on > actor.today:
        raise KindFromToday
    require_kind(held, kind, on)
    past = OrgUnitVersion.objects.filter(unit_id=held.unit_id, kind="")
    past.update(kind=held.unit.kind)
    held.unit.kind = kind
    held.unit.save(update_fields=["kind"])


@transaction.atomic
def move_units(
    *,
    actor: Actor,
    unit_ids: Collection[int],
    parent_id: int,
    on: date,
    decision: Decided,
    now: datetime,
) -> list[OrgUnitVersion]:
    """Put units, schools too, under another one from a day on.

    :raises ParentNotThere: when the unit above is not there on that day, or has an end
    :raises NotUnderItself: when the unit above stands under one of them
    :raises KindNotUnder: when the unit above is of a kind under which such units do not stand
    :raises MoveTooEarly: when one of them changed on that day or later
    """
    held = held_units(actor, unit_ids, on)
    parent = parent_unit(actor, parent_id, on)
    if units_above([parent_id], on=on) & set(unit_ids):
        raise NotUnderItself
    require_under(held, parent, on)
    to = {one.unit_id: UnitPlace(one.name, one.short_name, parent_id, one.area_id) for one in held}
    paper = write_decision(decision, actor=actor, on=on, now=now)
    with no_circle():
        return bulk_move_units(actor=actor, to=to, on=on, now=now, paper=paper)


@transaction.atomic
def merge_units(
    *,
    actor: Actor,
    unit_ids: Collection[int],
    into_id: int,
    on: date,
    decision: Decided,
    now: datetime,
) -> OrgUnit:
    """Close units on a day; all they had and all under them goes to another one.

    :raises ParentNotThere: when that one is not there on that day, or has an end
    :raises NotUnderItself: when it is one of them, or stands under one
    """
    held = held_units(actor, unit_ids, on)
    into = parent_unit(actor, into_id, on)
    for one in held:
        require_no_school(one)
    if units_above([into_id], on=on) & set(unit_ids):
        raise NotUnderItself
    paper = write_decision(decision, actor=actor, on=on, now=now)
    under = children_on(unit_ids, on)
    require_under(under, into, on)
    _move_to_heirs(actor, {one.unit_id: into_id for one in under}, under, on, paper, now)
    everything = {handed: {into_id} for handed in Handed}
    for one in held:
        close_unit(
            actor=actor, unit_id=one.unit_id, on=on, successors=everything, paper=paper, now=now
        )
    record(
        audit_codes.UNITS_MERGED,
        actor=actor,
        at=now,
        target=into.unit,
        unit_id=into_id,
        details={
            "unit": into.name,
            "count": len(held),
            "on": day(on),
            "by": decision.number,
        },
    )
    return into.unit


@transaction.atomic
def split_unit(
    *,
    actor: Actor,
    unit_id: int,
    parts: Mapping[int, Collection[int]],
    registers_to: int,
    on: date,
    decision: Decided,
    now: datetime,
) -> OrgUnit:
    """Close a unit on a day and divide what stands under it among others, named with their share.

    Its registers go to one of them, or elsewhere; licenses and open files go with the schools.

    :raises UnitHoldsOthers: when something under it is given to nobody
    """
    (held,) = held_units(actor, [unit_id], on)
    require_no_school(held)
    heirs = {heir: parent_unit(actor, heir, on) for heir in {*parts, registers_to}}
    to = {child: heir for heir, share in parts.items() for child in share}
    under = [one for one in children_on([unit_id], on) if one.unit_id in to]
    for heir, above in heirs.items():
        require_under([one for one in under if to[one.unit_id] == heir], above, on)
    paper = write_decision(decision, actor=actor, on=on, now=now)
    _move_to_heirs(actor, to, under, on, paper, now)
    successors: dict[Handed, Collection[int]] = dict.fromkeys(Handed, set(parts))
    successors[Handed.REGISTERS] = {registers_to}
    closed = close_unit(
        actor=actor, unit_id=unit_id, on=on, successors=successors, paper=paper, now=now
    )
    record(
        audit_codes.UNIT_SPLIT,
        actor=actor,
        at=now,
        target=closed,
        unit_id=unit_id,
        details={"unit": held.name, "count": len(parts), "by": decision.number},
    )
    return closed


@transaction.atomic
def end_unit(
    *,
    actor: Actor,
    unit_id: int,
    successors: Mapping[Handed, Collection[int]],
    on: date,
    decision: Decided,
    now: datetime,
) -> OrgUnit:
    """Close a unit under which nothing stands, and name who takes over which part of its work.

    :raises UnitHoldsOthers: when units still stand under it on that day
    """
    (held,) = held_units(actor, [unit_id], on)
    require_no_school(held)
    for heir in {heir for heirs in successors.values() for heir in heirs}:
        parent_unit(actor, heir, on)
    paper = write_decision(decision, actor=actor, on=on, now=now)
    return close_unit(
        actor=actor, unit_id=unit_id, on=on, successors=successors, paper=paper, now=now
    )


@transaction.atomic
def end_units(
    *,
    actor: Actor,
    unit_ids: Collection[int],
    successors: Mapping[Handed, Collection[int]],
    on: date,
    decision: Decided,
    now: datetime,
) -> list[OrgUnit]:
    """Close several units under which nothing stands, all or none, with the same successors."""
    held = held_units(actor, unit_ids, on)
    for one in held:
        require_no_school(one)
    for heir in {heir for heirs in successors.values() for heir in heirs}:
        parent_unit(actor, heir, on)
    paper = write_decision(decision, actor=actor, on=on, now=now)
    return [
        close_unit(
            actor=actor, unit_id=one.unit_id, on=on, successors=successors, paper=paper, now=now
        )
        for one in held
    ]


def _move_to_heirs(
    actor: Actor,
    to: Mapping[int, int],
    under: Collection[OrgUnitVersion],
    on: date,
    paper: UnitDecision | None,
    now: datetime,
) -> None:
    """Move what stands under a unit that ends to its heirs."""
    places = {
        one.unit_id: UnitPlace(one.name, one.short_name, to[one.unit_id], one.area_id)
        for one in under
    }
    if places:
        with no_circle():
            bulk_move_units(actor=actor, to=places, on=on, now=now, paper=paper)
