"""Pure rules of transfers: what follows on what, who acts, until when, with which papers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from khuevan.platform.calendar.api import WorkingCalendar, add_working_days, working_days_between
from khuevan.registry.transfers.kinds import (
    Matter,
    Route,
    Side,
    State,
    Step,
    Subject,
    Window,
)
from khuevan.registry.transfers.law import (
    Dated,
    Deadline,
    DecisionRule,
    PaperRule,
    WindowRule,
    consent_rules,
    deadlines,
    decision_rules,
    ground_rules,
    paper_rules,
    position_rules,
    window_rules,
)

OPEN = (State.REQUESTED, State.ACCEPTED, State.RELEASED, State.RECEIVED)
CLOSED = (State.PLACED, State.REFUSED, State.WITHDRAWN)

AFTER: dict[tuple[State, Step], State] = {
    (State.REQUESTED, Step.ACCEPT): State.ACCEPTED,
    (State.REQUESTED, Step.REFUSE): State.REFUSED,
    (State.REQUESTED, Step.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Step.DECIDE): State.ACCEPTED,
    (State.ACCEPTED, Step.TURN_DOWN): State.REFUSED,
    (State.ACCEPTED, Step.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Step.RELEASE): State.RELEASED,
    (State.RELEASED, Step.TAKE_BACK): State.ACCEPTED,
    (State.RELEASED, Step.RECEIVE): State.RECEIVED,
    (State.RECEIVED, Step.PLACE): State.PLACED,
}
"""What a step makes of a state. What is not here can't happen."""

_RECEIVERS = {Step.ACCEPT, Step.REFUSE, Step.RECEIVE, Step.PLACE}
_RELEASERS = {Step.RELEASE, Step.TAKE_BACK}
_DECIDE = {Step.DECIDE, Step.TURN_DOWN}
_ANSWER = {Step.ACCEPT, Step.REFUSE}


def after(state: str, step: str) -> State | None:
    """Return the state that a step leads to, or None when it isn't possible now."""
    return AFTER.get((State(state), Step(step)))


def is_done(state: str, route: str, subject: str = Subject.PUPIL) -> bool:
    """Return whether nothing more happens: only a pupil of a school here is placed in a class."""
    ends_there = route == Route.OUT or subject == Subject.STAFF
    return state in CLOSED or (ends_there and state == State.RECEIVED)


def doer(step: str, route: str) -> Side | None:
    """Return whose step it is; a school outside the province is written for by the one inside."""
    if step in _RECEIVERS:
        return Side.RELEASER if route == Route.OUT else Side.RECEIVER
    if step in _RELEASERS:
        return Side.RECEIVER if route == Route.IN else Side.RELEASER
    return None


@dataclass(frozen=True, slots=True)
class Case:
    """Where a case stands, as far as its next step depends on it."""

    state: str
    route: str
    subject: str = Subject.PUPIL
    to_agree: tuple[str, ...] = ()
    """The schools whose consent is still out."""
    open_sides: tuple[str, ...] = ()
    """The offices yet to decide."""
    owing: tuple[str, ...] = ()
    """The schools that owe papers which the offices need before they decide."""


TEACHERS, OTHER_STAFF = "TEACHERS", "OTHER_STAFF"
"""The laws by which colleagues move, as the data files name them."""


def law_of_position(position: str, on: date) -> str | None:
    """Return by which law the holder of a position moves: that of teachers, or of other staff.

    None for who moves by neither: leaders are appointed anew.
    """
    found = (one.whose for one in position_rules() if position in one.positions and one.holds(on))
    return next(found, None)


def consents_needed(whose: str, move: str, route: str, on: date) -> list[Side]:
    """Return which schools have to agree: the new one to a pupil, mostly both to a colleague."""
    sides: Collection[str] = (Side.RECEIVER,)
    if move:
        own = (one for one in consent_rules() if (one.whose, one.move) == (whose, move))
        found = (one for one in own if one.holds(on))
        sides = next((one.sides for one in found), (Side.RECEIVER, Side.RELEASER))
    inside = {Route.OUT: Side.RELEASER, Route.IN: Side.RECEIVER}.get(Route(route))
    return [inside] if inside else [Side(one) for one in sides]


