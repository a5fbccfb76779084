"""The days on which a class has lessons, and those on which it may have some."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from khuevan.registry.schools.api import (
    AcademicYear,
    HomeroomClass,
    YearNotDecided,
    academic_year_on,
    days_taught,
    is_open_day,
    school_days,
)

ONE_DAY = timedelta(days=1)
SATURDAY = 6


def is_held(room: HomeroomClass, on: date) -> bool:
    """Return whether a class has lessons on a day at all."""
    level = room.grade_level.level
    return on in days_taught(room.school_id, level, first=on, end=on + ONE_DAY)


def may_be_taught(room: HomeroomClass, on: date) -> bool:
    """Return whether a lesson of a class may be held on a day."""
    return on in days_to_teach(room, on, on)


def days_to_teach(room: HomeroomClass, first: date, last: date) -> set[date]:
    """Return the days on which a lesson of a class may be held: those of lessons, and Saturdays.

    Days off of the calendar, closed days and days outside the year are none.
    """
    level, end = room.grade_level.level, last + ONE_DAY
    found = days_taught(room.school_id, level, first=first, end=end)
    span = (first + timedelta(days=number) for number in range((end - first).days))
    saturdays = [on for on in span if on.isoweekday() == SATURDAY and on not in found]
    for year in {academic_year_on(on) for on in (first, last)} if saturdays else ():
        if year is not None:
            found.update(_open_saturdays(room, year, saturdays))
    return found


def _open_saturdays(
    room: HomeroomClass, year: AcademicYear, saturdays: Iterable[date]
) -> list[date]:
    """Return the Saturdays that are open though not taught; in a year not decided all open are."""
    try:
        days = school_days(room.school_id, room.grade_level.level, year)
    except YearNotDecided:
        return []
    return [on for on in saturdays if is_open_day(on, replace(days, teaches_saturday=True))]
