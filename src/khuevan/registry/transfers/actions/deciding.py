"""What the competent office decided is written down: number, day, who signed, in which form."""

from __future__ import annotations

from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import require_near
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.files.api import store_upload
from khuevan.platform.organizations.api import Signed, require_signed
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
    DoneAlready,
    MatterNeeded,
    NotOnesOwn,
    NotTheSigner,
    ReasonNeeded,
)
from khuevan.registry.transfers.files import DECISION
from khuevan.registry.transfers.kinds import DecisionState, Matter, Step
from khuevan.registry.transfers.models import Transfer, TransferDecision
from khuevan.ui.formats import day, moment


@transaction.atomic
def decide(
    *,
    actor: Actor,
    uuid: UUID,
    side: str,
    matter: str = "",
    is_granted: bool,
    signed: Signed,
    now: datetime,
    reason: str = "",
    upload: File[bytes] | None = None,
) -> Transfer:
    """Write down what the office of the old or the new school decided about a case.

    Which office is competent is looked up for the day of the decision. Only its own people write
    it down, an agreement as well as a refusal; nobody above or below decides in its stead. Whoever
    may not sign names somebody else. Whoever comes second is told who decided and when. Where one
    side decides on two matters in two capacities, each has its own paper: `matter` says which.

    :raises NumberUnfit, SignerNeeded, ReasonNeeded: when the decision isn't whole
    :raises NotTheSigner, SignedOtherwise, PositionUnfit, DecidedTooEarly: when it can't be so
    :raises BodyUnfit, SignUnfit, AuthorizationNeeded, AuthorizationUnfit: the same
    :raises MatterNeeded: when one side decides several matters apart, and none is named
    :raises DoneAlready: when a colleague wrote a decision down before
    """
    step = Step.DECIDE if is_granted else Step.TURN_DOWN
    transfer = lock_case(actor, uuid, attrgetter("decide"))
    require_near(signed.on, today=local_day(now))
    decision = _open_decision(actor, transfer, side, matter, step, on=signed.on)
    if not is_granted and not reason.strip():
        raise ReasonNeeded
    _check(actor, transfer, decision, signed, today=local_day(now))
    decision.state = DecisionState.GRANTED if is_granted else DecisionState.REFUSED
    decision.reason = "" if is_granted else reason
    decision.recorded_by_id, decision.recorded_at = actor.person_id, now
    decision.recorded_by_label = actor.label[:200]
    _fill(decision, signed)
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
    note = signed.number if is_granted else f"{signed.number} · {reason}"
    move_on(
        transfer,
        step,
        actor=actor,
        side=side,
        on=signed.on,
        now=now,
        note=note[:300],
        number=signed.number,
    )
    return transfer


def _fill(decision: TransferDecision, signed: Signed) -> None:
    """Set what stands on the paper: number, day, who signed, as what and by which authorization."""
    decision.number, decision.decided_on = signed.number.strip(), signed.on
    decision.signer, decision.signer_position = signed.signer.strip(), signed.position.strip()
    decision.signed_as = signed.form
    decision.authorization = signed.authorization.strip()
    decision.authorized_on = signed.authorized_on


def _open_decision(
    actor: Actor, transfer: Transfer, side: str, matter: str, step: Step, *, on: date
) -> TransferDecision:
    """Return the locked decision of a side that this case waits for."""
    if transfer.is_own_move_of(actor):
        raise NotOnesOwn
    decision = _lock_decision(actor, transfer, side, matter, on=on)
    if decision.state != DecisionState.OPEN:
        raise _was_first(decision)
    if rules.after(transfer.state, step) is None:
        raise refusal(transfer)
    if transfer.is_of_staff:
        require_papers(transfer)
    return decision


def _lock_decision(
    actor: Actor, transfer: Transfer, side: str, matter: str, *, on: date
) -> TransferDecision:
    """Return an office's decision, locked, when the actor works at the office of that day."""
    rows = TransferDecision.objects.unscoped(because=LOCKED).filter(transfer=transfer, side=side)
    if matter:
        rows = rows.filter(matters__contains=[matter])
    asked = list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    if not asked:
        raise NotFound
    decides = desk_of(transfer.subject).decide
    if len(asked) > 1:
        if not any(facts.is_at_office(actor, decides, one.unit) for one in asked):
            raise NotFound
        said = "; ".join(str(Matter(one.matters[0]).label) for one in asked)
        raise MatterNeeded(matters=said)
    decision = asked[0]
    if decision.state == DecisionState.OPEN:
        found = facts.competence_of_side(transfer, side, matters=decision.matters, on=on)
        if found is not None:
            decision.unit_id, decision.office = found.unit_id, found.office
            decision.regulation, decision.article = found.regulation, found.article
            decision.confidence = found.confidence
            set_office(transfer, side, decision.unit_id)
    if not facts.is_at_office(actor, decides, decision.unit):
        raise NotFound
    return decision


def _was_first(decision: TransferDecision) -> DoneAlready:
    when = moment(timezone.localtime(decision.recorded_at)) if decision.recorded_at else ""
    what = DecisionState(decision.state).label
    return DoneAlready(who=decision.recorded_by_label, what=what, when=when)


def _check(
    actor: Actor, transfer: Transfer, decision: TransferDecision, signed: Signed, *, today: date
) -> None:
    """Refuse a decision that isn't whole, or that can't have been signed so."""
    if not transfer.asked_on <= signed.on <= today:
        raise DecidedTooEarly(first=day(transfer.asked_on))
    names = facts.unit_names([decision.unit_id], on=signed.on)
    office = names.get(decision.unit_id, decision.unit.code)
    may_sign = facts.is_at_office(actor, desk_of(transfer.subject).sign, decision.unit)
    if not may_sign and match_key(signed.signer) == match_key(actor.label):
        raise NotTheSigner(office=office)
    require_signed(signed, office=decision.office, who=office)
