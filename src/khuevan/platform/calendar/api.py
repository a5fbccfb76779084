"""What other apps may use of the calendar."""

from __future__ import annotations

from khuevan.platform.calendar.actions import load_days
from khuevan.platform.calendar.kinds import HolidayKind
from khuevan.platform.calendar.lunar import (
    LunarDate,
    lunar_from_solar,
    lunar_new_year,
    solar_from_lunar,
)
from khuevan.platform.calendar.rules import (
    WorkingCalendar,
    add_days,
    add_working_days,
    expected_holidays,
    is_working_day,
    next_working_day,
    same_working_day,
    working_days_between,
)
from khuevan.platform.calendar.selectors import (
    calendar_from,
    holiday_kinds,
    holidays,
    swapped_days,
    working_calendar,
    years_without_notice,
)

__all__ = [
    "HolidayKind",
    "LunarDate",
    "WorkingCalendar",
    "add_days",
    "add_working_days",
    "calendar_from",
    "expected_holidays",
    "holiday_kinds",
    "holidays",
    "is_working_day",
    "load_days",
    "lunar_from_solar",
    "lunar_new_year",
    "next_working_day",
    "same_working_day",
    "solar_from_lunar",
    "swapped_days",
    "working_calendar",
    "working_days_between",
    "years_without_notice",
]
