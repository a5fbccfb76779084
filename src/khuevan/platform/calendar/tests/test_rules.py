"""Working days, time limits and expected holidays, by the examples of the law and property."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.platform.calendar import rules
from khuevan.platform.calendar.rules import WorkingCalendar


def calendar(*years: int, worked: tuple[date, ...] = ()) -> WorkingCalendar:
    """Build the calendar that the law alone gives."""
    off = {holiday.on for year in years for holiday in rules.expected_holidays(year)}
    return WorkingCalendar(frozenset(off), frozenset(worked))


LAW_2026 = calendar(2026, 2027)
days = st.dates(date(2024, 1, 1), date(2035, 12, 31))
limits = st.integers(0, 60)
calendars = st.builds(
    WorkingCalendar,
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=30),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=5),
)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        (date(2026, 11, 20), 5, date(2026, 11, 30)),  # Friday; Culture Day falls inside
        (date(2026, 2, 9), 20, date(2026, 3, 16)),  # Tết falls inside
        (date(2026, 11, 23), 2, date(2026, 11, 26)),  # acknowledging a request for data
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # received on a Saturday
        (date(2026, 8, 20), 3, date(2026, 8, 25)),  # a transfer answered within three working days
        (date(2026, 11, 23), 1, date(2026, 11, 25)),  # and the pupil placed within one
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over New Year
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_a_limit_in_working_days_ends(start: date, limit: int, due: date) -> None:
    assert rules.add_working_days(start, limit, LAW_2026) == due


def test_culture_day_moves_a_limit_by_one_day() -> None:
    without = WorkingCalendar(LAW_2026.days_off - {date(2026, 11, 24)})
    assert rules.add_working_days(date(2026, 11, 20), 5, without) == date(2026, 11, 27)


def test_a_limit_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="fewer"):
        rules.add_working_days(date(2026, 1, 5), -1, LAW_2026)


def test_a_swapped_saturday_is_worked_and_its_monday_is_not() -> None:
    swapped = WorkingCalendar(frozenset({date(2026, 8, 31)}), frozenset({date(2026, 8, 22)}))
    assert rules.is_working_day(date(2026, 8, 22), swapped)
    assert not rules.is_working_day(date(2026, 8, 31), swapped)
    assert rules.add_working_days(date(2026, 8, 21), 1, swapped) == date(2026, 8, 22)


@pytest.mark.parametrize(
    ("received_at", "due"),
    [
        (datetime(2026, 11, 18, 14, 50), date(2026, 11, 18)),  # noqa: DTZ001
        (datetime(2026, 11, 18, 15, 0), date(2026, 11, 18)),  # noqa: DTZ001
        (datetime(2026, 11, 18, 15, 10), date(2026, 11, 19)),  # noqa: DTZ001
        (datetime(2026, 11, 23, 16, 0), date(2026, 11, 25)),  # noqa: DTZ001
        (datetime(2026, 11, 22, 9, 0), date(2026, 11, 23)),  # noqa: DTZ001
    ],
)
def test_within_the_working_day_depends_on_three_o_clock(received_at: datetime, due: date) -> None:
    assert rules.same_working_day(received_at, LAW_2026) == due


def test_calendar_days_run_through_holidays_but_do_not_end_on_one() -> None:
    assert rules.add_days(date(2026, 11, 23), 10, LAW_2026) == date(2026, 12, 3)
    assert rules.add_days(date(2026, 11, 14), 10, LAW_2026) == date(2026, 11, 25)


@given(days, limits, calendars)
def test_counting_undoes_adding(start: date, limit: int, some: WorkingCalendar) -> None:
    due = rules.add_working_days(start, limit, some)
    assert rules.working_days_between(start, due, some) == limit
    assert rules.working_days_between(due, start, some) == -limit


@given(days, st.integers(1, 60), calendars)
def test_a_limit_ends_on_a_working_day(start: date, limit: int, some: WorkingCalendar) -> None:
    due = rules.add_working_days(start, limit, some)
    assert rules.is_working_day(due, some)
    assert due >= start + timedelta(days=limit)


@given(st.integers(1990, 2060))
def test_every_year_has_eleven_days_or_twelve(year: int) -> None:
    statutory = [day for day in rules.expected_holidays(year) if day.kind != "MADE_UP"]
    assert len(statutory) == (12 if year >= 2026 else 11)


@given(st.integers(1990, 2060))
def test_a_made_up_day_is_a_weekday_of_its_own(year: int) -> None:
    holidays = rules.expected_holidays(year)
    made_up = [day.on for day in holidays if day.kind == "MADE_UP"]
    assert all(day.weekday() < rules.SATURDAY for day in made_up)
    assert len({day.on for day in holidays} - set(made_up)) + len(made_up) == len(
        {day.on for day in holidays}
    )


@pytest.mark.parametrize(
    ("year", "second"),
    [(2021, 3), (2022, 1), (2023, 1), (2024, 3), (2025, 1), (2026, 1)],
)
def test_the_second_national_day_is_the_one_the_notices_chose(year: int, second: int) -> None:
    chosen = {day.on.day for day in rules.expected_holidays(year) if day.kind == "NATIONAL_DAY"}
    assert chosen == {2, second}
