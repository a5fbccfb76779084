"""Periods of days: `ends_on` is the first day after one, and empty while nobody knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from django.db.models import F, Q

from khuevan.kernel.errors import DayOutOfRange

RECORDED_FROM = date(2013, 1, 1)
"""The first day of which units and rules are recorded: what begins on it was so before too."""
EARLIEST_DAY, FURTHEST_AHEAD = date(1945, 1, 1), timedelta(days=5 * 365 + 1)

FORWARD = Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
"""The condition of a table's constraint: a period has at least one day."""


class Period(Protocol):
    """A row with a period."""

    @property
    def starts_on(self) -> date:
        """Return the first day."""

    @property
    def ends_on(self) -> date | None:
        """Return the first day after, None while nobody knows it."""


def require_near(on: date, *, today: date) -> None:
    """Refuse a day on which no unit or school begins, changes or ends: a slip in the year.

    :raises DayOutOfRange:
    """
    latest = today + FURTHEST_AHEAD
    if not EARLIEST_DAY <= on <= latest:
        raise DayOutOfRange(earliest=f"{EARLIEST_DAY:%d/%m/%Y}", latest=f"{latest:%d/%m/%Y}")


def in_force(on: date, path: str = "") -> Q:
    """Return the condition that a period holds on a day; `path` leads to the rows, "a__b"."""
    return Q(**{f"{_start(path)}starts_on__lte": on}) & not_over(on, path)


def not_over(on: date, path: str = "") -> Q:
    """Return the condition that a period holds on a day or later."""
    ends = f"{_start(path)}ends_on"
    return Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": on})


def holds(period: Period, on: date) -> bool:
    """Return whether a row's period holds on a day."""
    return period.starts_on <= on and (period.ends_on is None or period.ends_on > on)


def monday_of(on: date) -> date:
    """Return the Monday of a day's week."""
    return on - timedelta(days=on.weekday())


def last_day(ends_on: date) -> date:
    """Return the last day of a period that has an end, for people to read."""
    return ends_on - timedelta(days=1)


Days = tuple[date, date | None]
"""A half-open period of days as a plain value; None while nobody knows its end."""


def shared_days(one: Days, other: Days) -> Days | None:
    """Return the days two periods have in common."""
    ends = [end for end in (one[1], other[1]) if end is not None]
    starts_on, ends_on = max(one[0], other[0]), min(ends, default=None)
    return (starts_on, ends_on) if ends_on is None or starts_on < ends_on else None


def days_without(periods: Iterable[Days], hole: Days) -> list[Days]:
    """Return periods without the days of another one."""
    left: list[Days] = []
    for period in periods:
        before = shared_days(period, (date.min, hole[0]))
        after = shared_days(period, (hole[1], None)) if hole[1] is not None else None
        left += [part for part in (before, after) if part is not None]
    return left


def _start(path: str) -> str:
    return f"{path}__" if path else ""
