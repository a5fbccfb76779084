"""How many classes the head-count norm counts for so many pupils (CUR-08): averages by zone.

They are averages and no limits: a class may be smaller or larger. `data/averages.csv` has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from khuevan.kernel.rule_rows import RuleRow, rule_rows

DATA = Path(__file__).parent / "data" / "averages.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageRow(RuleRow):
    """How many pupils a class of a level has on average in a zone."""

    level: str
    zone: int
    pupils: int


def average_of(level: str, zone: int, on: date) -> AverageRow | None:
    """Return how many pupils a class has on average; None where no text says so."""
    rows = rule_rows(DATA, AverageRow)
    return next(
        (row for row in rows if (row.level, row.zone) == (level, zone) and row.holds(on)), None
    )


def norm_classes(pupils: int, level: str, zone: int, on: date) -> Fraction | None:
    """Return how many classes so many pupils are by the averages; the office rounds."""
    row = average_of(level, zone, on)
    return None if row is None else Fraction(pupils, row.pupils)
