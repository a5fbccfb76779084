"""The arithmetic of figures: sums first, division last, half up; weeks of a term."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.insight.dashboard.rules import (
    Totals,
    add_up,
    gathered,
    is_over,
    share_of,
    tenths_of,
    week_of_term,
    year_before,
)

COUNTS = st.integers(min_value=0, max_value=3_000_000)
TOTALS = st.builds(Totals, pupils=COUNTS, complete=COUNTS, classes=COUNTS, schools=COUNTS)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (930, 1040, 894),  # 900 of 1.000, 30 of 40 and 0 of 0 together: never the mean of ratios
        (1, 3, 333),
        (2, 3, 667),
        (1, 8, 125),
        (1, 16, 63),  # 6,25 goes up
        (0, 5, 0),
        (5, 5, 1000),
        (0, 0, None),
        (7, 0, None),
    ],
)
def test_a_share_is_divided_last(numerator: int, denominator: int, expected: int | None) -> None:
    assert tenths_of(numerator, denominator) == expected


@given(COUNTS, st.integers(min_value=1, max_value=3_000_000))
def test_a_share_is_rounded_half_up(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator) * 1000
    assert tenths_of(numerator, denominator) == floor(exact + Fraction(1, 2))


@given(st.lists(TOTALS))
def test_totals_add_up_in_any_order(parts: list[Totals]) -> None:
    assert add_up(parts) == add_up(reversed(parts))
    assert add_up(parts).pupils == sum(part.pupils for part in parts)
    assert add_up([add_up(parts[:2]), add_up(parts[2:])]) == add_up(parts)


def test_nothing_adds_up_to_zero_of_everything() -> None:
    assert add_up([]) == Totals()
    assert Totals(pupils=1) + Totals(pupils=2, girls=1) == Totals(pupils=3, girls=1)


def test_parts_are_gathered_in_the_order_their_keys_appear() -> None:
    items = [("b", 1), ("a", 2), ("b", 3)]
    found = gathered(items, lambda item: item[0], lambda item: Totals(pupils=item[1]))
    assert list(found) == ["b", "a"]
    assert found["b"].pupils == 4


def test_all_but_one_is_never_all_and_one_never_none() -> None:
    assert share_of(9_999_999, 10_000_000) == 999
    assert share_of(1, 10_000_000) == 1
    assert share_of(10, 10) == 1000
    assert share_of(0, 10) == 0
    assert share_of(0, 0) is None
    assert share_of(2, 3) == tenths_of(2, 3)


def test_a_class_at_its_norm_is_not_over_it() -> None:
    assert not is_over(35, 35)
    assert is_over(36, 35)
    assert not is_over(99, None)


@pytest.mark.parametrize(
    ("on", "week"),
    [
        (date(2026, 9, 5), 1),  # the opening day is a Saturday: lessons begin on Monday
        (date(2026, 9, 7), 1),
        (date(2026, 9, 13), 1),
        (date(2026, 9, 14), 2),
        (date(2026, 11, 22), 11),
        (date(2027, 1, 10), 18),
        (date(2027, 1, 11), None),
        (date(2026, 9, 4), None),
    ],
)
def test_weeks_of_a_term(on: date, week: int | None) -> None:
    starts_on, ends_on = date(2026, 9, 5), date(2027, 1, 11)
    assert week_of_term(on, starts_on=starts_on, ends_on=ends_on) == week


def test_a_term_that_begins_in_the_week_counts_that_week() -> None:
    starts_on, ends_on = date(2025, 9, 3), date(2026, 1, 12)
    assert week_of_term(date(2025, 9, 7), starts_on=starts_on, ends_on=ends_on) == 1
    assert week_of_term(date(2025, 9, 8), starts_on=starts_on, ends_on=ends_on) == 2


def test_a_year_before_a_leap_day() -> None:
    assert year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert year_before(date(2026, 11, 22)) == date(2025, 11, 22)
