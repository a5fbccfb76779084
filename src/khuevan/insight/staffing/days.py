"""The day for which a school's teachers are counted: today, or one of the years known."""

from __future__ import annotations

from datetime import date, timedelta

from khuevan.ui.forms import typed_day

FIRST = date(2015, 8, 1)
AHEAD = timedelta(days=366)


def fitted_day(asked: date | None, today: date) -> date:
    """Return the day asked for where it can be counted, else today."""
    if asked is None or not FIRST <= asked <= today + AHEAD:
        return today
    return asked


def read_day(text: str, today: date) -> date:
    """Return the day that somebody wrote, 1/9/2026 or 2026-09-01; today where none is read."""
    return fitted_day(typed_day(text), today)
