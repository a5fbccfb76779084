"""Writes a planned list of staff with the app's own actions, inside the one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import PlannedRow, Promises
from khuevan.registry.staff.actions import Post, change_position, correct_identity, take_on_all
from khuevan.registry.staff.imports.plan import Change, Hire

EVERY = 20


def write(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[PlannedRow],
    promises: Promises,
    on: date,
    now: datetime,
    progress: Callable[[int], None],
) -> None:
    """Take on who is new, correct who is known, and record other positions from the day on."""
    hires: list[Hire] = [row.values["hire"] for row in rows if "hire" in row.values]
    hired = [(one.who, one.post) for one in hires]
    if hired:
        take_on_all(actor=actor, unit_id=unit_id, hired=hired, now=now)
        progress(len(hired))
    changes: list[Change] = [row.values["change"] for row in rows if "change" in row.values]
    for done, change in enumerate(changes, start=len(hired) + 1):
        _change(actor, change, on=on, now=now)
        if done % EVERY == 0 or done == len(rows):
            progress(done)


def _change(actor: Actor, change: Change, *, on: date, now: datetime) -> None:
    if change.told is not None:
        correct_identity(
            actor=actor,
            member_uuid=change.member.uuid,
            version=change.version,
            told=change.told,
            now=now,
        )
    held = change.appointment
    if held is not None:
        post = Post(
            position=change.position,
            starts_on=on,
            ends_on=held.ends_on,
            is_primary=held.is_primary,
            employment=held.employment,
            weekly_periods=held.weekly_periods,
        )
        change_position(actor=actor, uuid=held.uuid, post=post, now=now)