def next_step(case: Case) -> Step | None:
    """Return what the transfer waits for."""
    if is_done(case.state, case.route, case.subject):
        return None
    if case.state == State.REQUESTED:
        return Step.ACCEPT
    if case.state == State.ACCEPTED:
        return Step.DECIDE if case.open_sides else Step.RELEASE
    return Step.RECEIVE if case.state == State.RELEASED else Step.PLACE


def waits_for(case: Case) -> list[str]:
    """Return who has to act now: one or both schools, or one or both offices."""
    step = next_step(case)
    if step is None:
        return []
    if step == Step.ACCEPT:
        return sorted(case.to_agree)
    if step == Step.DECIDE:
        return sorted(set(case.owing or case.open_sides))
    side = doer(step, case.route)
    return [side] if side else []


def may_do(step: str, side: str, case: Case) -> bool:
    """Return whether a side may take a step now."""
    if is_done(case.state, case.route, case.subject) or after(case.state, step) is None:
        return False
    if step in _DECIDE:
        return side in case.open_sides and not case.owing
    if step in _ANSWER:
        return side in case.to_agree
    if step == Step.WITHDRAW:
        return side in (Side.RECEIVER, Side.RELEASER, Side.FAMILY, Side.PERSON)
    if step == Step.RELEASE and case.open_sides:
        return False
    return side == doer(step, case.route)


def deadline(whose: str, step: str, on: date) -> Deadline | None:
    """Return the time limit of a step that begins on a day, or None where none is recorded."""
    found = (one for one in deadlines() if one.whose == whose and one.step == step)
    return next((one for one in found if one.holds(on)), None)


def due_on(whose: str, step: str | None, since: date, calendar: WorkingCalendar) -> date | None:
    """Return the working day on which a step is due, when the law sets a limit."""
    limit = deadline(whose, step, since) if step else None
    return add_working_days(since, limit.days, calendar) if limit else None


def days_late(due: date | None, on: date, calendar: WorkingCalendar) -> int:
    """Return how many working days a step is late; 0 when it isn't, or has no limit."""
    if due is None or on <= due:
        return 0
    return working_days_between(due, on, calendar)


def route_between(from_office: int | None, to_office: int | None) -> Route:
    """Return the route between two schools by their offices on the day; None is outside."""
    if from_office is None:
        return Route.IN
    if to_office is None:
        return Route.OUT
    return Route.SAME_AREA if from_office == to_office else Route.OTHER_AREA


@dataclass(frozen=True, slots=True)
class YearDays:
    """The days of a school year that windows are counted from."""

    starts_on: date
    first_term_ends_on: date | None


def years_around(known: Collection[YearDays], on: date) -> list[YearDays]:
    """Return the school years before, of and after a day.

    One that the province has not decided on, or that is no longer kept, is expected to be like the
    nearest one known.
    """
    if not known:
        return []
    found = []
    for number in (on.year - 1, on.year, on.year + 1):
        near = min(known, key=lambda one: (abs(one.starts_on.year - number), one.starts_on))
        found.append(_moved(near, number - near.starts_on.year))
    return found


def _moved(year: YearDays, by: int) -> YearDays:
    ends = year.first_term_ends_on
    return YearDays(_anniversary(year.starts_on, by), _anniversary(ends, by) if ends else None)


