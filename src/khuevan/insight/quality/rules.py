"""The score of a school, as arithmetic: the weighted share of checked cells that are right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """So many cells were checked for one rule, so many of them are wrong."""

    checked: int
    wrong: int
    weight: int

    @property
    def cost(self) -> int:
        """Return how much the wrong cells take from the score, in points."""
        return self.wrong * self.weight


def points_of(tallies: Iterable[Tally]) -> tuple[int, int]:
    """Return the points lost, and the points there are."""
    lost = whole = 0
    for one in tallies:
        lost += one.cost
        whole += one.checked * one.weight
    return lost, whole


def score_of(lost: int, whole: int) -> int | None:
    """Return the score in hundredths of a percent, None where nothing was checked.

    Rounded down: 100 is told of a school only when nothing at all is wrong.
    """
    return (whole - lost) * WHOLE // whole if whole else None


def gain_of(tally: Tally, whole: int) -> int:
    """Return by how many hundredths of a percent the score rises once a rule has no fault left."""
    return round(tally.cost * WHOLE / whole) if whole else 0
