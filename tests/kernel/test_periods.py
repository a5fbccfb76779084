"""Periods: the row's own answer and the query's are one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.kernel.periods import holds, in_force, last_day, not_over
from khuevan.platform.areas.api import Area

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@dataclass
class Held:
    """A period."""

    starts_on: date
    ends_on: date | None


@given(DAYS, st.integers(1, 400), st.integers(-3, 403))
def test_a_period_begins_on_its_first_day_and_ends_before_its_last(
    first: date, days: int, after: int
) -> None:
    period = Held(first, first + timedelta(days=days))
    assert holds(period, first + timedelta(days=after)) == (0 <= after < days)


@given(DAYS, st.integers(1, 400))
def test_the_last_day_is_the_last_on_which_it_holds(first: date, days: int) -> None:
    ends_on = first + timedelta(days=days)
    assert holds(Held(first, ends_on), last_day(ends_on))
    assert not holds(Held(first, ends_on), last_day(ends_on) + timedelta(days=1))


@given(DAYS, DAYS)
def test_without_an_end_it_holds_on(first: date, on: date) -> None:
    assert holds(Held(first, None), on) == (on >= first)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None)
@given(DAYS)
def test_queries_say_the_same(on: date) -> None:
    rows = list(Area.objects.all())
    assert {row.ends_on is None for row in rows} == {True, False}
    found = Area.objects.filter(in_force(on)).values_list("pk", flat=True)
    assert set(found) == {row.pk for row in rows if holds(row, on)}
    later = Area.objects.filter(not_over(on)).values_list("pk", flat=True)
    assert set(later) == {row.pk for row in rows if row.ends_on is None or row.ends_on > on}
