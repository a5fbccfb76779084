"""How much a teacher or class has in a day, in a row, and on how many days."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.engine import Violation, broken, person_kind
from khuevan.school.timetable.core.occupancy import Line, Occupancy, hours_of, runs
from khuevan.school.timetable.core.values import Constraint

TOO_MANY_DAYS = _("%(who)s has lessons on %(found)s days, at most %(most)s were wanted")
TOO_FEW_DAYS = _("%(who)s has lessons on %(found)s days, at least %(least)s were wanted")
LONG_DAY = _("%(who)s has %(found)s periods on %(day)s, at most %(most)s were wanted")
SHORT_DAY = _("%(who)s has %(found)s periods on %(day)s, at least %(least)s were wanted")
LONG_RUN = _("%(who)s has %(found)s periods in a row on %(day)s, at most %(most)s were wanted")
LONG_DAY_OF = _("%(who)s has %(found)s periods of “%(tag)s” on %(day)s, at most %(most)s")
LONG_RUN_OF = _("%(who)s has %(found)s periods of “%(tag)s” in a row on %(day)s, at most %(most)s")
DAYS_IN_INTERVAL = _("%(who)s has lessons in that part of %(found)s days, at most %(most)s")


@person_kind("max_days_per_week", _("%(who)s: lessons on at most %(most)s days a week"))
def max_days(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find who comes on too many days."""
    found, most = occupancy.line(constraint.on, name).worked_days(), constraint.number("most")
    if found > most:
        facts = {"who": name, "found": found, "most": most}
        yield broken(constraint, TOO_MANY_DAYS, facts, count=found - most)


@person_kind("min_days_per_week", _("%(who)s: lessons on at least %(least)s days a week"))
def min_days(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find who comes on too few days; said of all teachers, who has no lesson is let be."""
    found, least = occupancy.line(constraint.on, name).worked_days(), constraint.number("least")
    if found < least and (found or not constraint.flag("only_who_works")):
        facts = {"who": name, "found": found, "least": least}
        yield broken(constraint, TOO_FEW_DAYS, facts, count=least - found)


@person_kind("max_hours_daily", _("%(who)s: at most %(most)s periods a day"))
def max_hours_daily(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find days with too many periods; how many too many makes no difference."""
    most = constraint.number("most")
    for day, mask in enumerate(occupancy.line(constraint.on, name).busy):
        if mask.bit_count() > most:
            facts = _on_day(occupancy, name, day, mask.bit_count())
            yield broken(constraint, LONG_DAY, {**facts, "most": most})


@person_kind("min_hours_daily", _("%(who)s: at least %(least)s periods on a day with lessons"))
def min_hours_daily(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find days with too few periods of those who have any at all."""
    least, line = constraint.number("least"), occupancy.line(constraint.on, name)
    if not any(line.busy):
        return
    for day, mask in enumerate(line.busy):
        found = mask.bit_count()
        if found < least and (found or not constraint.flag("allow_empty_days")):
            facts = _on_day(occupancy, name, day, found)
            yield broken(constraint, SHORT_DAY, {**facts, "least": least}, count=least - found)


@person_kind("max_hours_in_a_row", _("%(who)s: at most %(most)s periods in a row"))
def max_in_a_row(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find runs of lessons that are too long; a session's end ends a run."""
    most = constraint.number("most")
    for day, mask in enumerate(occupancy.line(constraint.on, name).busy):
        for length in _runs_of_day(occupancy, mask):
            if length > most:
                facts = _on_day(occupancy, name, day, length)
                yield broken(constraint, LONG_RUN, {**facts, "most": most})


@person_kind("max_tag_hours_daily", _("%(who)s: at most %(most)s periods of “%(tag)s” a day"))
def max_tag_daily(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find days with too many periods of one mark, such as laboratory work."""
    most, tag = constraint.number("most"), constraint.text("tag")
    line = occupancy.line(constraint.on, name)
    for day in range(occupancy.days):
        found = _tagged(occupancy, line, day, tag).bit_count()
        if found > most:
            facts = _on_day(occupancy, name, day, found)
            yield broken(constraint, LONG_DAY_OF, {**facts, "tag": tag, "most": most})


@person_kind("max_tag_hours_in_a_row", _("%(who)s: at most %(most)s periods of “%(tag)s” in a row"))
def max_tag_in_a_row(
    occupancy: Occupancy, constraint: Constraint, name: str
) -> Iterator[Violation]:
    """Find runs of one mark that are too long."""
    most, tag = constraint.number("most"), constraint.text("tag")
    line = occupancy.line(constraint.on, name)
    for day in range(occupancy.days):
        for length in _runs_of_day(occupancy, _tagged(occupancy, line, day, tag)):
            if length > most:
                facts = _on_day(occupancy, name, day, length)
                yield broken(constraint, LONG_RUN_OF, {**facts, "tag": tag, "most": most})


@person_kind(
    "max_days_in_interval", _("%(who)s: lessons in one part of the day on at most %(most)s days")
)
def max_days_in_interval(
    occupancy: Occupancy, constraint: Constraint, name: str
) -> Iterator[Violation]:
    """Find who has lessons in one part of the day, such as the last hours, on too many days."""
    first, most = constraint.number("first"), constraint.number("most")
    after = constraint.number("after", occupancy.hours)
    part = (1 << after) - (1 << first) if after > first else 0
    found = sum(1 for mask in occupancy.line(constraint.on, name).busy if mask & part)
    if found > most:
        facts = {"who": name, "found": found, "most": most}
        yield broken(constraint, DAYS_IN_INTERVAL, facts, count=found - most)


def _on_day(occupancy: Occupancy, name: str, day: int, found: int) -> dict[str, object]:
    return {"who": name, "day": occupancy.problem.grid.days[day], "found": found}


def _runs_of_day(occupancy: Occupancy, mask: int) -> Iterator[int]:
    for first, after in occupancy.problem.grid.day_sessions:
        yield from runs(mask, first, after)


def _tagged(occupancy: Occupancy, line: Line, day: int, tag: str) -> int:
    """Return the hours of a day that hold a lesson with a tag."""
    active, found = occupancy.problem.active, 0
    for hour in hours_of(line.busy[day]):
        if any(tag in active[lesson].tags for lesson in line.at(day, hour)):
            found |= 1 << hour
    return found
