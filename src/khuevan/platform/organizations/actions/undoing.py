"""Taking back the latest change of a unit that was entered wrongly."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record, snapshot
from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.errors import NothingToUndo
from khuevan.platform.organizations.guards import no_circle, parent_unit, require_no_school
from khuevan.platform.organizations.models import OrgUnitVersion, UnitSuccession
from khuevan.platform.organizations.permissions import MANAGE_UNITS


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
        details={"unit": kept.name, "on": f"{changed:%d/%m/%Y}", "reason": reason},
    )
    return kept


def _reopen(actor: Actor, latest: OrgUnitVersion) -> OrgUnitVersion:
    ended = latest.ends_on
    if ended is not None:
        if latest.parent_id is not None:
            parent_unit(actor, latest.parent_id, ended)
        UnitSuccession.objects.filter(unit_id=latest.unit_id, starts_on=ended).delete()
    latest.ends_on = latest.ended_by = None
    with no_circle():
        latest.save(update_fields=["ends_on", "ended_by"])
    return latest


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
