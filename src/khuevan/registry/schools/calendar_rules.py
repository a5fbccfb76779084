"""Which days are taught, and whether a year's terms fit: pure, no ORM, no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

Span = tuple[date, date]
"""First day and the day after the last."""


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """What decides whether a day is taught: the frame, the week, days off, closures, make-up."""

    starts_on: date
    ends_on: date
    teaches_saturday: bool = False
    days_off: frozenset[date] = frozenset()
    closed: tuple[Span, ...] = ()
    made_up: frozenset[date] = frozenset()


def is_teaching_day(day: date, days: SchoolDays) -> bool:
    """Return whether lessons are held on a day.

    A closure beats everything; a make-up day is taught though it is a Saturday, Sunday or day off.
    """
    if not days.starts_on <= day < days.ends_on:
        return False
    if any(first <= day < end for first, end in days.closed):
        return False
    if day in days.made_up:
        return True
    last = SATURDAY if days.teaches_saturday else SATURDAY - 1
    return day.weekday() <= last and day not in days.days_off


def teaching_days(span: Span, days: SchoolDays) -> list[date]:
    """Return the days of a span on which lessons are held, in order."""
    return [day for day in _days(span) if is_teaching_day(day, days)]


class MakeUpFault(Enum):
    """Why lessons can't be made up on a day."""

    OUTSIDE = "outside"
    HOLIDAY = "holiday"
    MADE_UP = "made up"
    TAUGHT = "taught"
    ENOUGH = "enough"


def lost_days(closed: Span, levels: Sequence[SchoolDays]) -> int:
    """Return how many days of lessons a closure takes, at the level that loses most.

    Without a decided frame nobody knows the days of lessons: all its days may be lost.
    """
    if not levels:
        return (closed[1] - closed[0]).days
    return max(len(teaching_days(closed, replace(days, closed=()))) for days in levels)


def make_up_fault(
    day: date,
    *,
    closed: Span,
    named: int,
    levels: Sequence[SchoolDays],
    holidays: Collection[date],
    taken: Collection[date],
) -> MakeUpFault | None:
    """Return why a closure's lessons can't be made up on a day.

    `levels` are those that the closure is for, as far as decided; `named` is how many days make
    it up already, `taken` the days on which other closures are made up.
    """
    if levels and not any(days.starts_on <= day < days.ends_on for days in levels):
        return MakeUpFault.OUTSIDE
    if day in holidays:
        return MakeUpFault.HOLIDAY
    if levels and all(is_teaching_day(day, days) for days in levels):
        return MakeUpFault.MADE_UP if day in taken else MakeUpFault.TAUGHT
    if named >= lost_days(closed, levels):
        return MakeUpFault.ENOUGH
    return None


class TermFault(Enum):
    """What is wrong with the terms of a year."""

    NONE_GIVEN = "none"
    BACKWARD = "backward"
    OVERLAP = "overlap"
    GAP = "gap"
    OUTSIDE = "outside"


def term_fault(frame: Span, terms: Sequence[Span]) -> tuple[TermFault, int] | None:
    """Return the first fault of the terms in their order, with the number of the term.

    Terms follow each other without a day between, except a Sunday; the first begins with the frame
    and none ends after it.
    """
    if not terms:
        return TermFault.NONE_GIVEN, 0
    before = frame[0]
    for number, (first, end) in enumerate(terms, 1):
        if end <= first:
            return TermFault.BACKWARD, number
        if first < before:
            return (TermFault.OVERLAP if number > 1 else TermFault.OUTSIDE), number
        if any(day.weekday() != SUNDAY for day in _days((before, first))):
            return TermFault.GAP, number
        before = end
    return (TermFault.OUTSIDE, len(terms)) if before > frame[1] else None


def _days(span: Span) -> Iterator[date]:
    day = span[0]
    while day < span[1]:
        yield day
        day += ONE_DAY
