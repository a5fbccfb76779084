"""The structure of the personal number: refused formats, warned contradictions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.personal_number import (
    BIRTH_PROVINCES,
    Contradiction,
    FormatFault,
    birth_year_of,
    check_format,
    contradictions,
    grouped,
    sex_of,
)

numbers = st.text("0123456789", min_size=12, max_size=12)


@pytest.mark.parametrize(
    "text",
    ["079215001234", " 079215 001 234 ", "079.215.001.234", "'079215001234", "079215001234.0"],
)
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    checked = check_format(text)
    assert checked.is_valid
    assert checked.digits == "079215001234"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", FormatFault.EMPTY),
        ("  ", FormatFault.EMPTY),
        ("07921500123O", FormatFault.NOT_DIGITS),
        ("7,92E+10", FormatFault.NOT_DIGITS),
        ("\u0660" * 12, FormatFault.NOT_DIGITS),
        ("79215001234", FormatFault.LOST_ZERO),
        ("1215001234", FormatFault.LOST_ZERO),
        ("07921500123", FormatFault.TOO_SHORT),
        ("123456789", FormatFault.OLD_CARD),
        ("0792150012345", FormatFault.TOO_LONG),
    ],
)
def test_a_wrong_format_is_refused(text: str, fault: FormatFault) -> None:
    assert check_format(text).fault is fault


def test_a_lost_zero_is_offered_back_but_not_put_back() -> None:
    checked = check_format("79215001234.0")
    assert (checked.is_valid, checked.suggestion) == (False, "079215001234")


@pytest.mark.parametrize(
    ("number", "sex", "born", "expected"),
    [
        ("079215001234", "MALE", date(2015, 3, 1), []),
        ("079315001234", "FEMALE", date(2015, 3, 1), []),
        ("079215001234", "MALE", date(2014, 12, 31), [Contradiction.BIRTH_YEAR]),
        ("079215001234", "FEMALE", date(2015, 3, 1), [Contradiction.SEX]),
        ("042085000001", "MALE", date(1985, 1, 1), []),
        ("042185000001", "FEMALE", date(1985, 1, 1), []),
        ("042285000001", "MALE", date(1985, 1, 1), [Contradiction.BIRTH_YEAR]),
        ("007215001234", "MALE", date(2015, 3, 1), [Contradiction.PROVINCE]),
        ("079215001234", None, None, []),
        ("000000000000", "FEMALE", date(2015, 3, 1), list(Contradiction)),
    ],
)
def test_contradictions_are_listed(
    number: str, sex: str | None, born: date | None, expected: list[Contradiction]
) -> None:
    assert set(contradictions(number, sex=sex, birth_date=born)) == set(expected)


def test_known_places_are_given_by_the_caller() -> None:
    assert contradictions("101215001234", known_province_codes={"101"}) == []


def test_old_and_new_provinces_are_known() -> None:
    assert len(BIRTH_PROVINCES) == 63
    assert {"001", "042", "079", "087", "096"} <= BIRTH_PROVINCES


def test_grouped_for_the_eye() -> None:
    assert grouped("034215004118") == "034215 004 118"
    assert grouped("123") == "123"


@given(numbers)
def test_a_number_agrees_with_what_it_says(number: str) -> None:
    born = date(birth_year_of(number), 6, 1)
    found = contradictions(number, sex=sex_of(number), birth_date=born)
    assert found in ([], [Contradiction.PROVINCE])


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    checked = check_format(text)
    assert checked.is_valid == (len(checked.digits) == 12 and checked.fault is None)
    assert not checked.suggestion or check_format(checked.suggestion).is_valid
