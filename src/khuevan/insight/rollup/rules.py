"""Pure arithmetic of counts: sums by two keys, shares, and numbers that are told rounded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log
from typing import TypeVar

ROUNDED_TO = 5
"""Counts that could tell who somebody is are rounded up or down to multiples of this."""

FEWEST = 20
"""Of fewer people nobody is told how they divide by what only some may know."""

CENSUS_DAYS = ((5, 31), (9, 30), (12, 31))
"""Month and day of the days on which schools are counted every year."""
_ODDS = 1.5
"""How many times likelier an answer may be at most because of a single person more or less."""

Key = TypeVar("Key")
Place = tuple[str, str]
TOTAL = ""
"""The key of a line's total: no line of a table has it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers by row and column, with every total among them under the key TOTAL."""

    rows: Sequence[str]
    cols: Sequence[str]
    numbers: Mapping[Place, int]
    is_rounded: bool = False
    """Whether its numbers are near the true ones only; then parts need not add up."""
    withheld: frozenset[Place] = field(default=frozenset())
    """Places that are not told: too few people to divide."""

    def at(self, row: str, col: str) -> int:
        """Return a number; a place that nothing was counted for is 0."""
        return self.numbers.get((row, col), 0)

    @property
    def total(self) -> int:
        """Return everything."""
        return self.at(TOTAL, TOTAL)


def with_totals(cells: Mapping[Place, int], rows: Sequence[str], cols: Sequence[str]) -> Table:
    """Return the table of some numbers: totals are sums of parts, so parts always add up."""
    numbers: dict[Place, int] = {}
    for (row, col), number in cells.items():
        for place in {(row, col), (row, TOTAL), (TOTAL, col), (TOTAL, TOTAL)}:
            numbers[place] = numbers.get(place, 0) + number
    return Table(rows, cols, numbers)


def rounded(
    table: Table,
    drawn: Callable[[Place, int], bytes],
    withheld: Collection[Place] = (),
    *,
    to: int = ROUNDED_TO,
) -> Table:
    """Return the table with each number, totals too, off by chance and rounded by itself.

    `drawn` gives the chance of a place: by whom it divides, never by whom it counts, else two
    answers that differ would prove the one person between them. What is `withheld` is not told.
    Lines of which nothing is left are left out.
    """
    hidden = frozenset(withheld)
    numbers = {
        place: blurred(number, drawn(place, number), to=to)
        for place, number in table.numbers.items()
        if place not in hidden
    }
    told = {place for place, number in numbers.items() if number}
    rows, cols = {row for row, _col in told}, {col for _row, col in told}
    return Table(
        [row for row in table.rows if row in rows],
        [col for col in table.cols if col in cols or col == TOTAL],
        numbers,
        is_rounded=True,
        withheld=hidden,
    )


def is_census_day(on: date) -> bool:
    """Return whether a day is one on which schools are counted."""
    return (on.month, on.day) in CENSUS_DAYS


def census_day_until(on: date) -> date:
    """Return the last day of counting up to a day."""
    days = [date(year, *day) for year in (on.year - 1, on.year) for day in CENSUS_DAYS]
    return max(day for day in days if day <= on)


def blurred(number: int, drawn: bytes, *, to: int = ROUNDED_TO) -> int:
    """Return a number off by chance, rounded: 0 may be told as 5, and 5 as 0.

    However many there are, one more makes no answer more than half again as likely, and none
    impossible: so an answer is no proof of anybody. `drawn` are sixteen bytes nobody can guess.
    """
    up, down = (
        int(log((int.from_bytes(part) + 1) / 2**64) / -log(_ODDS))
        for part in (drawn[:8], drawn[8:16])
    )
    return max(0, (number + up - down + to // 2) // to * to)


def permille(part: int, whole: int) -> int | None:
    """Return a share in tenths of a percent, half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def sums(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    """Return the sum of the numbers of each key."""
    found: dict[Key, int] = {}
    for key, number in pairs:
        found[key] = found.get(key, 0) + number
    return found
