"""Taking back the latest change of a unit that was entered wrongly."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record, snapshot
from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.errors import NothingToUndo
from khuevan.platform.organizations.guards import (
    no_circle,
    parent_unit,
    require_no_school,
    standing_unit,
)
from khuevan.platform.organizations.models import OrgUnit, OrgUnitVersion, UnitSuccession
from khuevan.platform.organizations.permissions import MANAGE_UNITS
from khuevan.ui.formats import day


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
    require_no_school(held[-1])
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
        details={"unit": kept.name, "on": day(changed), "reason": reason},
    )
    return kept


def reopen_unit(
    *, actor: Actor, unit_id: int, on: date, reason: str, now: datetime
) -> OrgUnitVersion:
    """Take back the end of a unit on a day; its successors are none any more. A step of the caller.

    :raises NotFound: when it doesn't end on that day
    :raises ParentNotThere: when the unit it stood under has ended
    """
    rows = OrgUnitVersion.objects.select_for_update(no_key=True, of=("self",))
    latest = rows.filter(unit_id=unit_id, ends_on=on).select_related("unit").first()
    if latest is None:
        raise NotFound
    if latest.parent_id is not None:
        standing_unit(latest.parent_id, on)
    _take_back_end(latest)
    record(
        audit_codes.CHANGE_UNDONE,
        actor=actor,
        at=now,
        target=latest.unit,
        unit_id=unit_id,
        details={"unit": latest.name, "on": day(on), "reason": reason},
    )
    return latest


def drop_unit(unit_id: int) -> None:
    """Delete a unit that never was, with the places it would have had. A step of the caller.

    The rows' history keeps what had been written.

    :raises ProtectedError: when something else is written down of it
    """
    OrgUnitVersion.objects.filter(unit_id=unit_id).delete()
    OrgUnit.objects.filter(pk=unit_id).delete()


def _reopen(actor: Actor, latest: OrgUnitVersion) -> OrgUnitVersion:
    if latest.ends_on is not None and latest.parent_id is not None:
        parent_unit(actor, latest.parent_id, latest.ends_on)
    _take_back_end(latest)
    return latest


def _take_back_end(latest: OrgUnitVersion) -> None:
    if latest.ends_on is not None:
        heirs = UnitSuccession.objects.filter(unit_id=latest.unit_id, starts_on=latest.ends_on)
        heirs.delete()
    latest.ends_on = latest.ended_by = None
    with no_circle():
        latest.save(update_fields=["ends_on", "ended_by"])


def _step_back(actor: Actor, before: OrgUnitVersion, latest: OrgUnitVersion) -> OrgUnitVersion:
    if before.parent_id is not None:
        parent_unit(actor, before.parent_id, latest.starts_on)
    was = before.kind_then
    if was != before.unit.kind:
        before.unit.kind = was
        before.unit.save(update_fields=["kind"])
    latest.delete()
    before.ends_on = None
    with no_circle():
        before.save(update_fields=["ends_on"])
    return before
