"""The periods in which marks are entered, and when, as the terms of a calendar propose: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import Days

PRIMARY, PRESCHOOL = "TH", "MN"
WEEK = timedelta(weeks=1)
MIDDLE_FROM, MIDDLE_WEEKS, END_WEEKS = 8, 2, 3
"""Tests in the middle of a primary school's term stand in its ninth week, those at its end in the
last three (ASM-21)."""
TERM_NAMES: Mapping[int, str | Promise] = {1: _("Term I"), 2: _("Term II")}
PRIMARY_NAMES: Mapping[int, str | Promise] = {
    1: _("Middle of term I"),
    2: _("End of term I"),
    3: _("Middle of term II"),
    4: _("End of the year"),
}
AGE_NAMES: Mapping[int, str | Promise] = {1: _("End of the age")}
"""Young children are assessed when an age is over, not by term."""


@dataclass(frozen=True, slots=True)
class ProposedWindow:
    """When the marks of a period may be entered, as the calendar proposes."""

    period: int
    opens_on: date
    closes_on: date


def names_of(level: str) -> Mapping[int, str | Promise]:
    """Return the periods of a level by number, with their names."""
    return {PRIMARY: PRIMARY_NAMES, PRESCHOOL: AGE_NAMES}.get(level, TERM_NAMES)


def period_name(level: str, period: int) -> str:
    """Return what a period of a level is called."""
    return str(names_of(level).get(period, period))


def proposed_windows(level: str, terms: Sequence[Days]) -> list[ProposedWindow]:
    """Return the windows that the terms of a level propose; none for a term without an end."""
    found: list[ProposedWindow] = []
    if level == PRESCHOOL:
        first, end = terms[-1] if terms else (None, None)
        return [ProposedWindow(1, end - END_WEEKS * WEEK, end)] if first and end else []
    for number, (first, end) in enumerate(terms[:2], start=1):
        if end is None:
            continue
        if level != PRIMARY:
            found.append(ProposedWindow(number, first, end))
            continue
        middle = first + MIDDLE_FROM * WEEK
        found.append(ProposedWindow(2 * number - 1, middle, middle + MIDDLE_WEEKS * WEEK))
        found.append(ProposedWindow(2 * number, max(first, end - END_WEEKS * WEEK), end))
    return found
