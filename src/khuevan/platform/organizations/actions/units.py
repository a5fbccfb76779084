"""Creating units and moving them in the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import require_near
from khuevan.kernel.vietnamese import fold, text_sort_key
from khuevan.platform.audit.api import record, snapshot
from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.errors import CodeNotACode, MoveTooEarly, NotUnderItself
from khuevan.platform.organizations.models import OrgUnit, OrgUnitVersion, UnitDecision
from khuevan.platform.organizations.selectors import units_under
from khuevan.ui.formats import day

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """How a unit is called, under whom and where, from a day on."""

    name: str
    short_name: str
    parent_id: int | None
    area_id: int | None
    kind: str = ""
    """What it is in that period, where it is another kind of unit by now."""


@transaction.atomic
def create_unit(
    *,
    code: str,
    kind: str,
    name: str,
    short_name: str,
    parent_id: int | None,
    area_id: int | None,
    starts_on: date,
    paper: UnitDecision | None = None,
) -> OrgUnit:
    """Create a unit with its first name and place; a step of the caller, who checks who may.

    The caller writes the entry of what it opens; an office that is nothing more is opened by
    `open_unit`.

    :raises CodeNotACode: when the code could not stand in an address
    """
    require_code(code)
    unit = OrgUnit.objects.create(code=code, kind=kind)
    OrgUnitVersion.objects.create(
        unit=unit,
        name=name,
        short_name=short_name,
        search_name=fold(name),
        sort_key=text_sort_key(name),
        parent_id=parent_id,
        area_id=area_id,
        starts_on=starts_on,
        decision=paper.number if paper else "",
        paper=paper,
    )
    return unit


def require_code(code: str) -> None:
    """Refuse a code that could not stand in an address.

    :raises CodeNotACode: when it holds anything but letters, digits, dots, dashes, underscores
    """
    if not _CODE.fullmatch(code):
        raise CodeNotACode(code=code)


def open_unit(
    *,
    actor: Actor,
    code: str,
    kind: str,
    place: UnitPlace,
    starts_on: date,
    now: datetime,
    paper: UnitDecision | None = None,
) -> OrgUnit:
    """Open an office that is a unit and nothing more; a step of the caller, who checks who may."""
    unit = create_unit(
        code=code,
        kind=kind,
        name=place.name,
        short_name=place.short_name,
        parent_id=place.parent_id,
        area_id=place.area_id,
        starts_on=starts_on,
        paper=paper,
    )
    record(
        audit_codes.UNIT_OPENED,
        actor=actor,
        at=now,
        target=unit,
        unit_id=unit.pk,
        details={"unit": place.name},
    )
    return unit


@transaction.atomic
def move_unit(
    *,
    actor: Actor,
    unit_id: int,
    to: UnitPlace,
    on: date,
    now: datetime,
    paper: UnitDecision | None = None,
) -> OrgUnitVersion:
    """Give a unit another name, parent or area from a day on; what was true before stays true.

    A step of the caller, who checks who may.

    :raises MoveTooEarly: when the unit changed on that day or later
    :raises NotUnderItself: when the parent stands below the unit
    """
    require_near(on, today=actor.today)
    current = (
        OrgUnitVersion.objects.select_for_update(no_key=True)
        .filter(unit_id=unit_id)
        .order_by("-starts_on")
        .first()
    )
    if current is None or (current.ends_on is not None and current.ends_on < on):
        raise NotFound
    if on <= current.starts_on:
        raise MoveTooEarly(since=day(current.starts_on))
    if to.parent_id is not None and to.parent_id in units_under([unit_id], on=on):
        raise NotUnderItself
    ends_on = current.ends_on
    current.ends_on = on
    current.save(update_fields=["ends_on"])
    version = OrgUnitVersion.objects.create(
        unit_id=unit_id,
        name=to.name,
        short_name=to.short_name,
        search_name=fold(to.name),
        sort_key=text_sort_key(to.name),
        parent_id=to.parent_id,
        area_id=to.area_id,
        starts_on=on,
        ends_on=ends_on,
        kind=to.kind,
        decision=paper.number if paper else "",
        paper=paper,
    )
    stays = (current.parent_id, current.area_id) == (version.parent_id, version.area_id)
    record(
        audit_codes.UNIT_RENAMED if stays else audit_codes.UNIT_MOVED,
        actor=actor,
        at=now,
        target=version.unit,
        unit_id=unit_id,
        before=snapshot(current, "name", "parent_id", "area_id"),
        after=snapshot(version, "name", "parent_id", "area_id", "starts_on"),
        details={"unit": to.name},
    )
    return version
