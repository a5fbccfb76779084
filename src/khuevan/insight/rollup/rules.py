"""Pure arithmetic of counts: sums by two keys, shares, and numbers that are told rounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

ROUNDED_TO = 5
"""Counts that could tell who somebody is are rounded up or down to multiples of this."""

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


def rounded(table: Table, keys: Mapping[Place, int], *, to: int = ROUNDED_TO) -> Table:
    """Return the table with each number, totals too, rounded up or down by itself.

    `keys` tell whom a number counts: the same people get the same answer in whatever table they
    stand. How far a number lies above a multiple is how likely it goes up, so sums stay fair; what
    is shown as 0 may be a few, and no difference of two shown numbers is sure to be anybody.
    Lines of which nothing is left are left out.
    """
    numbers = {
        place: _rounded(number, keys.get(place, 0), to) for place, number in table.numbers.items()
    }
    told = {place for place, number in numbers.items() if number}
    rows, cols = {row for row, _col in told}, {col for _row, col in told}
    return Table(
        [row for row in table.rows if row in rows],
        [col for col in table.cols if col in cols or col == TOTAL],
        numbers,
        is_rounded=True,
    )


def _rounded(number: int, key: int, to: int) -> int:
    low = number - number % to
    drawn = int.from_bytes(blake2b(f"{number}:{key}".encode(), digest_size=8).digest()) % to
    return low + to if drawn < number % to else low


def permille(part: int, whole: int) -> int | None:
    """Return a share in tenths of a percent, half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def sums(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    """Return the sum of the numbers of each key."""
    found: dict[Key, int] = {}
    for key, number in pairs:
        found[key] = found.get(key, 0) + number
    return found
