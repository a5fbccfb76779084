"""Periods that follow from facts, compared with the plainest model: a set of days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.periods import Days
from khuevan.platform.access.rules import fit_periods

FIRST = date(2026, 1, 1)
SPAN = 40


def days(listed: list[Days]) -> list[date]:
    """Return every day of the periods, one for each period that holds on it."""
    window = [FIRST + timedelta(days=i) for i in range(SPAN + 5)]
    return [d for d in window for start, end in listed if start <= d and (end is None or d < end)]


def periods(cuts: set[int], *, is_open: bool) -> list[Days]:
    """Return periods that don't overlap, between days that are cut; the last one may be open."""
    ordered = sorted(cuts)
    found: list[Days] = [
        (FIRST + timedelta(days=a), FIRST + timedelta(days=b))
        for a, b in zip(ordered[::2], ordered[1::2], strict=False)
    ]
    if found and is_open:
        found[-1] = (found[-1][0], None)
    return found


def apart() -> st.SearchStrategy[list[Days]]:
    """Draw periods that don't overlap."""
    return st.builds(periods, st.sets(st.integers(0, SPAN), max_size=8), is_open=st.booleans())


@given(apart(), apart(), st.integers(0, SPAN))
def test_the_wanted_days_hold_from_the_day_on_and_the_past_stays(
    held: list[Days], wanted: list[Days], offset: int
) -> None:
    on = FIRST + timedelta(days=offset)
    fit = fit_periods([one for one in held if one[1] is None or one[1] >= on], wanted, on=on)
    over = [one for one in held if one[1] is not None and one[1] < on]
    found = days([*over, *(one for one in fit.kept if one), *fit.new])
    assert found == sorted(set(found))
    assert [d for d in found if d < on] == [d for d in days(held) if d < on]
    assert [d for d in found if d >= on] == [d for d in days(wanted) if d >= on]


@given(apart(), st.integers(0, SPAN))
def test_what_fits_already_is_left_alone(held: list[Days], offset: int) -> None:
    on = FIRST + timedelta(days=offset)
    standing = [one for one in held if one[1] is None or one[1] >= on]
    fit = fit_periods(standing, held, on=on)
    assert (list(fit.kept), list(fit.new)) == (standing, [])
