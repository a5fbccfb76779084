"""When somebody reaches the age of retirement: ages by sex and year, as `data/` has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from khuevan.kernel.rule_rows import RuleRow, rule_rows

TABLE = Path(__file__).parent / "data" / "retirement.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirementAge(RuleRow):
    """The age, in months, at which people of a sex retire who reach it in these years."""

    sex: str
    months: int


def retires_on(sex: str, birth_date: date) -> date:
    """Return the first day of the month after somebody reaches the age of retirement.

    Whose sex the table doesn't know retires as late as a man.
    """
    return _first_day_after(*_reached(sex, birth_date.year, birth_date.month))


def retirement_rule(sex: str, birth_date: date) -> RetirementAge:
    """Return the row by which somebody retires: how old, by which text, how sure that is."""
    year, month = _reached(sex, birth_date.year, birth_date.month)
    return _row(sex, year, month)


@cache
def _reached(sex: str, year: int, month: int) -> tuple[int, int]:
    """Return year and month in which somebody born in a month reaches the age."""
    born = year * 12 + month - 1
    at = born + min(row.months for row in rule_rows(TABLE, RetirementAge))
    while at < born + _row(sex, at // 12, at % 12 + 1).months:
        at += 1
    return at // 12, at % 12 + 1


def _row(sex: str, year: int, month: int) -> RetirementAge:
    rows = rule_rows(TABLE, RetirementAge)
    of_sex = [row for row in rows if row.sex == sex] or [row for row in rows if row.sex == "MALE"]
    on = date(year, month, 1)
    return next((row for row in of_sex if row.holds(on)), of_sex[0])


def _first_day_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)
