"""Usernames and slip passwords."""

from __future__ import annotations

import pytest

from khuevan.platform.accounts import rules


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (("Nguyễn", "Thị", "Lan"), "lannt"),
        (("Đặng", "Quốc", "Thành"), "thanhdq"),
        (("Tôn Nữ", "", "Ý"), "ytn"),
        (("", "", "Y Moan"), "ymoan"),
        (("", "", "—"), "user"),
    ],
)
def test_the_usual_username_is_made_from_the_name(
    name: tuple[str, str, str], expected: str
) -> None:
    assert rules.base_username(*name) == expected


def test_a_taken_username_gets_the_next_number() -> None:
    assert rules.free_username("lannt", {"lannt", "lannt2"}) == "lannt3"
    assert rules.free_username("lannt", {"lannta"}) == "lannt"


def test_slip_passwords_are_long_readable_and_different() -> None:
    issued = {rules.new_slip_password() for _ in range(200)}
    assert len(issued) == 200
    for password in issued:
        assert len(password) >= rules.STAFF_LENGTH
        assert not set(password) & set("0O1lIi")


def test_staff_need_longer_passwords() -> None:
    assert rules.least_length(is_staff=True) == 12
    assert rules.least_length(is_staff=False) == 8
