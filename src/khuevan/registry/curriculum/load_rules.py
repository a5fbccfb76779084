"""How much a teacher owes and does: norm, reductions, conversions, limits; in exact fractions.

Circular 05/2025 on the work of teachers, articles 3 and 7 to 13 (sheet CUR-05 to CUR-07).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

MOST_DUTIES = 2
"""Article 3: so many duties beside teaching at most."""
OVERTIME_SHARE = Fraction(1, 2)
"""Article 3: of the norm, the most periods a week above what is owed."""
LEADERS = frozenset({"PRINCIPAL", "VICE_PRINCIPAL"})
"""Article 8: no duty takes the place of their own lessons."""


@dataclass(frozen=True, slots=True)
class Norm:
    """Periods a week that somebody owes before reductions, and the text that says so."""

    who: str
    periods: int
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Reduction:
    """A duty or circumstance that takes periods off; `counts` among the duties, two at most."""

    code: str
    label: str
    periods: int
    counts: bool = True
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Taught:
    """Work that is credited: periods a week, times a factor."""

    what: str
    periods: Fraction
    factor: Fraction = Fraction(1)
    source: str = ""
    confidence: str = ""

    @property
    def credited(self) -> Fraction:
        """Return what it counts for."""
        return self.periods * self.factor


class LoadFault(Enum):
    """What is against the rules in a teacher's load."""

    TOO_MANY_DUTIES = "too many duties"
    OVERTIME = "overtime"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody owes and does a week, with what it is made of."""

    norm: Norm
    reductions: tuple[Reduction, ...]
    taught: tuple[Taught, ...]
    is_away: bool = False
    """On leave: nothing is owed meanwhile."""

    @property
    def reduced(self) -> Fraction:
        """Return what the duties take off; nothing from a principal or a deputy."""
        if self.norm.who in LEADERS:
            return Fraction(0)
        return Fraction(sum(one.periods for one in self.reductions))

    @property
    def duties(self) -> int:
        """Return how many duties count; rooms of several subjects are one."""
        return len({one.code for one in self.reductions if one.counts})

    @property
    def required(self) -> Fraction:
        """Return what is owed: the norm without the reductions, never below nothing."""
        if self.is_away:
            return Fraction(0)
        return max(Fraction(0), self.norm.periods - self.reduced)

    @property
    def credited(self) -> Fraction:
        """Return what is done."""
        return sum((one.credited for one in self.taught), Fraction(0))

    @property
    def over(self) -> Fraction:
        """Return by how much more is done than owed; negative where less is."""
        return self.credited - self.required

    @property
    def limit(self) -> Fraction:
        """Return how much more a week there may be."""
        return self.norm.periods * OVERTIME_SHARE

    @property
    def faults(self) -> tuple[LoadFault, ...]:
        """Return what is against the rules."""
        found = []
        if self.duties > MOST_DUTIES:
            found.append(LoadFault.TOO_MANY_DUTIES)
        if self.over > self.limit and not self.is_away:
            found.append(LoadFault.OVERTIME)
        if self.over < 0:
            found.append(LoadFault.UNDER)
        return tuple(found)


def load_of(
    norm: Norm,
    reductions: Iterable[Reduction],
    taught: Iterable[Taught],
    *,
    is_away: bool = False,
) -> Load:
    """Return somebody's load of a week."""
    return Load(norm, tuple(reductions), tuple(taught), is_away)


def assigned_weeks(
    plan: Sequence[int], said: Sequence[Sequence[int] | None]
) -> list[tuple[int, ...]]:
    """Return what each of a subject's teachers in a class gives, week by week.

    Of whom nothing is said (None) gives what the plan leaves: of several such, the first.
    """
    given = [one for one in said if one is not None]
    left = tuple(max(0, count - sum(one[week] for one in given)) for week, count in enumerate(plan))
    nothing = (0,) * len(plan)
    told: list[tuple[int, ...]] = []
    for one in said:
        told.append(left if one is None else tuple(one))
        if one is None:
            left = nothing
    return told


def uncovered(plan: Sequence[int], given: Iterable[Sequence[int]]) -> tuple[int, int]:
    """Return the most periods of a week that nobody gives, and that are given too many."""
    weeks = [count - sum(column) for count, column in _columns(plan, list(given))]
    return max(0, *weeks, 0), max(0, *(-one for one in weeks), 0)


def _columns(
    plan: Sequence[int], given: Sequence[Sequence[int]]
) -> Iterable[tuple[int, tuple[int, ...]]]:
    return ((count, tuple(one[week] for one in given)) for week, count in enumerate(plan))


Part = tuple[int, date, date | None]
"""Periods, from a day, to the day after the last."""


def most_at_once(parts: Iterable[Part], starts_on: date, ends_on: date | None) -> int:
    """Return the most periods that some duties take together on a day of a span."""
    found = [one for one in parts if ends_on is None or one[1] < ends_on]
    days = {starts_on, *(first for _count, first, _after in found if first > starts_on)}
    return max(sum(one[0] for one in found if _is_on(day, one)) for day in days)


def _is_on(day: date, part: Part) -> bool:
    _count, first, after = part
    return first <= day and (after is None or after > day)
