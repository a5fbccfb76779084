"""How a transfer reads: where it stands, who is next, until when, the gap between two schools."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.platform.calendar.api import WorkingCalendar
from khuevan.platform.organizations.api import authorized_by, signature
from khuevan.registry.authority.api import office_at
from khuevan.registry.staff.api import Position
from khuevan.registry.transfers import facts, rules
from khuevan.registry.transfers.kinds import DecisionState, Side, State, Step
from khuevan.registry.transfers.models import Transfer, TransferDecision, TransferStep
from khuevan.ui.formats import day, number
from khuevan.ui.tables import Pill

STATE_PILLS = {
    State.REQUESTED: Pill("info", "inbox", State.REQUESTED.label),
    State.ACCEPTED: Pill("info", "check", State.ACCEPTED.label),
    State.REFUSED: Pill("bad", "circle-x", State.REFUSED.label),
    State.WITHDRAWN: Pill("neutral", "undo-2", State.WITHDRAWN.label),
    State.RELEASED: Pill("warn", "door-open", State.RELEASED.label),
    State.RECEIVED: Pill("warn", "log-in", State.RECEIVED.label),
    State.PLACED: Pill("ok", "circle-check", State.PLACED.label),
}
STAFF_PILLS = {
    **STATE_PILLS,
    State.ACCEPTED: Pill("info", "check", gettext_lazy("The schools agree")),
    State.RELEASED: Pill("warn", "door-open", gettext_lazy("Left, to be received")),
    State.RECEIVED: Pill("ok", "circle-check", gettext_lazy("Received, done")),
}
DECISION_PILLS = {
    DecisionState.OPEN: Pill("info", "clock", DecisionState.OPEN.label),
    DecisionState.GRANTED: Pill("ok", "circle-check", DecisionState.GRANTED.label),
    DecisionState.REFUSED: Pill("bad", "circle-x", DecisionState.REFUSED.label),
}
VERBS = {
    Step.ACCEPT: gettext_lazy("Accept"),
    Step.REFUSE: gettext_lazy("Refuse"),
    Step.DECIDE: gettext_lazy("Decide"),
    Step.RELEASE: gettext_lazy("Release"),
    Step.TAKE_BACK: gettext_lazy("Take the release back"),
    Step.RECEIVE: gettext_lazy("Receive"),
    Step.PLACE: gettext_lazy("Give a class"),
    Step.WITHDRAW: gettext_lazy("Withdraw the transfer"),
}
ICONS = {
    Step.ASK: "inbox",
    Step.ACCEPT: "check",
    Step.REFUSE: "circle-x",
    Step.DECIDE: "gavel",
    Step.TURN_DOWN: "circle-x",
    Step.RELEASE: "door-open",
    Step.TAKE_BACK: "undo-2",
    Step.RECEIVE: "log-in",
    Step.PLACE: "users",
    Step.WITHDRAW: "undo-2",
}
STAFF_STEPS = {
    Step.ASK: gettext_lazy("Move requested"),
    Step.ACCEPT: gettext_lazy("Agreed to by the school"),
    Step.REFUSE: gettext_lazy("Refused by the school"),
}
WAITS = {
    Side.RECEIVER: gettext_lazy("new school"),
    Side.RELEASER: gettext_lazy("old school"),
    Side.ORIGIN: gettext_lazy("office of the old school"),
    Side.DESTINATION: gettext_lazy("office of the new school"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """Until when, in words, and how pressing."""

    text: str
    tone: str = ""


def states_of(*, is_of_staff: bool) -> list[tuple[str, str]]:
    """Return where a case may stand, as the list of pupils or of staff calls it."""
    if is_of_staff:
        return [(one, str(pill.label)) for one, pill in STAFF_PILLS.items() if one != State.PLACED]
    return [(one, str(pill.label)) for one, pill in STATE_PILLS.items()]


def pill_of(transfer: Transfer) -> Pill:
    """Return where a case stands."""
    pills = STAFF_PILLS if transfer.is_of_staff else STATE_PILLS
    return pills[State(transfer.state)]


def step_label(transfer: Transfer, step: str) -> str:
    """Return what happened, as it is said of a pupil or of a colleague."""
    words = STAFF_STEPS.get(Step(step)) if transfer.is_of_staff else None
    return str(words or Step(step).label)


def what_for(transfer: Transfer) -> str:
    """Return the grade of a pupil, or the position of a colleague."""
    if transfer.is_of_staff:
        return str(Position(transfer.position).label)
    return transfer.grade_level.label if transfer.grade_level else ""


def end_name(transfer: Transfer, side: str, units: Mapping[int, str]) -> str:
    """Return what the old or the new school is called."""
    school_id = transfer.to_school_id if side == Side.RECEIVER else transfer.from_school_id
    if school_id is None:
        return f"{transfer.outside_school}, {transfer.outside_province}"
    return units.get(school_id, "")


def office_words(decision: TransferDecision) -> str:
    """Return which office decides, with the unit it stands in as that is called now."""
    units = facts.unit_names([decision.unit_id], on=decision.transfer.asked_on)
    return office_at(decision.office, units.get(decision.unit_id, decision.unit.code))


def signed_by(decision: TransferDecision) -> str:
    """Return who signed, in which form and position, authorized by what; nothing before."""
    who = signature(decision.signed_as, decision.signer_position, decision.signer)
    by = authorized_by(decision.authorization, decision.authorized_on)
    return ", ".join(part for part in (who, by) if part)


def letter_words(step: TransferStep) -> list[str]:
    """Return what stands on a school's own letter, if it wrote one."""
    if not step.number:
        return []
    told = {"number": step.number, "day": day(step.dated_on)}
    words = [_("Letter No. %(number)s of %(day)s") % told]
    return [*words, _("signed: %(who)s") % {"who": step.signer}] if step.signer else words


