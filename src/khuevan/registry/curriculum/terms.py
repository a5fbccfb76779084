"""Which term of a level a day falls in, counted from nothing; which day of a year to look at."""

from __future__ import annotations

from datetime import date, timedelta

from khuevan.registry.schools.api import AcademicYear, term_on

ONE_DAY = timedelta(days=1)


def term_now(level: str, on: date) -> int:
    """Return 0 in the first term of a level and before it, 1 in the second and after."""
    term = term_on(on, level=level)
    return 1 if term is not None and term.number > 1 else 0


def day_in(year: AcademicYear, today: date) -> date:
    """Return today, or the day of the year that is nearest to it."""
    last: date = year.ends_on - ONE_DAY
    return min(max(today, year.starts_on), last)
