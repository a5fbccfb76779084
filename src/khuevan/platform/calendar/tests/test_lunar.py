"""The lunar calendar against known days of Tết, the Hùng Kings' day and leap months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.platform.calendar.lunar import (
    LunarDate,
    lunar_from_solar,
    lunar_new_year,
    solar_from_lunar,
)

TET = [
    "2000-02-05", "2001-01-24", "2002-02-12", "2003-02-01", "2004-01-22", "2005-02-09",
    "2006-01-29", "2007-02-17", "2008-02-07", "2009-01-26", "2010-02-14", "2011-02-03",
    "2012-01-23", "2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28",
    "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22",
    "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13",
    "2030-02-02",
]  # fmt: skip


@pytest.mark.parametrize("tet", TET)
def test_tet_falls_on_its_known_day(tet: str) -> None:
    day = date.fromisoformat(tet)
    assert lunar_new_year(day.year) == day


def test_tet_of_1985_came_a_month_before_chinas() -> None:
    assert lunar_new_year(1985) == date(1985, 1, 21)


@pytest.mark.parametrize(
    "day",
    [
        "2020-04-02",
        "2021-04-21",
        "2022-04-10",
        "2023-04-29",
        "2024-04-18",
        "2025-04-07",
        "2026-04-26",
    ],
)
def test_the_hung_kings_day_is_the_tenth_of_the_third_month(day: str) -> None:
    solar = date.fromisoformat(day)
    assert solar_from_lunar(LunarDate(solar.year, 3, 10)) == solar


@pytest.mark.parametrize(
    ("year", "month"),
    [
        (2001, 4),
        (2004, 2),
        (2006, 7),
        (2009, 5),
        (2012, 4),
        (2014, 9),
        (2017, 6),
        (2020, 4),
        (2023, 2),
        (2025, 6),
    ],
)
def test_leap_months_are_where_almanacs_have_them(year: int, month: int) -> None:
    leap = solar_from_lunar(LunarDate(year, month, 1, is_leap=True))
    assert lunar_from_solar(leap - timedelta(days=1)).month == month


def test_a_year_without_that_leap_month_refuses_it() -> None:
    with pytest.raises(ValueError, match="no such lunar day"):
        solar_from_lunar(LunarDate(2026, 4, 1, is_leap=True))


def test_a_month_never_has_a_thirty_first_day() -> None:
    with pytest.raises(ValueError, match="no such lunar day"):
        solar_from_lunar(LunarDate(2026, 1, 31))


@given(st.dates(date(1968, 2, 1), date(2060, 12, 31)))
def test_there_and_back_again(day: date) -> None:
    assert solar_from_lunar(lunar_from_solar(day)) == day


@given(st.dates(date(1968, 2, 1), date(2060, 12, 31)))
def test_days_follow_each_other(day: date) -> None:
    today, tomorrow = lunar_from_solar(day), lunar_from_solar(day + timedelta(days=1))
    assert tomorrow.day in (today.day + 1, 1)
    assert today.day < 29 or tomorrow.day in (1, 30)
