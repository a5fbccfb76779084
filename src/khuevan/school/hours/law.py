"""Limits of overtime as dated data, with their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khuevan.kernel.rule_rows import RuleRow, rule_rows

DATA = Path(__file__).parent / "data" / "limits.csv"
WEEK_PERCENT, YEAR_PERIODS = "WEEK_PERCENT", "YEAR_PERIODS"
NEVER = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(RuleRow):
    """How much above what is owed there may be."""

    code: str
    amount: int


def limit_on(code: str, on: date) -> Limit | None:
    """Return a limit on a day; None where no text of that day is known."""
    return next((one for one in rule_rows(DATA, Limit) if one.code == code and one.holds(on)), None)


def amount_of(limit: Limit | None) -> int:
    """Return the amount of a limit; more than anybody gives where none is known."""
    return limit.amount if limit is not None else NEVER
