"""The schools accept or refuse; either takes the case back, or whoever asked for it."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
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
from khuevan.registry.transfers.errors import NotOnesOwn, ReasonNeeded
from khuevan.registry.transfers.kinds import Side, Step
from khuevan.registry.transfers.models import Transfer


@transaction.atomic
def accept(*, actor: Actor, uuid: UUID, note: str = "", now: datetime) -> Transfer:
    """Agree for one's school; outside the province the school inside notes that the other did.

    A case goes on when every school has agreed that has to.

    :raises DoneAlready: when somebody answered before
    """
    transfer = lock_case(actor, uuid)
    side = require_step(actor, transfer, Step.ACCEPT)
    transfer.consents = [*transfer.consents, side]
    needed = rules.consents_needed(
        transfer.law_level, transfer.move, transfer.route, transfer.asked_on
    )
    move_on(
        transfer,
        Step.ACCEPT,
        actor=actor,
        side=side,
        on=local_day(now),
        now=now,
        note=note,
        columns=("consents",),
        stays=not set(needed) <= set(transfer.consents),
    )
    return transfer


@transaction.atomic
def refuse(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> Transfer:
    """Refuse for one's school, with the reason that those concerned read.

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
    """Return a case of the actor's school, or one that the actor asked for oneself."""
    try:
        transfer = lock_case(actor, uuid)
    except NotFound:
        return _own(actor, uuid)
    if rules.after(transfer.state, Step.WITHDRAW) is None:
        raise refusal(transfer)
    try:
        return transfer, require_step(actor, transfer, Step.WITHDRAW)
    except NotOnesOwn:
        return _own(actor, uuid)


def _own(actor: Actor, uuid: UUID) -> tuple[Transfer, Side]:
    transfer = lock_case(actor, uuid, attrgetter("ask"))
    if transfer.asked_by not in (Side.FAMILY, Side.PERSON):
        raise NotFound
    return transfer, Side(transfer.asked_by)
