"""The case behind every step: fetched and locked through the scope, moved on, written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from django.utils import timezone

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import require_near
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.api import record
from khuevan.platform.calendar.api import calendar_from
from khuevan.registry.transfers import audit_codes, notices, rules
from khuevan.registry.transfers.desks import DESKS, Desk, desk_of
from khuevan.registry.transfers.errors import (
    BeforeTheDayWished,
    DayTooFar,
    DecisionsOpen,
    DoneAlready,
    NotNow,
    NotOnesOwn,
)
from khuevan.registry.transfers.facts import unit_names
from khuevan.registry.transfers.filed import case_of
from khuevan.registry.transfers.kinds import DecisionState, Side, State, Step
from khuevan.registry.transfers.models import Transfer, TransferDecision, TransferStep
from khuevan.ui.formats import day, moment

LOCKED = "parts of a case that the caller reached through a scope and locked"
CODES = {
    Step.ASK: audit_codes.ASKED,
    Step.ACCEPT: audit_codes.ACCEPTED,
    Step.REFUSE: audit_codes.REFUSED,
    Step.DECIDE: audit_codes.DECIDED,
    Step.TURN_DOWN: audit_codes.TURNED_DOWN,
    Step.RELEASE: audit_codes.RELEASED,
    Step.TAKE_BACK: audit_codes.TAKEN_BACK,
    Step.RECEIVE: audit_codes.RECEIVED,
    Step.PLACE: audit_codes.PLACED,
    Step.WITHDRAW: audit_codes.WITHDRAWN,
}
FURTHEST_DAYS = 366
ANSWERS = (Step.ACCEPT, Step.REFUSE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands on a school's own letter, where it wrote one: number, day, who signed."""

    number: str = ""
    on: date | None = None
    signer: str = ""


NO_LETTER = Answer()


def lock_case(
    actor: Actor, uuid: UUID, permission_of: Callable[[Desk], Permission] = attrgetter("record")
) -> Transfer:
    """Return a case within reach, locked, or raise `NotFound`.

    One's own case is returned too: `require_step` refuses it.
    """
    for desk in DESKS:
        rows = Transfer.objects.visible_to(actor, permission_of(desk))
        found = rows.select_for_update(no_key=True, of=("self",)).filter(uuid=uuid).first()
        if found is not None:
            return found
    raise NotFound


def sides_of(actor: Actor, transfer: Transfer) -> list[Side]:
    """Return for which schools of a case the actor keeps the records."""
    reach = actor.reach(desk_of(transfer.subject).record, "school")
    sides = []
    if transfer.to_school_id is not None and transfer.to_school_id in reach:
        sides.append(Side.RECEIVER)
    if transfer.from_school_id is not None and transfer.from_school_id in reach:
        sides.append(Side.RELEASER)
    return sides


def require_step(actor: Actor, transfer: Transfer, step: Step) -> Side:
    """Return the side for which the actor takes a step, when it is possible now.

    :raises NotFound: when it is the other school's step
    :raises NotOnesOwn: when the actor is the one who moves
    :raises DoneAlready, NotNow, DecisionsOpen: when the case doesn't stand there
    """
    sides = sides_of(actor, transfer)
    wanted = _whose(transfer, step, sides)
    if not sides or (wanted is not None and wanted not in sides):
        raise NotFound
    if transfer.is_own_move_of(actor):
        raise NotOnesOwn
    is_done = rules.is_done(transfer.state, transfer.route, transfer.subject)
    if is_done or not rules.after(transfer.state, step):
        raise refusal(transfer)
    if step in ANSWERS and wanted in transfer.consents:
        raise refusal(transfer)
    if step == Step.RELEASE:
        _require_decided(transfer)
    return wanted or sides[0]


def _whose(transfer: Transfer, step: Step, sides: Sequence[Side]) -> Side | None:
    """Return the side whose step it is: of those asked to agree, the actor's own one."""
    if step not in ANSWERS:
        return rules.doer(step, transfer.route)
    needed = rules.consents_needed(transfer.whose, transfer.move, transfer.route, transfer.asked_on)
    open_ones = [side for side in needed if side not in transfer.consents]
    for some in (open_ones, needed):
        own = next((side for side in some if side in sides), None)
        if own is not None:
            return own
    return needed[0]


