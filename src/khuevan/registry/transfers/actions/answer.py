"""The schools accept or refuse; either takes the case back, or whoever asked for it."""

from __future__ import annotations

from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import require_number
from khuevan.registry.transfers import rules
from khuevan.registry.transfers.actions.case import (
    NO_LETTER,
    Answer,
    local_day,
    lock_case,
    move_on,
    refusal,
    require_step,
)
from khuevan.registry.transfers.errors import (
    DecidedTooEarly,
    LetterNotWhole,
    NotOnesOwn,
    ReasonNeeded,
)
from khuevan.registry.transfers.kinds import Side, Step
from khuevan.registry.transfers.models import Transfer
from khuevan.ui.formats import day


@transaction.atomic
def accept(*, actor: Actor, uuid: UUID, note: str = "", now: datetime) -> Transfer:
    """Agree for one's school; outside the province the school inside notes that the other did.

    A case goes on when every school has agreed that has to.

    :raises DoneAlready: when somebody answered before
    """
    transfer = lock_case(actor, uuid)
    side = require_step(actor, transfer, Step.ACCEPT)
    transfer.consents = [*transfer.consents, side]
    needed = rules.consents_needed(transfer.whose, transfer.move, transfer.route, transfer.asked_on)
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
def refuse(
    *, actor: Actor, uuid: UUID, reason: str, answer: Answer = NO_LETTER, now: datetime
) -> Transfer:
    """Refuse for one's school, with the reason that those concerned read.

    A school that answers by letter gives its number, day and signer too.

    :raises ReasonNeeded: without a reason
    :raises LetterNotWhole: when a letter has a number and no day, or a day and no number
    :raises NumberUnfit: when its number isn't digits and a sign
    :raises DecidedTooEarly: when it is dated before the request, or after today
    """
    transfer = lock_case(actor, uuid)
    side = require_step(actor, transfer, Step.REFUSE)
    if not reason.strip():
        raise ReasonNeeded
    today = local_day(now)
    _check_letter(transfer, answer, today=today)
    move_on(
        transfer,
        Step.REFUSE,
        actor=actor,
        side=side,
        on=today,
        now=now,
        note=reason,
        answer=answer,
    )
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


def _check_letter(transfer: Transfer, answer: Answer, *, today: date) -> None:
    if bool(answer.number.strip()) != (answer.on is not None):
        raise LetterNotWhole
    if answer.number.strip():
        require_number(answer.number)
    if answer.on is not None and not transfer.asked_on <= answer.on <= today:
        raise DecidedTooEarly(first=day(transfer.asked_on))


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
