"""A change of the tree as it is asked for: read, shown before it is made, and made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations import managing
from khuevan.platform.organizations.frame import consequences
from khuevan.platform.organizations.models import Handed, OrgUnit, OrgUnitVersion, UnitKind
from khuevan.platform.organizations.permissions import MANAGE_UNITS
from khuevan.platform.organizations.selectors import units_above, units_under, versions_on


class Change(TextChoices):
    """What may be done with units from the page of changes."""

    MOVE = "MOVE", _("Put under another unit")
    MERGE = "MERGE", _("Merge into another unit")
    CLOSE = "CLOSE", _("Close; another unit takes over its registers and files")


@dataclass(frozen=True, slots=True)
class Plan:
    """A change that is asked for."""

    change: str
    unit_ids: tuple[int, ...]
    into_id: int
    on: date
    decision: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: the units, what goes with them, and who would see differently."""

    units: list[OrgUnitVersion]
    into: OrgUnitVersion | None
    moving: list[OrgUnitVersion]
    schools: int
    """Schools that come under another line of offices, however deep they stand."""
    counts: list[tuple[str, int]]


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


def preview(plan: Plan) -> Preview:
    """Return what a plan would do on its day."""
    units = list(versions_on(plan.on).filter(unit_id__in=plan.unit_ids).order_by("sort_key", "pk"))
    into = versions_on(plan.on).filter(unit_id=plan.into_id).first()
    moving = units
    if plan.change != Change.MOVE:
        rows = versions_on(plan.on).filter(parent_id__in=plan.unit_ids)
        moving = list(rows.order_by("sort_key", "pk"))
    under = units_under([one.unit_id for one in moving], on=plan.on)
    schools = OrgUnit.objects.filter(pk__in=under, kind=UnitKind.SCHOOL).count()
    touched = offices_touched(plan, moving)
    counts = [(str(one.label), one.count(touched, plan.on)) for one in consequences]
    return Preview(units, into, moving, schools, counts)


def offices_touched(plan: Plan, moving: Collection[OrgUnitVersion]) -> frozenset[int]:
    """Return the offices that gain or lose something: those above before or after, not both."""
    lost = units_above([one.parent_id for one in moving if one.parent_id], on=plan.on)
    gained = units_above([plan.into_id], on=plan.on)
    closing = frozenset() if plan.change == Change.MOVE else frozenset(plan.unit_ids)
    return (lost ^ gained) | closing


def carry_out(plan: Plan, *, actor: Actor, now: datetime) -> None:
    """Do what a plan says, by the one action for it."""
    if plan.change == Change.MOVE:
        managing.move_units(
            actor=actor,
            unit_ids=plan.unit_ids,
            parent_id=plan.into_id,
            on=plan.on,
            decision=plan.decision,
            now=now,
        )
    elif plan.change == Change.MERGE:
        managing.merge_units(
            actor=actor,
            unit_ids=plan.unit_ids,
            into_id=plan.into_id,
            on=plan.on,
            decision=plan.decision,
            now=now,
        )
    else:
        managing.end_units(
            actor=actor,
            unit_ids=plan.unit_ids,
            successors={handed: {plan.into_id} for handed in Handed},
            on=plan.on,
            now=now,
        )
