"""Pure arithmetic of counts: sums by two keys, shares, and small numbers that are kept back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

SMALL = 5
"""Counts below this, but not 0, could tell who somebody is."""

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
    kept_back: frozenset[Place] = frozenset()

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


def keep_back_small(table: Table, *, small: int = SMALL) -> Table:
    """Return the table with small numbers kept back, and so many others that none can be inferred.

    In each row and each column, totals included, none or at least two numbers are kept back: the
    second one is the smallest that is left, a total only where nothing else is.
    """
    rows, cols = [*table.rows, TOTAL], [*table.cols, TOTAL] if table.cols != [TOTAL] else [TOTAL]
    lines = [[(row, col) for col in cols] for row in rows]
    lines += [[(row, col) for row in rows] for col in cols]
    lines = [line for line in lines if len(line) > 1]
    hidden = {place for line in lines for place in line if 0 < table.at(*place) < small}
    grows = True
    while grows:
        grows = False
        for line in lines:
            if sum(place in hidden for place in line) != 1:
                continue
            left = [place for place in line if place not in hidden and table.at(*place)]
            if left:
                hidden.add(min(left, key=lambda p: (TOTAL in p, table.at(*p), p)))
                grows = True
    return Table(table.rows, table.cols, table.numbers, frozenset(hidden))


def permille(part: int, whole: int) -> int | None:
    """Return a share in tenths of a percent, half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def sums(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    """Return the sum of the numbers of each key."""
    found: dict[Key, int] = {}
    for key, number in pairs:
        found[key] = found.get(key, 0) + number
    return found
