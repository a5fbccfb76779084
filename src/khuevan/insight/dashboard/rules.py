"""Pure arithmetic of figures: parts that add up, shares that are divided last, weeks of a term."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from operator import attrgetter
from typing import TypeVar

from khuevan.kernel.periods import monday_of

SATURDAY = 5

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything the figures are made of, for any set of pupils, classes, schools; it adds up."""

    pupils: int = 0
    girls: int = 0
    with_number: int = 0
    with_birth_date: int = 0
    with_ethnicity: int = 0
    with_phone: int = 0
    complete: int = 0
    contradicting: int = 0
    unplaced: int = 0
    placed: int = 0
    classes: int = 0
    filled_classes: int = 0
    norm_classes: int = 0
    over_norm: int = 0
    schools: int = 0
    listed_schools: int = 0
    staff: int = 0

    def __add__(self, other: Totals) -> Totals:
        return add_up((self, other))


_values = attrgetter(*(field.name for field in fields(Totals)))


def add_up(parts: Iterable[Totals]) -> Totals:
    """Return the sum of the parts; nothing at all is zero of everything."""
    columns = zip(*map(_values, parts), strict=True)
    return Totals(*map(sum, columns))


def gathered(
    items: Iterable[Item], key: Callable[[Item], Key], part: Callable[[Item], Totals]
) -> dict[Key, Totals]:
    """Return the sums of the items' parts by key, in the order the keys first appear."""
    groups: dict[Key, list[Totals]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(part(item))
    return {name: add_up(parts) for name, parts in groups.items()}


def tenths_of(numerator: int, denominator: int, *, scale: int = 1000) -> int | None:
    """Return a quotient in tenths (of a percent by default), half up; None over nothing."""
    if denominator == 0:
        return None
    return (2 * scale * numerator + denominator) // (2 * denominator)


def share_of(numerator: int, denominator: int) -> int | None:
    """Return a share in tenths of a percent; 100,0 means all and 0,0 none, however near."""
    tenths = tenths_of(numerator, denominator)
    if tenths is None or numerator in (0, denominator):
        return tenths
    return min(max(tenths, 1), 999)


def is_over(size: int, norm: int | None) -> bool:
    """Return whether a class holds more pupils than its norm; without a norm it never does."""
    return norm is not None and size > norm


def week_of_term(on: date, *, starts_on: date, ends_on: date) -> int | None:
    """Return the week of a term that holds a day; a term opened on a weekend counts from Monday."""
    if not starts_on <= on < ends_on:
        return None
    monday = monday_of(starts_on)
    if starts_on.weekday() >= SATURDAY:
        monday += timedelta(days=7)
    return max((monday_of(on) - monday).days // 7 + 1, 1)


def year_before(on: date) -> date:
    """Return the same day one year earlier; 29 February becomes 28 February."""
    year = max(on.year - 1, 1)
    try:
        return on.replace(year=year)
    except ValueError:
        return on.replace(year=year, day=28)
