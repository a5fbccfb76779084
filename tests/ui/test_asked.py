"""What addresses and forms carry is read as a stranger's."""

from datetime import date
from typing import Any

import pytest
from django.test import RequestFactory

from khuevan.kernel.errors import NotFound
from khuevan.ui.asked import asked_day, day_in, day_of_deed, whole_number

TODAY = date(2026, 11, 24)


class _Reader:
    today = TODAY


def asking(method: str, address: str) -> Any:
    request: Any = getattr(RequestFactory(), method)(address)
    request.actor = _Reader()
    return request


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "2026-02-30", "", "mai", "9" * 5000])
def test_a_day_around_which_there_is_no_week_is_none(text: str) -> None:
    assert day_in(text) is None
    assert asked_day(asking("get", f"/?on={text}")) == TODAY
    with pytest.raises(NotFound):
        day_of_deed(asking("post", f"/?on={text}"))


def test_a_day_that_is_named_is_read() -> None:
    assert asked_day(asking("get", "/?on=2026-09-07")) == date(2026, 9, 7)
    assert day_of_deed(asking("post", "/?on=2026-09-07")) == date(2026, 9, 7)
    assert day_of_deed(asking("get", "/")) == TODAY


@pytest.mark.parametrize("text", ["²", "٣", "-1", "1.5", "", "9" * 5000])
def test_a_number_is_plain_digits(text: str) -> None:
    assert whole_number(text) is None
    assert whole_number("007") == 7
