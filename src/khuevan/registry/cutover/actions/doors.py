"""How the actions reach a move-over, lock it, and note what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.audit.api import record
from khuevan.registry.cutover.errors import CutoverChanged, NotLive
from khuevan.registry.cutover.models import Cutover, CutoverState
from khuevan.registry.cutover.permissions import RUN_CUTOVERS
from khuevan.registry.cutover.selectors import cutovers


def lock_cutover(actor: Actor, uuid: UUID, permission: Permission = RUN_CUTOVERS) -> Cutover:
    """Return a move-over in the actor's reach, locked."""
    rows = cutovers(actor, permission).select_for_update(no_key=True, of=("self",))
    return rows.one(uuid)


def lock_live(
    actor: Actor, uuid: UUID, *, version: int | None = None, permission: Permission = RUN_CUTOVERS
) -> Cutover:
    """Return a move-over that goes on, locked, as it was read.

    :raises NotLive: when it was signed or given up
    :raises CutoverChanged: when it changed since that version
    """
    cutover = lock_cutover(actor, uuid, permission)
    if not cutover.is_live:
        raise NotLive
    if version is not None and cutover.version != version:
        raise CutoverChanged
    return cutover


def reopen(cutover: Cutover) -> None:
    """Note a change by the school: what was submitted has to be submitted again."""
    cutover.state = CutoverState.OPEN
    cutover.submitted_at, cutover.submitted_by = None, ""
    cutover.save(update_fields=["state", "version", "submitted_at", "submitted_by"])


def note(code: str, cutover: Cutover, *, actor: Actor, now: datetime, **details: Any) -> None:
    """Write into the log what was done."""
    record(code, actor=actor, at=now, target=cutover, unit_id=cutover.school_id, details=details)
