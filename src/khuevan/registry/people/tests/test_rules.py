"""Pure rules of identity, and the database's count of doubts against the rule it repeats."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.kernel.personal_number import contradictions
from khuevan.registry.people.rules import (
    bits_of,
    clean_code,
    contradictions_of,
    is_name,
    may_change_on,
    temporary_code,
    without_places,
)


@given(st.integers(0, 7))
def test_bits_name_the_contradictions_they_came_from(bits: int) -> None:
    assert bits_of(contradictions_of(bits)) == bits


@pytest.mark.django_db
@settings(max_examples=150, deadline=None)
@given(
    number=st.from_regex(r"[0-9]{12}", fullmatch=True)
    | st.from_regex(r"0(42|40|01|99)[0-3][0-9]{8}", fullmatch=True),
    sex=st.sampled_from(["MALE", "FEMALE", ""]),
    born=st.none() | st.dates(date(1900, 1, 1), date(2099, 12, 31)),
)
def test_the_database_counts_as_the_rule_does(number: str, sex: str, born: date | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT khuevan_number_doubts(%s, %s, %s)", [number, sex, born])
        (counted,) = cursor.fetchone()
    assert counted == bits_of(contradictions(number, sex=sex or None, birth_date=born))


@given(st.text(max_size=30))
def test_a_clean_code_stays_as_it_is(text: str) -> None:
    code = clean_code(text)
    assert code is None or clean_code(code) == code


def test_temporary_codes_say_their_year() -> None:
    assert temporary_code(123, date(2026, 11, 23)) == "TAM-26-000123"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Thôn 3, xã Đông Khê, huyện Hương Khê, tỉnh Hà Tĩnh", "Thôn 3"),
        ("Số 5, Đông Khê", "Số 5"),
        ("Thôn Đông Khê, xã Khác", "Thôn Đông Khê, xã Khác"),
        ("", ""),
    ],
)
def test_only_the_places_at_the_end_go(text: str, left: str) -> None:
    assert without_places(text, ["Xã Đông Khê", "Huyện Hương Khê", "Tỉnh Hà Tĩnh"]) == left


@given(st.dates(), st.dates(), st.dates())
def test_a_name_changes_after_the_last_time_and_not_ahead(
    on: date, last: date, today: date
) -> None:
    if may_change_on(on, last=last, born=None, today=today):
        assert last < on <= today


@pytest.mark.parametrize("name", ["H'Hen Niê", "Nguyễn Thị Lan", "K’Brôi"])
def test_names_of_all_peoples_are_names(name: str) -> None:
    assert is_name(name)


def test_digits_are_no_name() -> None:
    assert not is_name("Lan 2")