def next_words(transfer: Transfer, *, but: Collection[str] = ()) -> str:
    """Return who has to act, some sides left out, or nothing when it is over."""
    waits = [Side(side) for side in transfer.waits_for if side not in but]
    return ", ".join(str(WAITS[side]) for side in waits if side in WAITS)


def own_turn(transfer: Transfer, sides: Collection[str]) -> str:
    """Return that it is the turn of the school or office of who stands on some sides."""
    own = {side for side in transfer.waits_for if side in sides}
    if not own:
        return ""
    is_office = bool(own & {Side.ORIGIN, Side.DESTINATION})
    return _("It is your office's turn") if is_office else _("It is your school's turn")


def due_words(transfer: Transfer, *, on: date, calendar: WorkingCalendar) -> Due | None:
    """Return until when the step is due, and how many working days it is late."""
    if transfer.due_on is None or rules.is_done(transfer.state, transfer.route, transfer.subject):
        return None
    late = rules.days_late(transfer.due_on, on, calendar)
    if late:
        text = ngettext(
            "%(count)s working day late (%(day)s)", "%(count)s working days late (%(day)s)", late
        )
        return Due(text % {"count": number(late), "day": day(transfer.due_on)}, "bad")
    tone = "warn" if transfer.due_on == on else ""
    return Due(_("by %(day)s") % {"day": day(transfer.due_on)}, tone)


def gap_words(transfer: Transfer, *, on: date) -> str:
    """Return since when a pupil is in no school, for both boards; nothing when there is no gap."""
    if transfer.state != State.RELEASED or transfer.released_on is None:
        return ""
    if transfer.released_on > on:
        return _("leaves on %(day)s") % {"day": day(transfer.released_on)}
    days = (on - transfer.released_on).days
    if transfer.is_of_staff:
        return _("at no school since %(day)s") % {"day": day(transfer.released_on)}
    if days == 0:
        return _("in no school since today")
    return ngettext(
        "in no school since %(day)s, %(count)s day",
        "in no school since %(day)s, %(count)s days",
        days,
    ) % {"day": day(transfer.released_on), "count": number(days)}
