"""Working-day arithmetic and the holidays a year should have: pure, no ORM, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from khuevan.platform.calendar.kinds import HolidayKind
from khuevan.platform.calendar.lunar import LunarDate, lunar_new_year, solar_from_lunar

SATURDAY = 5
ONE_DAY = timedelta(days=1)
CULTURE_DAY_SINCE = date(2026, 7, 1)
LAST_RECEIPT = time(15)
"""Decree 309/2026, art. 9: what arrives after 15:00 is passed on the next working day."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days off and the worked weekend days of a stretch of time; weekends are off otherwise."""

    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class ExpectedHoliday:
    """A day off that follows from the Labour Code before any notice has named it."""

    on: date
    kind: HolidayKind


def is_working_day(day: date, calendar: WorkingCalendar) -> bool:
    """Return whether offices work on a day; a Saturday worked in exchange counts."""
    if day in calendar.days_worked:
        return True
    return day.weekday() < SATURDAY and day not in calendar.days_off


def next_working_day(day: date, calendar: WorkingCalendar) -> date:
    """Return the first working day after a day."""
    return add_working_days(day, 1, calendar)


def add_working_days(start: date, days: int, calendar: WorkingCalendar) -> date:
    """Return the working day on which a time limit ends; day 1 is the first one after the start.

    :raises ValueError: if fewer than no days are asked for
    """
    if days < 0:
        raise ValueError("a time limit has no fewer than 0 days")
    day = start
    while days:
        day += ONE_DAY
        days -= is_working_day(day, calendar)
    return day


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """Return how many working days lie after the start, up to and with the end."""
    if end < start:
        return -working_days_between(end, start, calendar)
    return sum(is_working_day(day, calendar) for day in _days_after(start, end))


def add_days(start: date, days: int, calendar: WorkingCalendar) -> date:
    """Return the end of a time limit in calendar days; one that ends on a day off moves to the next
    working day (Civil Code 2015, art. 148).
    """
    end = start + timedelta(days=days)
    return end if is_working_day(end, calendar) else next_working_day(end, calendar)


def same_working_day(
    received_at: datetime, calendar: WorkingCalendar, *, last_receipt: time = LAST_RECEIPT
) -> date:
    """Return when "within the working day" ends for something received at a local time."""
    day = received_at.date()
    if is_working_day(day, calendar) and received_at.time() <= last_receipt:
        return day
    return next_working_day(day, calendar)


def expected_holidays(year: int) -> list[ExpectedHoliday]:
    """Return the days off of a year by the Labour Code 2019, arts. 111 and 112, in order.

    Which five days are Tết and which day goes with 2 September is decided each year; here Tết is
    the last day of the old lunar year and four of the new, and the second National Day the one
    that leaves no lone working day. A holiday on a weekend is made up on the next working day,
    Culture Day excepted: it stands in a resolution of its own.
    """
    holidays = [ExpectedHoliday(day, kind) for day, kind in _statutory_days(year)]
    taken = {holiday.on for holiday in holidays}
    for holiday in list(holidays):
        if holiday.on.weekday() >= SATURDAY and holiday.kind != HolidayKind.CULTURE_DAY:
            made_up = next_working_day(holiday.on, WorkingCalendar(frozenset(taken)))
            taken.add(made_up)
            holidays.append(ExpectedHoliday(made_up, HolidayKind.MADE_UP))
    return sorted(holidays, key=lambda holiday: (holiday.on, holiday.kind))


def _statutory_days(year: int) -> Iterator[tuple[date, HolidayKind]]:
    yield date(year, 1, 1), HolidayKind.NEW_YEAR
    tet = lunar_new_year(year)
    for offset in range(-1, 4):
        yield tet + timedelta(days=offset), HolidayKind.LUNAR_NEW_YEAR
    yield solar_from_lunar(LunarDate(year, 3, 10)), HolidayKind.HUNG_KINGS
    yield date(year, 4, 30), HolidayKind.VICTORY_DAY
    yield date(year, 5, 1), HolidayKind.LABOUR_DAY
    yield date(year, 9, 2), HolidayKind.NATIONAL_DAY
    yield _beside_national_day(year), HolidayKind.NATIONAL_DAY
    if date(year, 11, 24) >= CULTURE_DAY_SINCE:
        yield date(year, 11, 24), HolidayKind.CULTURE_DAY


def _beside_national_day(year: int) -> date:
    """Monday, Thursday and Sunday look forward, the other weekdays back, as the notices did."""
    forward = date(year, 9, 2).weekday() in (0, 3, 6)
    return date(year, 9, 3 if forward else 1)


def _days_after(start: date, end: date) -> Iterator[date]:
    day = start
    while day < end:
        day += ONE_DAY
        yield day
