"""Empty hours between lessons, late beginnings, and ways between buildings in a day."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.engine import Violation, broken, person_kind
from khuevan.school.timetable.core.occupancy import Line, Occupancy, hours_of
from khuevan.school.timetable.core.values import Constraint

GAPS_OF_DAY = _("%(who)s has %(found)s gaps on %(day)s, at most %(most)s were wanted")
GAPS_OF_WEEK = _("%(who)s has %(found)s gaps in the week, at most %(most)s were wanted")
SECOND_HOUR = _("%(who)s begins at the second hour on %(found)s days, at most %(most)s were wanted")
LATER_STILL = _("%(who)s begins later than the second hour on %(day)s")
CHANGES = _("%(who)s changes building %(found)s times on %(day)s, at most %(most)s were wanted")


@person_kind("max_gaps_per_day", _("%(who)s: at most %(most)s gaps a day"))
def max_gaps_daily(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find days with too many gaps."""
    most, line = constraint.number("most"), occupancy.line(constraint.on, name)
    for day, mask in enumerate(line.busy):
        found = line.gaps(day) if mask else 0
        if found > most:
            facts = {"who": name, "found": found, "day": occupancy.problem.grid.days[day]}
            yield broken(constraint, GAPS_OF_DAY, {**facts, "most": most}, count=found - most)


@person_kind("max_gaps_per_week", _("%(who)s: at most %(most)s gaps a week"))
def max_gaps_weekly(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find weeks with too many gaps."""
    most, line = constraint.number("most"), occupancy.line(constraint.on, name)
    found = sum(line.gaps(day) for day in range(occupancy.days))
    if found > most:
        facts = {"who": name, "found": found, "most": most}
        yield broken(constraint, GAPS_OF_WEEK, facts, count=found - most)


@person_kind(
    "begins_early", _("%(who)s: the day begins at the first hour, on %(most)s days at the second")
)
def begins_early(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find days that begin later than the first hour that could be taught in."""
    most, line = constraint.number("most"), occupancy.line(constraint.on, name)
    second = 0
    for day, mask in enumerate(line.busy):
        missed = _missed(line, day) if mask else 0
        second += missed == 1
        if missed > 1:
            yield broken(
                constraint, LATER_STILL, {"who": name, "day": occupancy.problem.grid.days[day]}
            )
    if second > most:
        facts = {"who": name, "found": second, "most": most}
        yield broken(constraint, SECOND_HOUR, facts, count=second - most)


def _missed(line: Line, day: int) -> int:
    """Return how many hours that could be taught in pass before the first lesson."""
    mask = line.busy[day]
    before = (mask & -mask) - 1
    return (before & ~line.off[day]).bit_count()


@person_kind("max_building_changes", _("%(who)s: at most %(most)s changes of building a day"))
def max_building_changes(
    occupancy: Occupancy, constraint: Constraint, name: str
) -> Iterator[Violation]:
    """Find days with too many ways between buildings."""
    most, line = constraint.number("most"), occupancy.line(constraint.on, name)
    for day, mask in enumerate(line.busy):
        found = _changes(occupancy, line, day) if mask else 0
        if found > most:
            facts = {"who": name, "found": found, "day": occupancy.problem.grid.days[day]}
            yield broken(constraint, CHANGES, {**facts, "most": most}, count=found - most)


def _changes(occupancy: Occupancy, line: Line, day: int) -> int:
    stations = [
        building
        for hour in hours_of(line.busy[day])
        if (building := _building(occupancy, line.at(day, hour)[0]))
    ]
    return sum(here != there for here, there in zip(stations, stations[1:], strict=False))


def _building(occupancy: Occupancy, lesson: int) -> str:
    room = occupancy.problem.rooms_by_name.get(occupancy.places[lesson].room or "")
    return room.building if room else ""
