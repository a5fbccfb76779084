"""The managing office decides: letter of introduction, check of the file, exception."""

from __future__ import annotations

from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.files.api import store_upload
from khuevan.registry.transfers import facts, rules
from khuevan.registry.transfers.actions.case import (
    LOCKED,
    local_day,
    lock_case,
    move_on,
    refusal,
    set_office,
)
from khuevan.registry.transfers.actions.releasing import require_papers
from khuevan.registry.transfers.desks import desk_of
from khuevan.registry.transfers.errors import (
    DecidedTooEarly,
    DeciderNeeded,
    DoneAlready,
    NotOnesOwn,
    NumberNeeded,
    ReasonNeeded,
)
from khuevan.registry.transfers.files import DECISION
from khuevan.registry.transfers.kinds import DecisionState, Side, Step
from khuevan.registry.transfers.models import Transfer, TransferDecision
from khuevan.ui.formats import day, moment


@transaction.atomic
def decide(
    *,
    actor: Actor,
    uuid: UUID,
    side: str,
    is_granted: bool,
    decided_on: date,
    now: datetime,
    number: str = "",
    reason: str = "",
    made_by: str = "",
    upload: File[bytes] | None = None,
) -> Transfer:
    """Write down what the office of the old or the new school decided about a case.

    Which office is competent is looked up for the day of the decision. An office above it only
    writes down what the competent one decided on paper, and who signed (`made_by`). Whoever comes
    second is told who decided and when.

    :raises DeciderNeeded: when another office than the competent one doesn't say who decided
    :raises DoneAlready: when a colleague decided before
    :raises NumberNeeded, ReasonNeeded, DecidedTooEarly: when the decision isn't whole
    """
    step = Step.DECIDE if is_granted else Step.TURN_DOWN
    transfer = lock_case(actor, uuid, attrgetter("decide"))
    decision = _open_decision(actor, transfer, side, step, on=decided_on)
    made_by = _made_by(actor, transfer, decision, made_by.strip(), on=local_day(now))
    _check(
        transfer,
        is_granted=is_granted,
        number=number,
        reason=reason,
        on=decided_on,
        today=local_day(now),
    )
    decision.state = DecisionState.GRANTED if is_granted else DecisionState.REFUSED
    decision.number, decision.reason, decision.decided_on = number, reason, decided_on
    decision.decided_by_id, decision.decided_at = actor.person_id, now
    decision.decided_by_label, decision.made_by = actor.label[:200], made_by
    if upload is not None:
        decision.file = store_upload(
            actor=actor,
            upload=upload,
            kind=DECISION.code,
            now=now,
            unit_id=decision.unit_id,
            person_id=transfer.person_id,
        )
    decision.save()
    move_on(
        transfer,
        step,
        actor=actor,
        side=side,
        on=decided_on,
        now=now,
        note=number if is_granted else reason,
        number=number,
    )
    return transfer


def _open_decision(
    actor: Actor, transfer: Transfer, side: str, step: Step, *, on: date
) -> TransferDecision:
    """Return the locked decision of a side that this case waits for."""
    if transfer.is_own_move_of(actor):
        raise NotOnesOwn
    decision = _lock_decision(actor, transfer, side, on=on)
    if decision.state != DecisionState.OPEN:
        raise _was_first(decision)
    if rules.after(transfer.state, step) is None:
        raise refusal(transfer)
    if transfer.is_of_staff:
        require_papers(transfer)
    return decision


def _lock_decision(actor: Actor, transfer: Transfer, side: str, *, on: date) -> TransferDecision:
    """Return an office's decision, locked, when the actor works at the office of that day."""
    rows = TransferDecision.objects.unscoped(because=LOCKED).filter(transfer=transfer, side=side)
    decision = rows.select_for_update(no_key=True, of=("self",)).first()
    if decision is None:
        raise NotFound
    ends = (transfer.from_school_id, transfer.to_school_id)
    school_id, other_id = ends if side == Side.ORIGIN else (ends[1], ends[0])
    now_competent = facts.competence(
        school_id or 0,
        transfer.level,
        matters=decision.matters,
        on=on,
        other_school_id=other_id,
    )
    if now_competent is not None and decision.state == DecisionState.OPEN:
        decision.unit_id, decision.office = now_competent.unit_id, now_competent.office
        decision.regulation, decision.article = now_competent.regulation, now_competent.article
        decision.confidence = now_competent.confidence
        set_office(transfer, side, decision.unit_id)
    if decision.unit_id not in actor.reach(desk_of(transfer.subject).decide, "school"):
        raise NotFound
    return decision


def _made_by(
    actor: Actor, transfer: Transfer, decision: TransferDecision, told: str, *, on: date
) -> str:
    """Return who decided on paper; nobody need be named where the actor's own office decides."""
    desk = desk_of(transfer.subject)
    if actor.person_id in facts.deciders_of(decision.unit_id, desk.decide, on=on):
        return ""
    if not told:
        names = facts.unit_names([decision.unit_id], on=on)
        raise DeciderNeeded(office=names.get(decision.unit_id, decision.unit.code))
    return told[:160]


def _was_first(decision: TransferDecision) -> DoneAlready:
    when = moment(timezone.localtime(decision.decided_at)) if decision.decided_at else ""
    what = DecisionState(decision.state).label
    return DoneAlready(who=decision.decided_by_label, what=what, when=when)


def _check(
    transfer: Transfer, *, is_granted: bool, number: str, reason: str, on: date, today: date
) -> None:
    if is_granted and not number.strip():
        raise NumberNeeded
    if not is_granted and not reason.strip():
        raise ReasonNeeded
    if not transfer.asked_on <= on <= today:
        raise DecidedTooEarly(first=day(transfer.asked_on))
