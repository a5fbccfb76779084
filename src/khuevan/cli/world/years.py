"""The academic year that a day falls in, and its terms."""

from __future__ import annotations

from datetime import date, timedelta

from khuevan.cli.world.shapes import TermPlan, YearPlan

OPENING = (9, 5)
LEAVING = (7, 1)
"""The first day on which who completed the last grade belongs to the school no more."""
FIRST_TERM_WEEKS, SECOND_TERM_WEEKS = 18, 17
TET_WEEKS = 2
MONDAY = 0


def year_of(today: date) -> YearPlan:
    """Return the academic year of a day: from 5 September to the next, terms of 18 and 17 weeks.

    The second term spans Tết, so it lasts two weeks longer on the calendar.
    """
    first = today.year if (today.month, today.day) >= OPENING else today.year - 1
    opening, closing = date(first, *OPENING), date(first + 1, *OPENING)
    monday = opening + timedelta(days=(MONDAY - opening.weekday()) % 7)
    second = monday + timedelta(weeks=FIRST_TERM_WEEKS)
    end = second + timedelta(weeks=SECOND_TERM_WEEKS + TET_WEEKS)
    terms = (TermPlan(1, opening, second), TermPlan(2, second, end))
    return YearPlan(f"{first}-{first + 1}", opening, closing, terms)


def leaving_day(year: YearPlan) -> date:
    """Return the day of the summer on which a year's last grade has left."""
    return date(year.ends_on.year, *LEAVING)


def years_before(year: YearPlan, count: int) -> tuple[YearPlan, ...]:
    """Return the academic years before one, newest first."""
    first = year.starts_on.year
    return tuple(year_of(date(first - back, *OPENING)) for back in range(1, count + 1))
