"""Looking that leaves a trace: a case opened from outside the own school, a list exported."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import PurposeNeeded, checked_purpose, record, record_view
from khuevan.registry.transfers import audit_codes
from khuevan.registry.transfers.desks import Desk
from khuevan.registry.transfers.kinds import Side
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.selectors import Standing, has_arrived

SETTLING = "TRANSFER"
"""The purpose of whoever has a part in a case, as the list of looks names it."""


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


@transaction.atomic
def note_look(
    *, actor: Actor, transfer: Transfer, standing: Standing, now: datetime, purpose: str = ""
) -> None:
    """Note that the actor opens a case, on the record of whom it moves; the family reads it.

    Nothing is noted of the school that has them, of the family, of one's own case, and of somebody
    from outside whom no record is kept of yet. Who settles the case looks for that. The personal
    number that travelled, read in full at the new school, is noted like any sensitive fact.

    :raises PurposeNeeded: when an office without a part in the case says no purpose
    """
    home = Side.RECEIVER if has_arrived(transfer) else Side.RELEASER
    shows_number = not transfer.is_of_staff and standing.sees_number(actor, transfer)
    is_at_home = standing.is_family or home in standing.sides
    if transfer.person_id is None or (is_at_home and not shows_number):
        return
    why = SETTLING if standing.sides or standing.offices else purpose
    if not why:
        raise PurposeNeeded
    record_view(
        actor=actor,
        person_id=transfer.person_id,
        unit_id=transfer.to_school_id if home == Side.RECEIVER else transfer.from_school_id,
        what="sensitive" if shows_number else "transfer",
        at=now,
        purpose=checked_purpose(why),
    )