def _anniversary(day: date, by: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return (day - timedelta(days=1) if is_leap_day and by else day).replace(year=day.year + by)


@dataclass(frozen=True, slots=True)
class UsualTime:
    """A time of the year in which pupils move without an exception; `last` is its last day."""

    rule: WindowRule
    first: date
    last: date


def usual_times(level: str, on: date, years: Collection[YearDays]) -> list[UsualTime]:
    """Return the times of some school years in which pupils of a level move, in their order.

    A level that moves at any time has the day itself.
    """
    found = []
    for rule in window_rules():
        if rule.whose != level or not rule.holds(on):
            continue
        if rule.window == Window.ANY_TIME:
            return [UsualTime(rule, on, on)]
        for year in years:
            at = year.starts_on if rule.window == Window.YEAR_START else year.first_term_ends_on
            if at is not None:
                first, last = timedelta(days=rule.days_before), timedelta(days=rule.days_after)
                found.append(UsualTime(rule, at - first, at + last))
    return sorted(found, key=lambda one: one.first)


def open_window(level: str, on: date, years: Collection[YearDays]) -> WindowRule | None:
    """Return the window in which the day of a move lies, or None when an exception is needed."""
    around = usual_times(level, on, years_around(years, on))
    return next((one.rule for one in around if one.first <= on <= one.last), None)


def has_windows(level: str, on: date) -> bool:
    """Return whether moves of a level are bound to times of the year."""
    own = [rule for rule in window_rules() if rule.whose == level and rule.holds(on)]
    return bool(own) and all(rule.window != Window.ANY_TIME for rule in own)


def is_usual_time(level: str, on: date, years: Collection[YearDays]) -> bool:
    """Return whether pupils of a level move on a day without an exception.

    Where no text binds a level to times of the year, every day is usual.
    """
    return not has_windows(level, on) or open_window(level, on, years) is not None


def is_time_ruled(level: str, on: date) -> bool:
    """Return whether any text says when pupils of a level move."""
    return any(rule.whose == level and rule.holds(on) for rule in window_rules())


def needs_exception(whose: str, route: str, asked_on: date) -> bool:
    """Return whether some office decides on an exception when the day of the move is unusual."""
    needed = decisions_needed(whose, route, asked_on, in_window=False)
    return any(rule.matter == Matter.EXCEPTION for rule in needed)


def decisions_needed(
    whose: str, route: str, on: date, *, in_window: bool, is_to_public: bool = False
) -> list[DecisionRule]:
    """Return what offices have to decide before anybody may go, as the law of the day asks."""
    holds = {"": True, "CLOSED": not in_window, "PRIVATE_TO_PUBLIC": is_to_public}
    return [
        rule
        for rule in decision_rules()
        if rule.whose == whose and rule.holds(on) and route in rule.routes and holds[rule.only_when]
    ]


def grounds(
    whose: str, route: str, matters: Collection[str], office: str, on: date
) -> list[tuple[str, str]]:
    """Return the texts an office's decision rests on, each with how sure that is."""
    general: list[Dated] = [
        rule
        for rule in ground_rules()
        if rule.whose in ("", whose)
        and rule.matters & set(matters)
        and (not rule.offices or office in rule.offices)
    ]
    own = [
        rule
        for rule in decision_rules()
        if rule.whose == whose and rule.matter in matters and route in rule.routes
    ]
    times = [rule for rule in window_rules() if rule.whose == whose]
    found = [rule for rule in (*general, *own, *times) if rule.regulation and rule.holds(on)]
    return [(rule.regulation, rule.confidence) for rule in found]


def papers_of(
    whose: str, route: str, on: date, *, asker: str, groups: Collection[str] = ()
) -> list[tuple[PaperRule, str]]:
    """Return the papers of a file, each with the side that gives it."""
    return [
        (rule, _giver(rule, route, asker))
        for rule in paper_rules()
        if rule.whose == whose
        and rule.holds(on)
        and route in rule.routes
        and (not rule.applies_to or rule.applies_to in groups)
    ]


def _giver(rule: PaperRule, route: str, asker: str) -> str:
    """Return who brings a paper: for a school outside the province the one inside does."""
    if route == Route.IN:
        return Side.RECEIVER
    if route == Route.OUT:
        return Side.RELEASER
    if rule.giver != "ASKER":
        return rule.giver
    if asker == Side.PERSON:
        return Side.RELEASER
    return Side.RECEIVER if asker == Side.FAMILY else asker


def missing(needed: Collection[tuple[PaperRule, str]], given: Collection[str]) -> list[str]:
    """Return the codes of required papers that nobody has given yet."""
    return [rule.paper for rule, _side in needed if rule.is_required and rule.paper not in given]


def owing(needed: Collection[tuple[PaperRule, str]], given: Collection[str]) -> list[str]:
    """Return which sides owe a required paper."""
    lacking = set(missing(needed, given))
    return sorted({side for rule, side in needed if rule.paper in lacking})
