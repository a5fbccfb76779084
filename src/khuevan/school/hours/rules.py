"""What a teacher gave above what was owed: by week or by year, month by month; exact fractions.

Circular 05/2025, articles 3, 7 and 13. How a month is cut out of weeks and years no text at hand
says: a week belongs to the month of its Thursday, and a school says whether it counts by week or
by year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import cached_property

from khuevan.kernel.periods import monday_of

WEEK = timedelta(days=7)
TO_THURSDAY = timedelta(days=3)
NOTHING = Fraction(0)


class Counting(Enum):
    """What is set off against what."""

    WEEK = "WEEK"
    YEAR = "YEAR"


class HoursFault(Enum):
    """What is against the rules in what somebody gave."""

    WEEK_LIMIT = "week limit"
    YEAR_LIMIT = "year limit"


@dataclass(frozen=True)
class WeekWork:
    """A week of somebody: what was owed, and what was given, of which kinds."""

    monday: date
    norm: Fraction = NOTHING
    """Periods of the norm; of it half may be given above what is owed."""
    required: Fraction = NOTHING
    """Periods owed in a whole week: the norm without reductions."""
    share: Fraction = Fraction(1)
    """Which part of the week counts: without holidays, leave, and days outside the position."""
    held: Fraction = NOTHING
    converted: Fraction = NOTHING
    elsewhere: Fraction = NOTHING
    counts: bool = True
    """Whether it is set off here: not at a second school, nor where no norm is known."""

    @cached_property
    def owed(self) -> Fraction:
        """Return what was owed in this very week."""
        return self.required * self.share

    @cached_property
    def given(self) -> Fraction:
        """Return all that was given."""
        return self.held + self.converted + self.elsewhere

    @cached_property
    def difference(self) -> Fraction:
        """Return by how much more was given than owed; below nothing where it was less."""
        return self.given - self.owed if self.counts else NOTHING


@dataclass(frozen=True, slots=True)
class Hours:
    """A month of somebody: its weeks, what was given above, and the balance of the year."""

    weeks: tuple[WeekWork, ...]
    over: Fraction
    """Periods above what was owed, as the school counts them."""
    balance: Fraction
    """Of the year so far, given without owed."""
    year_over: Fraction
    """Above what was owed, of the year so far."""

    @property
    def owed(self) -> Fraction:
        """Return what was owed in the month."""
        return sum((one.owed for one in self.weeks), NOTHING)

    @property
    def held(self) -> Fraction:
        """Return the periods held here."""
        return sum((one.held for one in self.weeks), NOTHING)

    @property
    def converted(self) -> Fraction:
        """Return what other work counts for."""
        return sum((one.converted for one in self.weeks), NOTHING)

    @property
    def elsewhere(self) -> Fraction:
        """Return the periods held at other schools."""
        return sum((one.elsewhere for one in self.weeks), NOTHING)

    @property
    def given(self) -> Fraction:
        """Return all that was given."""
        return self.held + self.converted + self.elsewhere


def month_of(on: date) -> date:
    """Return the first day of the month to which a day's week belongs: that of its Thursday."""
    thursday = monday_of(on) + TO_THURSDAY
    return thursday.replace(day=1)


def weeks_of(month: date) -> list[date]:
    """Return the Mondays of the weeks that belong to a month."""
    monday = monday_of(month.replace(day=1))
    found = []
    while month_of(monday) <= month.replace(day=1):
        if month_of(monday) == month.replace(day=1):
            found.append(monday)
        monday += WEEK
    return found


def month_span(month: date) -> tuple[date, date]:
    """Return the first day of a month's first week and the last of its last one."""
    mondays = weeks_of(month)
    return mondays[0], mondays[-1] + WEEK - timedelta(days=1)


def hours_by_month(weeks: Iterable[WeekWork], counting: Counting) -> dict[date, Hours]:
    """Return the months of a year's weeks, in order, each with what was given above.

    By week, each week that is above counts, and one below takes nothing off. By year a month has
    what it adds to what the whole year so far is above: below nothing where it takes some back.
    """
    by_month: dict[date, list[WeekWork]] = {}
    for one in sorted(weeks, key=lambda week: week.monday):
        by_month.setdefault(month_of(one.monday), []).append(one)
    found, balance, year_over = {}, NOTHING, NOTHING
    for month, own in by_month.items():
        balance += sum((one.difference for one in own), NOTHING)
        if counting is Counting.WEEK:
            over = sum((max(NOTHING, one.difference) for one in own), NOTHING)
        else:
            over = max(NOTHING, balance) - year_over
        year_over += over
        found[month] = Hours(tuple(own), over, balance, year_over)
    return found


def faults_of(hours: Hours, *, week_percent: int, year_periods: int) -> list[HoursFault]:
    """Return which limits a month goes beyond: half the norm in a week, the total of the year."""
    found = []
    if any(one.difference > one.norm * Fraction(week_percent, 100) for one in hours.weeks):
        found.append(HoursFault.WEEK_LIMIT)
    if hours.year_over > year_periods:
        found.append(HoursFault.YEAR_LIMIT)
    return found


@dataclass(frozen=True, slots=True)
class Closed:
    """What was kept of somebody when a month was closed."""

    over: Fraction
    carried: Fraction = NOTHING
    """Corrections of months closed before, as they were told with this one."""


def correction(live: Fraction, closed: Closed | None) -> Fraction:
    """Return by how much a closed month would be otherwise now."""
    return live - closed.over if closed is not None else NOTHING


def carried_over(live: Mapping[date, Fraction], closed: Mapping[date, Closed]) -> Fraction:
    """Return the corrections of closed months that no closed month has told yet.

    What is told over a year, closed months and what they carry, comes to what was really given.
    """
    owing = sum((correction(live.get(on, NOTHING), one) for on, one in closed.items()), NOTHING)
    return owing - sum((one.carried for one in closed.values()), NOTHING)


def share_of(days: Sequence[date], *, usual: int) -> Fraction:
    """Return which part of a week some of its days are."""
    return Fraction(len(days), usual) if usual else NOTHING
