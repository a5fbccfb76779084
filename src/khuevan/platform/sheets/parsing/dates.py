"""Dates and years as people and spreadsheets write them; never another day in place of one."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime, timedelta

from khuevan.kernel.vietnamese import fold
from khuevan.platform.sheets.faults import Params, Problem, Severity
from khuevan.platform.sheets.layouts import Field
from khuevan.platform.sheets.parsing.base import Context, Parsed, cell_text, format_date
from khuevan.platform.sheets.reading import Cell

SERIAL_START = date(1899, 12, 30)
SERIALS = range(7_306, 73_415)  # 1 January 1920 to 31 December 2100
YEARS = range(1900, 2101)
FIRST_BIRTH_YEAR = 1900

DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
YEAR_MONTH_DAY = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}),? nam (\d{4})")
TIME_TAIL = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M)?$", re.IGNORECASE)


def parse_date(cell: Cell, _item: Field, context: Context) -> Parsed:
    """Read a date as people and spreadsheets write it: day first, or a serial number."""
    if isinstance(cell, datetime):
        return Parsed(cell.date())
    if isinstance(cell, date):
        return Parsed(cell)
    text = TIME_TAIL.sub("", cell_text(cell))
    if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII):
        return _date_of_number(text)
    return _date_of_text(text, context)


def parse_birth_date(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read the day a person was born: not in the future, not before 1900."""
    parsed = parse_date(cell, item, context)
    if parsed.value is None:
        return parsed
    if parsed.value > context.today:
        return Parsed(problem=Problem("sheets.date_in_future"))
    if parsed.value.year < FIRST_BIRTH_YEAR:
        return Parsed(problem=Problem("sheets.date_too_early"))
    return parsed


def parse_year(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read a year, or the year of a whole date; a doubtful one only warns."""
    text = cell_text(cell)
    if re.fullmatch(r"\d{4}", text, re.ASCII) and int(text) in YEARS:
        return Parsed(int(text))
    day = parse_date(cell, item, context).value
    if day is not None:
        return Parsed(day.year)
    return Parsed(problem=Problem("sheets.year_unknown", severity=Severity.WARNING))


def _date_of_number(text: str) -> Parsed:
    digits = text.split(".")[0]
    if len(digits) == 4 and int(digits) in YEARS:
        return Parsed(problem=Problem("sheets.date_year_only"))
    if len(digits) in {7, 8} and "." not in text:
        whole = digits.zfill(8)
        return _calendar_date(int(whole[:2]), int(whole[2:4]), int(whole[4:]))
    if len(digits) <= 5 and int(digits) in SERIALS:
        return Parsed(SERIAL_START + timedelta(days=int(digits)))
    return Parsed(problem=Problem("sheets.date_unread"))


def _date_of_text(text: str, context: Context) -> Parsed:
    match = DAY_MONTH_YEAR.fullmatch(text) or IN_WORDS.fullmatch(fold(text))
    if match:
        day, month, year = match.groups()
        if len(year) == 2:
            return _short_year(int(day), int(month), int(year), context)
        return _calendar_date(int(day), int(month), int(year))
    match = YEAR_MONTH_DAY.fullmatch(text)
    if match:
        return _calendar_date(int(match[3]), int(match[2]), int(match[1]))
    if re.fullmatch(r"[\s/.\-?]*\d{4}", text, re.ASCII):
        return Parsed(problem=Problem("sheets.date_year_only"))
    return Parsed(problem=Problem("sheets.date_unread"))


def _short_year(day: int, month: int, year: int, context: Context) -> Parsed:
    """Read a year of two digits only when one century is possible within forty years."""
    this = context.today.year
    possible = [full for full in (1900 + year, 2000 + year) if this - 40 <= full <= this]
    if len(possible) != 1:
        return Parsed(problem=Problem("sheets.date_short_year"))
    parsed = _calendar_date(day, month, possible[0])
    if parsed.value is None:
        return parsed
    taken = Problem(
        "sheets.date_short_year_taken",
        severity=Severity.WARNING,
        suggestion=format_date(parsed.value),
    )
    return Parsed(parsed.value, taken)


def _calendar_date(day: int, month: int, year: int) -> Parsed:
    """Return a date of the calendar, never another one in its place."""
    with suppress(ValueError):
        return Parsed(date(year, month, day))
    if not 1 <= year <= 9999 or day == 0 or month == 0:
        return Parsed(problem=Problem("sheets.date_unread"))
    if month > 12:
        return _swapped(day, month, year)
    params: Params = {"month": f"{month}/{year}", "days": monthrange(year, month)[1]}
    return Parsed(problem=Problem("sheets.date_no_such_day", params))


def _swapped(day: int, month: int, year: int) -> Parsed:
    if day <= 12 and month <= monthrange(year, day)[1]:
        suggestion = format_date(date(year, day, month))
        return Parsed(problem=Problem("sheets.date_month_first", suggestion=suggestion))
    return Parsed(problem=Problem("sheets.date_no_such_month", {"month": month}))
