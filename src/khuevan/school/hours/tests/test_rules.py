"""What is above what is owed: the sheet's examples, and what must hold of any year."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.school.hours.rules import (
    Closed,
    Counting,
    Hours,
    HoursFault,
    WeekWork,
    carried_over,
    faults_of,
    hours_by_month,
    month_of,
    month_span,
    weeks_of,
)

MONDAY = date(2026, 11, 2)
WEEK = timedelta(days=7)

periods = st.integers(0, 60).map(lambda count: Fraction(count, 2))
shares = st.integers(0, 6).map(lambda count: Fraction(count, 6))
works = st.lists(st.tuples(periods, periods, shares), min_size=1, max_size=40).map(
    lambda rows: [
        WeekWork(MONDAY + WEEK * at, Fraction(19), required, share, held)
        for at, (required, held, share) in enumerate(rows)
    ]
)


def week(norm: int, required: int, held: float, converted: int = 0, elsewhere: int = 0) -> WeekWork:
    """Return a whole week of somebody."""
    return WeekWork(
        MONDAY,
        Fraction(norm),
        Fraction(required),
        Fraction(1),
        Fraction(held),
        Fraction(converted),
        Fraction(elsewhere),
    )


def month(*weeks: WeekWork, counting: Counting = Counting.WEEK) -> Hours:
    """Return the first month of some weeks."""
    return next(iter(hours_by_month(weeks, counting).values()))


@pytest.mark.parametrize(
    ("given_week", "over", "is_beyond"),
    [
        (week(19, 12, 14), 2, False),
        (week(23, 19, 19), 0, False),
        (week(17, 17, 26), 9, True),
        (week(17, 17, 25.5), 8.5, False),
        (week(19, 19, 12, elsewhere=8), 1, False),
        (week(19, 19, 4, converted=15), 0, False),
    ],
    ids=["duties", "met", "beyond half", "half", "two schools", "converted"],
)
def test_the_examples_of_the_sheet(given_week: WeekWork, over: float, is_beyond: bool) -> None:
    hours = month(given_week)
    assert hours.over == Fraction(over)
    faults = faults_of(hours, week_percent=50, year_periods=200)
    assert (HoursFault.WEEK_LIMIT in faults) is is_beyond


def test_a_week_below_takes_nothing_off_by_week_and_is_set_off_by_year() -> None:
    weeks = [
        week(19, 19, 15),
        WeekWork(MONDAY + WEEK, Fraction(19), Fraction(19), held=Fraction(22)),
    ]
    assert month(*weeks).over == 3
    assert month(*weeks, counting=Counting.YEAR).over == 0
    assert month(*weeks).balance == -1


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    assert month_of(date(2026, 11, 30)) == date(2026, 12, 1)
    assert month_of(date(2026, 10, 31)) == date(2026, 10, 1)
    assert weeks_of(date(2026, 11, 1)) == [MONDAY + WEEK * at for at in range(4)]
    assert month_span(date(2026, 12, 1)) == (date(2026, 11, 30), date(2027, 1, 3))


@given(st.dates(date(2000, 1, 1), date(2100, 12, 1)))
def test_every_week_is_in_one_month_and_no_week_is_lost(on: date) -> None:
    first, last = month_span(on)
    after = (on.replace(day=1) + timedelta(days=31)).replace(day=1)
    assert month_span(after)[0] == last + timedelta(days=1)
    assert len(weeks_of(on)) in (4, 5)
    assert month_of(first) == month_of(last) == on.replace(day=1)


@given(works, st.sampled_from(Counting))
def test_months_add_up_to_the_year(weeks: list[WeekWork], counting: Counting) -> None:
    months = list(hours_by_month(weeks, counting).values())
    told = sum(one.over for one in months)
    total = sum(one.difference for one in weeks)
    by_week = sum(max(Fraction(0), one.difference) for one in weeks)
    assert told == months[-1].year_over
    assert told == (by_week if counting is Counting.WEEK else max(Fraction(0), total))
    assert months[-1].balance == total
    assert by_week >= max(Fraction(0), total)


@given(works)
def test_a_week_that_does_not_count_changes_nothing(weeks: list[WeekWork]) -> None:
    stranger = WeekWork(MONDAY, Fraction(19), Fraction(0), held=Fraction(30), counts=False)
    without = hours_by_month(weeks, Counting.YEAR)
    beside = hours_by_month([*weeks, stranger], Counting.YEAR)
    assert [one.over for one in beside.values()] == [one.over for one in without.values()]


@given(st.lists(st.lists(periods, min_size=4, max_size=4), min_size=1, max_size=5))
def test_closed_months_and_what_they_carry_come_to_what_was_given(
    recounts: list[list[Fraction]],
) -> None:
    """However often figures change, each closing tells the difference once."""
    closed: dict[date, Closed] = {}
    for at, live_figures in enumerate(recounts):
        live = {date(2026, 9 + place, 1): figure for place, figure in enumerate(live_figures)}
        on = date(2026, 9 + at % 4, 1)
        if on in closed:
            continue
        carried = carried_over(live, closed)
        closed[on] = Closed(live[on], carried)
        told = sum(one.over + one.carried for one in closed.values())
        assert told == sum(live[month] for month in closed)
        assert carried_over(live, closed) == 0
