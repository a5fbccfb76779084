"""A unit's codes in other registers, and whom it answers to beside the unit that manages it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import record
from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.errors import (
    AliasTaken,
    LinkedAlready,
    LinkOver,
    NotUnderItself,
)
from khuevan.platform.organizations.guards import require_day
from khuevan.platform.organizations.models import (
    LinkKind,
    OrgUnit,
    ReportingLink,
    UnitAlias,
)
from khuevan.platform.organizations.permissions import MANAGE_UNITS
from khuevan.platform.organizations.selectors import names_on, versions_on
from khuevan.ui.formats import day


@transaction.atomic
def add_alias(
    *, actor: Actor, unit_id: int, code: str, source: str, starts_on: date, now: datetime
) -> UnitAlias:
    """Write down which code another register gives a unit, from a day on.

    The code it gave before ends on that day.

    :raises AliasTaken: when the register gives the code to another unit at that time
    """
    unit = _unit(actor, unit_id)
    require_day(starts_on, today=actor.today)
    source, code = normalize(source), normalize(code)
    earlier = UnitAlias.objects.filter(unit=unit, source=source, ends_on=None)
    earlier.filter(starts_on__lt=starts_on).update(ends_on=starts_on)
    try:
        with transaction.atomic():
            alias = UnitAlias.objects.create(
                unit=unit, code=code, source=source, starts_on=starts_on
            )
    except IntegrityError as error:
        raise AliasTaken(source=source, code=code) from error
    record(
        audit_codes.ALIAS_ADDED,
        actor=actor,
        at=now,
        target=unit,
        unit_id=unit.pk,
        details={"unit": _name(unit, starts_on), "code": code, "source": source},
    )
    return alias


@transaction.atomic
def add_link(
    *,
    actor: Actor,
    unit_id: int,
    master_id: int,
    kind: LinkKind,
    starts_on: date,
    decision: str,
    now: datetime,
) -> ReportingLink:
    """Let a unit answer to another one beside the one that manages it, from a day on.

    It changes nobody's sight: grants follow the tree alone.

    :raises LinkedAlready: when they are linked in this way at that time
    """
    unit = _unit(actor, unit_id)
    require_day(starts_on, today=actor.today)
    if master_id == unit_id:
        raise NotUnderItself
    there = versions_on(starts_on).filter(unit_id__in=(unit_id, master_id))
    if there.count() != len((unit_id, master_id)):
        raise NotFound
    try:
        with transaction.atomic():
            link = ReportingLink.objects.create(
                unit=unit,
                master_id=master_id,
                kind=kind,
                starts_on=starts_on,
                decision=normalize(decision),
            )
    except IntegrityError as error:
        raise LinkedAlready from error
    record(
        audit_codes.LINK_ADDED,
        actor=actor,
        at=now,
        target=unit,
        unit_id=unit.pk,
        details={"unit": _name(unit, starts_on), "into": _name(link.master, starts_on)},
    )
    return link


@transaction.atomic
def end_link(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> ReportingLink:
    """End a link on a day, its first without it.

    :raises LinkOver: when it has ended, or began on that day or later
    """
    rows = ReportingLink.objects.select_for_update(no_key=True, of=("self",))
    link = rows.select_related("unit", "master").filter(uuid=uuid).first()
    if link is None or link.unit_id not in actor.reach(MANAGE_UNITS, "school"):
        raise NotFound
    require_day(on, today=actor.today)
    if link.ends_on is not None or on <= link.starts_on:
        raise LinkOver(since=day(link.starts_on))
    link.ends_on = on
    link.save(update_fields=["ends_on"])
    record(
        audit_codes.LINK_ENDED,
        actor=actor,
        at=now,
        target=link.unit,
        unit_id=link.unit_id,
        details={"unit": _name(link.unit, on), "into": _name(link.master, on)},
    )
    return link


def _unit(actor: Actor, unit_id: int) -> OrgUnit:
    if unit_id not in actor.reach(MANAGE_UNITS, "school"):
        raise NotFound
    return OrgUnit.objects.select_for_update(no_key=True).get(pk=unit_id)


def _name(unit: OrgUnit, on: date) -> str:
    return names_on([unit.pk], on).get(unit.pk, unit.code)
