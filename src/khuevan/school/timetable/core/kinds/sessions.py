"""Wishes of a school about sessions, morning or afternoon: how full, where, without holes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.engine import Facts, Violation, broken, person_kind
from khuevan.school.timetable.core.occupancy import Line, Occupancy, hours_of, span
from khuevan.school.timetable.core.values import Constraint

PERIOD_MINUTES = 45
OTHER_SESSION = _("%(who)s has %(found)s periods on %(day)s outside its sessions")
FULL_SESSION = _("%(who)s has %(found)s periods in one session of %(day)s, at most %(most)s")
MANY_SESSIONS = _("%(who)s has lessons in %(found)s sessions of the week, at most %(most)s")
FEW_FREE_DAYS = _("%(who)s has %(found)s days without lessons, %(least)s were wanted")
FEW_FREE_SESSIONS = _("%(who)s has %(found)s sessions without lessons, %(least)s were wanted")
SESSION_GAPS = _("%(who)s has %(found)s gaps in one session of %(day)s")
HOLES = _("%(who)s has %(found)s empty periods before a lesson in one session of %(day)s")
UNBALANCED = _("%(who)s has %(found)s periods on %(day)s; %(least)s to %(most)s are wanted")
FAR_APART = _("%(who)s goes from %(here)s to %(there)s on %(day)s without time for the way")


def in_session(mask: int, first: int, after: int) -> int:
    """Return the hours of a mask that lie in one session."""
    return mask & ((1 << after) - (1 << first))


def taught_sessions(occupancy: Occupancy, line: Line) -> Iterator[tuple[int, int, int]]:
    """Yield day, first hour and mask of every session that holds a lesson."""
    for day, mask in enumerate(line.busy):
        for first, after in occupancy.problem.grid.day_sessions:
            if part := in_session(mask, first, after):
                yield day, first, part


def on_day(occupancy: Occupancy, name: str, day: int, found: int) -> Facts:
    """Return who has how much on which day."""
    return {"who": name, "day": occupancy.problem.grid.days[day], "found": found}


@person_kind("only_in_sessions", _("%(who)s: lessons in the main session alone"))
def only_in_sessions(
    occupancy: Occupancy, constraint: Constraint, name: str
) -> Iterator[Violation]:
    """Find lessons outside the sessions a class has."""
    sessions = occupancy.problem.grid.day_sessions
    allowed = 0
    for at in constraint.numbers("sessions"):
        first, after = sessions[at]
        allowed |= (1 << after) - (1 << first)
    for day, mask in enumerate(occupancy.line(constraint.on, name).busy):
        found = (mask & ~allowed).bit_count()
        if found:
            facts = on_day(occupancy, name, day, found)
            yield broken(constraint, OTHER_SESSION, facts, count=found)


@person_kind("max_hours_per_session", _("%(who)s: at most %(most)s periods a session"))
def max_hours_per_session(
    occupancy: Occupancy, constraint: Constraint, name: str
) -> Iterator[Violation]:
    """Find sessions with too many periods."""
    most = constraint.number("most")
    for day, _first, mask in taught_sessions(occupancy, occupancy.line(constraint.on, name)):
        if mask.bit_count() > most:
            facts = {**on_day(occupancy, name, day, mask.bit_count()), "most": most}
            yield broken(constraint, FULL_SESSION, facts)


@person_kind("max_sessions_per_week", _("%(who)s: lessons in at most %(most)s sessions a week"))
def max_sessions(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find who comes for too many sessions."""
    line, most = occupancy.line(constraint.on, name), constraint.number("most")
    found = sum(1 for _session in taught_sessions(occupancy, line))
    if found > most:
        facts = {"who": name, "found": found, "most": most}
        yield broken(constraint, MANY_SESSIONS, facts, count=found - most)


