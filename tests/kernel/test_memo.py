"""Answers kept for a few seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from khuevan.kernel.memo import Memo, memo


@pytest.fixture(autouse=True)
def keeping() -> Iterator[None]:
    with override_settings(MEMO_SECONDS=60):
        yield


def test_an_answer_is_kept_by_its_arguments_until_somebody_forgets() -> None:
    asked: list[int] = []

    @memo(seconds=60)
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [double(1), double(2), double(1)] == [2, 4, 2]
    assert asked == [1, 2]
    double.forget()
    assert double(1) == 2
    assert asked == [1, 2, 1]


def test_an_answer_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("khuevan.kernel.memo.time.monotonic", lambda: now)
    kept: Memo[str] = Memo(size=2, seconds=10)
    assert kept.get("key", lambda: "old") == "old"
    now = 109.0
    assert kept.get("key", lambda: "new") == "old"
    now = 110.0
    assert kept.get("key", lambda: "new") == "new"


def test_only_the_newest_are_kept() -> None:
    kept: Memo[str] = Memo(size=2, seconds=10)
    for key in "abc":
        kept.get(key, lambda: "first")
    assert [kept.get(key, lambda: "again") for key in "bca"] == ["first", "first", "again"]


@override_settings(MEMO_SECONDS=0)
def test_nothing_is_kept_where_settings_say_so() -> None:
    kept: Memo[str] = Memo(size=2, seconds=10)
    kept.get("key", lambda: "old")
    assert kept.get("key", lambda: "new") == "new"
