"""Many offices opened or closed on one day: steps of a caller who decides who may."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import require_near
from khuevan.platform.audit.api import record
from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.actions.closing import placed
from khuevan.platform.organizations.actions.handing import pass_on_open_files
from khuevan.platform.organizations.actions.units import UnitPlace
from khuevan.platform.organizations.errors import UnitHoldsOthers
from khuevan.platform.organizations.models import (
    Handed,
    OrgUnit,
    OrgUnitVersion,
    UnitDecision,
    UnitSuccession,
)
from khuevan.ui.formats import day

BATCH = 2000


@dataclass(frozen=True, slots=True)
class NewUnit:
    """An office as it is opened."""

    code: str
    kind: str
    place: UnitPlace


@transaction.atomic
def bulk_open_units(
    *,
    actor: Actor,
    units: Sequence[NewUnit],
    starts_on: date,
    now: datetime,
    paper: UnitDecision | None = None,
) -> dict[str, int]:
    """Open many offices on one day and return their ids by code."""
    require_near(starts_on, today=actor.today)
    rows = [OrgUnit(code=one.code, kind=one.kind) for one in units]
    made = OrgUnit.objects.bulk_create(rows, batch_size=BATCH)
    OrgUnitVersion.objects.bulk_create(
        (placed(row.pk, one.place, starts_on, paper) for row, one in zip(made, units, strict=True)),
        batch_size=BATCH,
    )
    record(
        audit_codes.UNITS_OPENED,
        actor=actor,
        at=now,
        details={"count": len(made), "on": day(starts_on)},
    )
    return {row.code: row.pk for row in made}


@transaction.atomic
def bulk_close_units(
    *,
    actor: Actor,
    successors: Mapping[int, Mapping[Handed, Collection[int]]],
    on: date,
    now: datetime,
    paper: UnitDecision | None = None,
) -> int:
    """End many units on one day, each with who took over which part, and return how many.

    :raises NotFound: when one of them has ended already
    :raises UnitHoldsOthers: when something else still stands under one of them
    """
    require_near(on, today=actor.today)
    rows = OrgUnitVersion.objects.select_for_update(no_key=True).order_by("unit_id")
    held = list(rows.filter(unit_id__in=successors, ends_on=None, starts_on__lt=on))
    if len(held) != len(successors):
        raise NotFound
    under = OrgUnitVersion.objects.filter(parent_id__in=successors).exclude(ends_on__lte=on)
    left = under.exclude(unit_id__in=successors).select_related("unit").first()
    if left is not None:
        raise UnitHoldsOthers(unit=left.name)
    OrgUnitVersion.objects.filter(pk__in=[row.pk for row in held]).update(
        ends_on=on, ended_by=paper
    )
    UnitSuccession.objects.bulk_create(
        (
            UnitSuccession(unit_id=unit_id, successor_id=heir, handed=handed, starts_on=on)
            for unit_id, parts in successors.items()
            for handed, heirs in parts.items()
            for heir in sorted(heirs)
        ),
        batch_size=BATCH,
    )
    record(
        audit_codes.UNITS_CLOSED,
        actor=actor,
        at=now,
        details={"count": len(held), "on": day(on)},
    )
    if on <= actor.today:
        pass_on_open_files(actor=actor, on=on, now=now, units=list(successors))
    return len(held)
