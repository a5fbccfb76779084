"""Changes of many units at once, and closing a unit with its legal successors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import require_near
from khuevan.kernel.vietnamese import fold, text_sort_key
from khuevan.platform.audit.api import record
from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.actions.handing import pass_on_open_files
from khuevan.platform.organizations.actions.units import UnitPlace
from khuevan.platform.organizations.errors import MoveTooEarly, UnitHoldsOthers
from khuevan.platform.organizations.models import (
    Handed,
    OrgUnit,
    OrgUnitVersion,
    UnitDecision,
    UnitSuccession,
)
from khuevan.ui.formats import day

_BATCH = 2000


@transaction.atomic
def bulk_move_units(
    *,
    actor: Actor,
    to: Mapping[int, UnitPlace],
    on: date,
    now: datetime,
    paper: UnitDecision | None = None,
) -> list[OrgUnitVersion]:
    """Give many units another parent or area on one day; what was true before stays true.

    A step of the caller, who checks who may and that nobody is put under itself.

    :raises NotFound: when one of the units has no open period
    :raises MoveTooEarly: when one of them changed on that day or later
    """
    require_near(on, today=actor.today)
    rows = OrgUnitVersion.objects.select_for_update(no_key=True).order_by("unit_id")
    current = list(rows.filter(unit_id__in=to, ends_on=None))
    if len(current) != len(to):
        raise NotFound
    late = next((version for version in current if version.starts_on >= on), None)
    if late is not None:
        raise MoveTooEarly(since=day(late.starts_on))
    OrgUnitVersion.objects.filter(pk__in=[version.pk for version in current]).update(ends_on=on)
    moved = OrgUnitVersion.objects.bulk_create(
        (
            placed(unit_id, place, on, paper)
            for unit_id, place in sorted(to.items(), key=lambda p: p[0])
        ),
        batch_size=_BATCH,
    )
    record(
        audit_codes.UNITS_MOVED,
        actor=actor,
        at=now,
        details={"count": len(moved), "on": day(on)},
    )
    return moved


@transaction.atomic
def close_unit(
    *,
    actor: Actor,
    unit_id: int,
    on: date,
    successors: Mapping[Handed, Collection[int]],
    now: datetime,
    paper: UnitDecision | None = None,
) -> OrgUnit:
    """End a unit on a day, its first without it, and name who took over what it did.

    A step of the caller, who checks who may. What is open there passes on at once when the day
    has come, else on the night before it.

    :raises NotFound: when the unit has ended already
    :raises MoveTooEarly: when the unit changed on that day or later
    :raises UnitHoldsOthers: when units still stand under it on that day
    """
    rows = OrgUnitVersion.objects.select_for_update(no_key=True).select_related("unit")
    current = rows.filter(unit_id=unit_id, ends_on=None).first()
    if current is None:
        raise NotFound
    if current.starts_on >= on:
        raise MoveTooEarly(since=day(current.starts_on))
    under = OrgUnitVersion.objects.filter(parent_id=unit_id)
    if under.exclude(ends_on__lte=on).exists():
        raise UnitHoldsOthers(unit=current.name)
    current.ends_on, current.ended_by = on, paper
    current.save(update_fields=["ends_on", "ended_by"])
    UnitSuccession.objects.bulk_create(
        UnitSuccession(unit_id=unit_id, successor_id=successor_id, handed=handed, starts_on=on)
        for handed, ids in successors.items()
        for successor_id in sorted(ids)
    )
    record(
        audit_codes.UNIT_CLOSED,
        actor=actor,
        at=now,
        target=current.unit,
        unit_id=unit_id,
        details={"unit": current.name},
    )
    if on <= actor.today:
        pass_on_open_files(actor=actor, on=on, now=now, units=[unit_id])
    return current.unit


def placed(
    unit_id: int, place: UnitPlace, on: date, paper: UnitDecision | None = None
) -> OrgUnitVersion:
    """Return an unsaved period of a unit at a place."""
    return OrgUnitVersion(
        unit_id=unit_id,
        name=place.name,
        short_name=place.short_name,
        search_name=fold(place.name),
        sort_key=text_sort_key(place.name),
        parent_id=place.parent_id,
        area_id=place.area_id,
        starts_on=on,
        kind=place.kind,
        decision=paper.number if paper else "",
        paper=paper,
    )
