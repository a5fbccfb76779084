"""What is asked before the tree changes: the units are there, within reach, and no schools."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import RECORDED_FROM, require_near
from khuevan.platform.organizations.errors import (
    BeforeRecords,
    NotUnderItself,
    ParentNotThere,
    SchoolsElsewhere,
)
from khuevan.platform.organizations.frame import placings
from khuevan.platform.organizations.models import OrgUnitVersion, UnitKind
from khuevan.platform.organizations.nesting import require_nesting
from khuevan.platform.organizations.permissions import MANAGE_UNITS
from khuevan.platform.organizations.selectors import children_on, versions_on
from khuevan.ui.formats import day

NO_CIRCLE = "unit_versions_no_circle"


def held_units(actor: Actor, unit_ids: Collection[int], on: date) -> list[OrgUnitVersion]:
    """Return the units as they are on a day, locked, all within reach, or raise `NotFound`."""
    require_day(on, today=actor.today)
    reach = actor.reach(MANAGE_UNITS, "school")
    if not unit_ids or any(one not in reach for one in unit_ids):
        raise NotFound
    rows = OrgUnitVersion.objects.select_for_update(no_key=True, of=("self",))
    newest = rows.filter(unit_id__in=unit_ids, ends_on=None).select_related("unit")
    held = list(newest.order_by("unit_id"))
    if len(held) != len(set(unit_ids)):
        raise NotFound
    return held


def parent_unit(actor: Actor, unit_id: int, on: date) -> OrgUnitVersion:
    """Return the unit others come under, as it is on a day: there, without an end, in reach."""
    if unit_id not in actor.reach(MANAGE_UNITS, "school"):
        raise NotFound
    return standing_unit(unit_id, on)


def standing_unit(unit_id: int, on: date) -> OrgUnitVersion:
    """Return a unit that is there on a day and has no end, locked.

    :raises ParentNotThere: when it isn't there on that day, or has an end
    """
    rows = OrgUnitVersion.objects.select_for_update(no_key=True, of=("self",))
    latest = rows.filter(unit_id=unit_id).select_related("unit").order_by("-starts_on").first()
    if latest is None:
        raise NotFound
    is_there = versions_on(on).filter(unit_id=unit_id).exists()
    if latest.ends_on is not None or not is_there:
        raise ParentNotThere(unit=latest.name, on=day(on))
    return latest


def require_kind(version: OrgUnitVersion, kind: str, on: date) -> None:
    """Refuse to make a unit another kind where it stands, or over what stands under it.

    :raises KindEnded, KindNotYet, KindNotUnder:
    """
    above = versions_on(on).filter(unit_id=version.parent_id).first() if version.parent_id else None
    if above is not None:
        require_nesting(kind, above.kind_then, on=on)
    for below in children_on([version.unit_id], on):
        require_nesting(below.unit.kind, kind, on=on)


def require_under(units: Collection[OrgUnitVersion], above: OrgUnitVersion, on: date) -> None:
    """Refuse to put units under another one where such units do not stand on a day.

    Of the kind of a unit the data tells; what else matters is asked of the apps that know it.

    :raises KindEnded, KindNotYet, KindNotUnder:
    """
    kind = above.kind_then
    for one in units:
        require_nesting(one.kind_then, kind, on=on)
    for placing in placings:
        placing([one.unit_id for one in units], kind, on)


def require_no_school(version: OrgUnitVersion) -> None:
    """Refuse a school, which is changed as a school."""
    if version.unit.kind == UnitKind.SCHOOL:
        raise SchoolsElsewhere(unit=version.name)


def require_day(on: date, *, today: date) -> None:
    """Refuse a day before anything is recorded, or far ahead."""
    if on < RECORDED_FROM:
        raise BeforeRecords(first=day(RECORDED_FROM), on=day(on))
    require_near(on, today=today)


@contextmanager
def no_circle() -> Iterator[None]:
    """Turn the database's refusal of a circle into the sentence about it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if NO_CIRCLE in str(error):
            raise NotUnderItself from error
        raise