def refusal(transfer: Transfer) -> DoneAlready | NotNow:
    """Return who was first, when somebody moved the case on; else where it stands."""
    last = steps_of(transfer).order_by("-pk").first()
    if last is None or last.step == Step.ASK:
        return NotNow(state=State(transfer.state).label)
    return DoneAlready(
        who=last.by_label, what=Step(last.step).label, when=moment(timezone.localtime(last.at))
    )


def _require_decided(transfer: Transfer) -> None:
    waiting = [one for one in decisions_of(transfer) if one.state == DecisionState.OPEN]
    if waiting:
        names = unit_names([one.unit_id for one in waiting], on=transfer.asked_on)
        named = dict.fromkeys(names.get(one.unit_id, one.unit.code) for one in waiting)
        offices = ", ".join(named)
        raise DecisionsOpen(office=offices, offices=offices)


def decisions_of(transfer: Transfer) -> list[TransferDecision]:
    """Return the offices' decisions of a locked case, the old school's office first."""
    rows = TransferDecision.objects.unscoped(because=LOCKED).filter(transfer=transfer)
    return sorted(rows.order_by("pk"), key=lambda one: one.side != Side.ORIGIN)


def steps_of(transfer: Transfer) -> ScopedQuerySet[TransferStep]:
    """Return what happened to a locked case."""
    return TransferStep.objects.unscoped(because=LOCKED).filter(transfer=transfer)


def check_near(on: date, *, today: date) -> None:
    """Refuse a day more than a year away: a slip of the keyboard.

    :raises DayOutOfRange, DayTooFar:
    """
    require_near(on, today=today)
    if abs((on - today).days) > FURTHEST_DAYS:
        raise DayTooFar


def require_wished(transfer: Transfer, on: date, *, is_day_sure: bool) -> None:
    """Refuse a day before the one that was asked for, unless it is confirmed.

    :raises BeforeTheDayWished:
    """
    if on < transfer.moves_on and not is_day_sure:
        raise BeforeTheDayWished(wished=day(transfer.moves_on), day=day(on))


def local_day(now: datetime) -> date:
    """Return the day here at an instant."""
    return now.astimezone(VIETNAM).date()


def move_on(
    transfer: Transfer,
    step: Step,
    *,
    actor: Actor,
    side: str,
    on: date,
    now: datetime,
    note: str = "",
    columns: Sequence[str] = (),
    number: str = "",
    answer: Answer = NO_LETTER,
    stays: bool = False,
) -> None:
    """Let a case take a step: state, who is next, until when, the log, the people told."""
    before = transfer.state
    after = State(before) if stays else rules.after(before, step) or State(before)
    decisions = decisions_of(transfer)
    stand(transfer, after, decisions, today=local_day(now))
    transfer.save(update_fields=["state", "since_on", "due_on", "waits_for", *columns])
    TransferStep.objects.create(
        transfer=transfer,
        step=step,
        state=after,
        side=side,
        on=on,
        at=now,
        by_id=actor.person_id,
        by_label=actor.label[:200],
        note=note,
        number=answer.number,
        dated_on=answer.on,
        signer=answer.signer,
    )
    record(
        CODES[step],
        actor=actor,
        at=now,
        target=transfer,
        person_id=transfer.person_id,
        unit_id=transfer.to_school_id if side == Side.RECEIVER else transfer.from_school_id,
        before={"state": before} if step != Step.ASK else {},
        after={"state": after},
        details={"on": on, "number": number or answer.number},
    )
    notices.tell(transfer, decisions, now=now, on=local_day(now))


def stand(
    transfer: Transfer, state: State, decisions: Sequence[TransferDecision], *, today: date
) -> None:
    """Set where a case stands: the state, who is next, and until when."""
    transfer.state = state
    case = case_of(transfer, decisions)
    transfer.since_on, transfer.waits_for = today, rules.waits_for(case)
    step = None if case.owing else rules.next_step(case)
    transfer.due_on = rules.due_on(transfer.whose, step, today, calendar_from(today))


def stand_again(transfer: Transfer, *, today: date) -> None:
    """Work out anew who is next after a paper came or went: a time limit begins with the last."""
    before = list(transfer.waits_for)
    stand(transfer, State(transfer.state), decisions_of(transfer), today=today)
    if transfer.waits_for != before:
        transfer.save(update_fields=["since_on", "due_on", "waits_for"])


def set_office(transfer: Transfer, side: str, unit_id: int) -> None:
    """Let the office that decides for a side reach the case, wherever the school stands."""
    column = "origin_office_id" if side == Side.ORIGIN else "destination_office_id"
    setattr(transfer, column, unit_id)
    transfer.save(update_fields=[column])
