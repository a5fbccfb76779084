"""The new school accepts or refuses; either school takes the case back for the parents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.transfers import rules
from khuevan.registry.transfers.actions.case import (
    local_day,
    lock_case,
    move_on,
    refusal,
    require_step,
)
from khuevan.registry.transfers.errors import ReasonNeeded
from khuevan.registry.transfers.kinds import Side, Step
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.permissions import ASK_TRANSFER


@transaction.atomic
def accept(*, actor: Actor, uuid: UUID, note: str = "", now: datetime) -> Transfer:
    """Accept a pupil at the new school; outside the province the old school notes that it did.

    :raises DoneAlready: when somebody answered before
    """
    transfer = lock_case(actor, uuid)
    side = require_step(actor, transfer, Step.ACCEPT)
    move_on(transfer, Step.ACCEPT, actor=actor, side=side, on=local_day(now), now=now, note=note)
    return transfer


@transaction.atomic
def refuse(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> Transfer:
    """Refuse a pupil at the new school, with the reason that the parents read.

    :raises ReasonNeeded: without a reason
    """
    transfer = lock_case(actor, uuid)
    side = require_step(actor, transfer, Step.REFUSE)
    if not reason.strip():
        raise ReasonNeeded
    move_on(transfer, Step.REFUSE, actor=actor, side=side, on=local_day(now), now=now, note=reason)
    return transfer


@transaction.atomic
def withdraw(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> Transfer:
    """Take a case back before the release: the schools' records stand as they stood.

    :raises ReasonNeeded: without a reason
    :raises NotNow, DoneAlready: after the release
    """
    transfer, side = _reached(actor, uuid)
    if not reason.strip():
        raise ReasonNeeded
    if rules.after(transfer.state, Step.WITHDRAW) is None:
        raise refusal(transfer)
    move_on(
        transfer, Step.WITHDRAW, actor=actor, side=side, on=local_day(now), now=now, note=reason
    )
    return transfer


def _reached(actor: Actor, uuid: UUID) -> tuple[Transfer, Side]:
    """Return a case of the actor's school, or one that the actor asked for as a guardian."""
    try:
        transfer = lock_case(actor, uuid)
    except NotFound:
        transfer = lock_case(actor, uuid, ASK_TRANSFER)
        if transfer.asked_by != Side.FAMILY:
            raise
        return transfer, Side.FAMILY
    if rules.after(transfer.state, Step.WITHDRAW) is None:
        raise refusal(transfer)
    return transfer, require_step(actor, transfer, Step.WITHDRAW)
