"""How numbers, dates and names look."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation

from khuevan.ui import formats


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234.5, None, "1.234,5"),
        (702418, None, "702.418"),
        (0, None, "0"),
        (None, None, "–"),
        (-2114, None, "−2.114"),
        (8.25, 1, "8,3"),
        (Decimal("-0.04"), 1, "0,0"),
        (98.1, 1, "98,1"),
        (70, 1, "70,0"),
    ],
)
def test_numbers_use_dots_commas_and_a_true_minus(
    value: float | None, places: int | None, shown: str
) -> None:
    assert formats.number(value, places) == shown


def test_a_change_carries_its_sign() -> None:
    assert [formats.signed(n) for n in (4206, -2114, 0, None)] == ["+4.206", "−2.114", "0", "–"]


@pytest.mark.parametrize(
    ("tenths", "shown"), [(75, "7,5"), (80, "8"), (100, "10"), (0, "0"), (None, "")]
)
def test_marks_hide_the_zero_of_a_whole_mark(tenths: int | None, shown: str) -> None:
    assert formats.tenths(tenths) == shown


def test_dates_and_times() -> None:
    moment = datetime(2026, 12, 29, 8, 15, tzinfo=UTC)

    assert formats.day(date(2026, 12, 29)) == "29/12/2026"
    assert formats.moment(moment) == "15:15, 29/12/2026"  # the clock here is seven hours ahead
    assert formats.moment(moment.replace(tzinfo=None)) == "08:15, 29/12/2026"
    assert formats.clock(time(7, 4)) == "07:04"
    assert formats.day(None) == formats.moment(None) == "–"


def test_the_weekday_is_in_the_readers_language() -> None:
    with translation.override("en"):
        assert formats.weekday(date(2026, 12, 29)) == "Tuesday, 29/12/2026"


def test_money() -> None:
    assert formats.money(690000) == "690.000 đ"


def test_initials_are_those_of_the_last_two_words() -> None:
    assert [formats.initials(name) for name in ("Phạm Minh Anh", "Đỗ Ánh", "Y", "")] == [
        "MA",
        "ĐÁ",
        "Y",
        "",
    ]


def test_a_personal_number_hides_its_middle() -> None:
    assert formats.masked("034315008482") == "034315 ••• 482"
    assert formats.masked("1234") == "•••"
