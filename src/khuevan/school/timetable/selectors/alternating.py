"""Which weeks are A and which are B, for lessons that are held every other week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from khuevan.kernel.periods import monday_of
from khuevan.registry.schools.api import days_taught
from khuevan.school.timetable.models import ScheduledLesson, Timetable, Weeks

ONE_DAY = timedelta(days=1)
Alternating = dict[tuple[int, str, date], Weeks]
"""Which of the two a week is, by school, level and Monday."""


def weeks_of(rows: Iterable[ScheduledLesson], last: date) -> Alternating:
    """Return which weeks up to a day are A and B, for the schools and levels that need to know.

    The first week of a year with lessons is A; weeks without a day taught are not counted.
    """
    found: Alternating = {}
    asked = {(*level_of(row), row.timetable_id) for row in rows if row.weeks != Weeks.EVERY}
    versions = Timetable.objects.unscoped(because="of lessons that the caller reached")
    timetables = versions.select_related("academic_year").in_bulk([one[2] for one in asked])
    for school_id, level, timetable_id in asked:
        year = timetables[timetable_id].academic_year
        days = days_taught(school_id, level, first=year.starts_on, end=last + ONE_DAY)
        mondays = sorted({monday_of(on) for on in days if on < year.ends_on})
        for number, monday in enumerate(mondays):
            found[school_id, level, monday] = Weeks.EVEN if number % 2 else Weeks.ODD
    return found


def is_its_week(row: ScheduledLesson, on: date, weeks: Alternating | None = None) -> bool:
    """Return whether a lesson is held in the week of a day."""
    if row.weeks == Weeks.EVERY:
        return True
    known = weeks_of([row], on) if weeks is None else weeks
    return known.get((*level_of(row), monday_of(on))) == row.weeks


def level_of(row: ScheduledLesson) -> tuple[int, str]:
    """Return the school and level whose calendar a lesson follows."""
    return row.school_id, row.homeroom_class.grade_level.level
