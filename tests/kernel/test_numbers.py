"""What stands in an address is a row's number or nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, Client

from khuevan.kernel.numbers import row_number

HOSTILE = ("9" * 5000, "9" * 19, "²", "٣", "-1", "1e9", "0x1", " 7", "", "a|b")


@given(st.integers(0, 10**18 - 1))
def test_a_number_comes_back(number: int) -> None:
    assert row_number(str(number)) == number


@pytest.mark.parametrize("text", HOSTILE)
def test_everything_else_is_nothing(text: str) -> None:
    assert row_number(text) is None


def test_pages_take_any_place_to_begin_at(cast: Cast) -> None:
    pages = (
        (cast.huong, reverse("family:child_looks", args=[cast.minh_anh.uuid])),
        (cast.hung, reverse("schools:history", args=[cast.school_a.code])),
    )
    for person, address in pages:
        client = Client().sign_in(person)
        for text in HOSTILE:
            assert client.get(address, {"before": text}).status_code == 200, text[:20]
