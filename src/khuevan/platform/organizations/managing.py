"""What the department does to the tree: add, rename, move, merge, divide, close, take back.

Each checks who may, on every unit it touches; the steps it takes stand in `actions` and `closing`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record, snapshot
from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.actions import UnitPlace, move_unit, open_unit
from khuevan.platform.organizations.closing import bulk_move_units, close_unit
from khuevan.platform.organizations.errors import (
    BeforeRecords,
    NothingToUndo,
    NotUnderItself,
    ParentNotThere,
    SchoolsElsewhere,
    UnitCodeTaken,
)
from khuevan.platform.organizations.models import (
    Handed,
    OrgUnit,
    OrgUnitVersion,
    UnitKind,
    UnitSuccession,
)
from khuevan.platform.organizations.permissions import MANAGE_UNITS
from khuevan.platform.organizations.selectors import units_above, versions_on

RECORDED_FROM = date(2013, 1, 1)
NO_CIRCLE = "unit_versions_no_circle"


@transaction.atomic
def add_unit(
    *, actor: Actor, code: str, kind: str, place: UnitPlace, starts_on: date, now: datetime
) -> OrgUnit:
    """Open a unit under another on a day.

    :raises UnitCodeTaken: when a unit has or had the code
    :raises ParentNotThere: when the unit above is not there on that day, or has an end
    :raises SchoolsElsewhere: for a school, which is more than a unit
    """
    _require_day(starts_on)
    if kind == UnitKind.SCHOOL:
        raise SchoolsElsewhere(unit=place.name)
    if place.parent_id is None:
        raise NotFound
    _parent(actor, place.parent_id, starts_on)
    if OrgUnit.objects.filter(code__iexact=code).exists():
        raise UnitCodeTaken(code=code)
    return open_unit(actor=actor, code=code, kind=kind, place=place, starts_on=starts_on, now=now)


@transaction.atomic
def rename_unit(
    *, actor: Actor, unit_id: int, name: str, short_name: str, on: date, now: datetime
) -> OrgUnitVersion:
    """Give a unit another name from a day on; what it was called before stays true.

    :raises MoveTooEarly: when the unit changed on that day or later
    """
    (held,) = _held(actor, [unit_id], on)
    _require_no_school(held)
    to = UnitPlace(name, short_name, held.parent_id, held.area_id)
    return move_unit(actor=actor, unit_id=unit_id, to=to, on=on, now=now)


@transaction.atomic
def move_units(
    *,
    actor: Actor,
    unit_ids: Collection[int],
    parent_id: int,
    on: date,
    decision: str,
    now: datetime,
) -> list[OrgUnitVersion]:
    """Put units, schools too, under another one from a day on.

    :raises ParentNotThere: when the unit above is not there on that day, or has an end
    :raises NotUnderItself: when the unit above stands under one of them
    :raises MoveTooEarly: when one of them changed on that day or later
    """
    held = _held(actor, unit_ids, on)
    _parent(actor, parent_id, on)
    if units_above([parent_id], on=on) & set(unit_ids):
        raise NotUnderItself
    to = {one.unit_id: UnitPlace(one.name, one.short_name, parent_id, one.area_id) for one in held}
    with _no_circle():
        return bulk_move_units(actor=actor, to=to, on=on, now=now, decision=decision)


@transaction.atomic
def merge_units(
    *,
    actor: Actor,
    unit_ids: Collection[int],
    into_id: int,
    on: date,
    decision: str,
    now: datetime,
) -> OrgUnit:
    """Close units on a day; all they had and all under them goes to another one.

    :raises ParentNotThere: when that one is not there on that day, or has an end
    :raises NotUnderItself: when it is one of them, or stands under one
    """
    held = _held(actor, unit_ids, on)
    into = _parent(actor, into_id, on)
    for one in held:
        _require_no_school(one)
    if units_above([into_id], on=on) & set(unit_ids):
        raise NotUnderItself
    under = _children(unit_ids, on)
    _hand_over(actor, {one.unit_id: into_id for one in under}, under, on, decision, now)
    everything = {handed: {into_id} for handed in Handed}
    for one in held:
        close_unit(actor=actor, unit_id=one.unit_id, on=on, successors=everything, now=now)
    record(
        audit_codes.UNITS_MERGED,
        actor=actor,
        at=now,
        target=into.unit,
        unit_id=into_id,
        details={"unit": into.name, "count": len(held), "on": f"{on:%d/%m/%Y}", "by": decision},
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
    decision: str,
    now: datetime,
) -> OrgUnit:
    """Close a unit on a day and divide what stands under it among others, named with their share.

    Its registers go to one of them, or elsewhere; licenses and open files go with the schools.

    :raises UnitHoldsOthers: when something under it is given to nobody
    """
    (held,) = _held(actor, [unit_id], on)
    _require_no_school(held)
    for heir in {*parts, registers_to}:
        _parent(actor, heir, on)
    to = {child: heir for heir, share in parts.items() for child in share}
    under = [one for one in _children([unit_id], on) if one.unit_id in to]
    _hand_over(actor, to, under, on, decision, now)
    successors: dict[Handed, Collection[int]] = dict.fromkeys(Handed, set(parts))
    successors[Handed.REGISTERS] = {registers_to}
    closed = close_unit(actor=actor, unit_id=unit_id, on=on, successors=successors, now=now)
    record(
        audit_codes.UNIT_SPLIT,
        actor=actor,
        at=now,
        target=closed,
        unit_id=unit_id,
        details={"unit": held.name, "count": len(parts), "by": decision},
    )
    return closed


@transaction.atomic
def end_unit(
    *,
    actor: Actor,
    unit_id: int,
    successors: Mapping[Handed, Collection[int]],
    on: date,
    now: datetime,
) -> OrgUnit:
    """Close a unit under which nothing stands, and name who takes over which part of its work.

    :raises UnitHoldsOthers: when units still stand under it on that day
    """
    (held,) = _held(actor, [unit_id], on)
    _require_no_school(held)
    for heir in {heir for heirs in successors.values() for heir in heirs}:
        _parent(actor, heir, on)
    return close_unit(actor=actor, unit_id=unit_id, on=on, successors=successors, now=now)


@transaction.atomic
def undo_latest_change(*, actor: Actor, unit_id: int, reason: str, now: datetime) -> OrgUnitVersion:
    """Take back the latest change of a unit that was entered wrongly: its closing, else its move.

    The rows' history keeps what had been written.

    :raises NothingToUndo: when the unit was never changed
    :raises ParentNotThere: when the unit it would return under has ended
    """
    if unit_id not in actor.reach(MANAGE_UNITS, "school"):
        raise NotFound
    rows = OrgUnitVersion.objects.select_for_update(no_key=True, of=("self",))
    held = list(rows.filter(unit_id=unit_id).select_related("unit").order_by("starts_on"))
    if not held:
        raise NotFound
    _require_no_school(held[-1])
    latest = held[-1]
    if latest.ends_on is not None:
        changed = latest.ends_on
        kept = _reopen(actor, latest)
    elif len(held) > 1:
        changed = latest.starts_on
        kept = _step_back(actor, held[-2], latest)
    else:
        raise NothingToUndo(unit=latest.name)
    record(
        audit_codes.CHANGE_UNDONE,
        actor=actor,
        at=now,
        target=kept.unit,
        unit_id=unit_id,
        before=snapshot(latest, "name", "parent_id", "starts_on"),
        details={"unit": kept.name, "on": f"{changed:%d/%m/%Y}", "reason": reason},
    )
    return kept


def _reopen(actor: Actor, latest: OrgUnitVersion) -> OrgUnitVersion:
    ended = latest.ends_on
    if ended is not None:
        if latest.parent_id is not None:
            _parent(actor, latest.parent_id, ended)
        UnitSuccession.objects.filter(unit_id=latest.unit_id, starts_on=ended).delete()
    latest.ends_on = None
    with _no_circle():
        latest.save(update_fields=["ends_on"])
    return latest


def _step_back(actor: Actor, before: OrgUnitVersion, latest: OrgUnitVersion) -> OrgUnitVersion:
    if before.parent_id is not None:
        _parent(actor, before.parent_id, latest.starts_on)
    latest.delete()
    before.ends_on = None
    with _no_circle():
        before.save(update_fields=["ends_on"])
    return before


def _hand_over(
    actor: Actor,
    to: Mapping[int, int],
    under: Collection[OrgUnitVersion],
    on: date,
    decision: str,
    now: datetime,
) -> None:
    """Move what stands under a unit that ends to its heirs."""
    places = {
        one.unit_id: UnitPlace(one.name, one.short_name, to[one.unit_id], one.area_id)
        for one in under
    }
    if places:
        with _no_circle():
            bulk_move_units(actor=actor, to=places, on=on, now=now, decision=decision)


def _children(unit_ids: Collection[int], on: date) -> list[OrgUnitVersion]:
    return list(versions_on(on).filter(parent_id__in=unit_ids).order_by("unit_id"))


def _held(actor: Actor, unit_ids: Collection[int], on: date) -> list[OrgUnitVersion]:
    """Return the units as they are on a day, locked, all within reach, or raise `NotFound`."""
    _require_day(on)
    reach = actor.reach(MANAGE_UNITS, "school")
    if not unit_ids or any(one not in reach for one in unit_ids):
        raise NotFound
    rows = OrgUnitVersion.objects.select_for_update(no_key=True, of=("self",))
    newest = rows.filter(unit_id__in=unit_ids, ends_on=None).select_related("unit")
    held = list(newest.order_by("unit_id"))
    if len(held) != len(set(unit_ids)):
        raise NotFound
    return held


def _parent(actor: Actor, unit_id: int, on: date) -> OrgUnitVersion:
    """Return the unit others come under, as it is on a day: there, without an end, in reach."""
    if unit_id not in actor.reach(MANAGE_UNITS, "school"):
        raise NotFound
    rows = OrgUnitVersion.objects.select_for_update(no_key=True, of=("self",))
    latest = rows.filter(unit_id=unit_id).select_related("unit").order_by("-starts_on").first()
    if latest is None:
        raise NotFound
    is_there = versions_on(on).filter(unit_id=unit_id).exists()
    if latest.ends_on is not None or not is_there:
        raise ParentNotThere(unit=latest.name, on=f"{on:%d/%m/%Y}")
    return latest


def _require_no_school(version: OrgUnitVersion) -> None:
    if version.unit.kind == UnitKind.SCHOOL:
        raise SchoolsElsewhere(unit=version.name)


def _require_day(on: date) -> None:
    if on < RECORDED_FROM:
        raise BeforeRecords(first=f"{RECORDED_FROM:%d/%m/%Y}", on=f"{on:%d/%m/%Y}")


@contextmanager
def _no_circle() -> Iterator[None]:
    """Turn the database's refusal of a circle into the sentence about it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if NO_CIRCLE in str(error):
            raise NotUnderItself from error
        raise


@transaction.atomic
def end_units(
    *,
    actor: Actor,
    unit_ids: Collection[int],
    successors: Mapping[Handed, Collection[int]],
    on: date,
    now: datetime,
) -> list[OrgUnit]:
    """Close several units under which nothing stands, all or none, with the same successors."""
    return [
        end_unit(actor=actor, unit_id=one, successors=successors, on=on, now=now)
        for one in sorted(unit_ids)
    ]