@person_kind("free_days", _("%(who)s: at least %(days)s days without lessons"))
def free_days(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find who wished for free days and has too few."""
    least = constraint.number("days")
    found = occupancy.days - occupancy.line(constraint.on, name).worked_days()
    if found < least:
        facts = {"who": name, "found": found, "least": least}
        yield broken(constraint, FEW_FREE_DAYS, facts, count=least - found)


@person_kind("free_sessions", _("%(who)s: at least %(sessions)s sessions without lessons"))
def free_sessions(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find who wished for free half-days and has too few."""
    line, least = occupancy.line(constraint.on, name), constraint.number("sessions")
    taught = sum(1 for _session in taught_sessions(occupancy, line))
    found = occupancy.days * len(occupancy.problem.grid.day_sessions) - taught
    if found < least:
        facts = {"who": name, "found": found, "least": least}
        yield broken(constraint, FEW_FREE_SESSIONS, facts, count=least - found)


@person_kind("session_gaps", _("%(who)s: no gaps inside a session"))
def session_gaps(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find gaps as a school counts them: last less first period, less what is taught."""
    for day, _first, mask in taught_sessions(occupancy, occupancy.line(constraint.on, name)):
        found = (span(mask) & ~mask).bit_count()
        if found:
            facts = on_day(occupancy, name, day, found)
            yield broken(constraint, SESSION_GAPS, facts, count=found)


@person_kind("no_holes", _("%(who)s: lessons from the first period on, one after the other"))
def no_holes(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find empty periods before a lesson of a session; at its end there may be some."""
    line = occupancy.line(constraint.on, name)
    for day, first, mask in taught_sessions(occupancy, line):
        wanted = (1 << mask.bit_length()) - (1 << first)
        found = (wanted & ~mask & ~line.off[day]).bit_count()
        if found:
            yield broken(constraint, HOLES, on_day(occupancy, name, day, found), count=found)


@person_kind("hours_daily_between", _("%(who)s: %(least)s to %(most)s periods a day"))
def hours_daily_between(
    occupancy: Occupancy, constraint: Constraint, name: str
) -> Iterator[Violation]:
    """Find days with lessons that have too few or too many."""
    least, most = constraint.number("least"), constraint.number("most")
    for day, mask in enumerate(occupancy.line(constraint.on, name).busy):
        found = mask.bit_count()
        if found and not least <= found <= most:
            facts = {**on_day(occupancy, name, day, found), "least": least, "most": most}
            yield broken(constraint, UNBALANCED, facts)


@person_kind(
    "time_for_the_way", _("%(who)s: %(least)s free periods or another session between campuses")
)
def time_for_the_way(
    occupancy: Occupancy, constraint: Constraint, name: str
) -> Iterator[Violation]:
    """Find ways between campuses inside a session without enough free periods.

    Campuses named together in `far` (“A|B”) need another session, however long the pause is;
    those in `slow` (“A|B|60”) as many free periods as the minutes of the way take.
    """
    line, least = occupancy.line(constraint.on, name), constraint.number("least", 1)
    far = {frozenset(one.split("|")) for one in constraint.texts("far")}
    slow = {
        frozenset((here, there)): -(-int(minutes) // PERIOD_MINUTES)
        for one in constraint.texts("slow")
        for here, there, minutes in (one.split("|"),)
    }
    for day, _first, mask in taught_sessions(occupancy, line):
        stations = [(hour, _site(occupancy, line.at(day, hour)[0])) for hour in hours_of(mask)]
        known = [(hour, site) for hour, site in stations if site]
        for (left, here), (reached, there) in zip(known, known[1:], strict=False):
            both = frozenset((here, there))
            too_short = reached - left - 1 < max(least, slow.get(both, 0)) or both in far
            if here != there and too_short:
                facts = {"who": name, "here": here, "there": there}
                facts["day"] = occupancy.problem.grid.days[day]
                yield broken(constraint, FAR_APART, facts)


def _site(occupancy: Occupancy, lesson: int) -> str:
    """Return the campus of a lesson: its room's, or its class's where it has none."""
    room = occupancy.problem.rooms_by_name.get(occupancy.places[lesson].room or "")
    return (room.building if room else "") or occupancy.problem.active[lesson].site
