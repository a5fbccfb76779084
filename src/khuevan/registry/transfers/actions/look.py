"""Taking note that a list of transfers left the system."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.registry.transfers import audit_codes
from khuevan.registry.transfers.desks import Desk


@transaction.atomic
def export_note(*, actor: Actor, desk: Desk, count: int, purpose: str, now: datetime) -> None:
    """Note that a list of transfers left the system, how many rows and why."""
    own = actor.own_schools(desk.record)
    record(
        audit_codes.EXPORTED,
        actor=actor,
        at=now,
        unit_id=next(iter(own)) if len(own) == 1 else None,
        details={"count": count, "purpose": purpose},
    )
