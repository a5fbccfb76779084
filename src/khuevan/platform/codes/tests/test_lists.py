"""The files hold what the sheets say, whole and without overlap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.errors import NotFound
from khuevan.platform.codes.api import code_table, code_tables

TODAY = date(2026, 11, 23)
KEYS = tuple(code_tables())


def test_the_lists_are_whole() -> None:
    counts = {key: len(one.on(TODAY)) for key, one in code_tables().items()}
    assert counts == {
        "peoples": 55,
        "very_small_peoples": 16,
        "religions": 13,
        "policy_groups": 15,
        "disabilities": 6,
        "disability_degrees": 3,
        "nationalities": 249,
    }


@pytest.mark.parametrize("key", KEYS)
def test_no_code_means_two_things_on_one_day(key: str) -> None:
    last = date.max
    spans: dict[str, list[tuple[date, date]]] = {}
    for one in code_table(key).codes:
        spans.setdefault(one.code, []).append((one.starts_on or date.min, one.ends_on or last))
    for found in spans.values():
        ordered = sorted(found)
        assert all(one[1] <= other[0] for one, other in zip(ordered, ordered[1:], strict=False))


@pytest.mark.parametrize("key", KEYS)
def test_every_code_has_both_names_and_a_source(key: str) -> None:
    assert all(one.name_vi and one.name_en and one.source for one in code_table(key).codes)


def test_very_small_peoples_are_peoples_since_the_decree() -> None:
    peoples, small = code_table("peoples"), code_table("very_small_peoples")
    assert all(peoples.name_of(one.code) == one.name for one in small.codes)
    assert not small.on(date(2017, 6, 30))
    assert len(small.on(date(2017, 7, 1))) == 16


def test_names_speak_the_readers_language() -> None:
    with translation.override("en"):
        assert code_table("religions").name_of("02") == "Catholicism"
    with translation.override("vi"):
        assert code_table("religions").name_of("02") == "Công giáo"


def test_a_closed_code_keeps_its_name_and_is_not_offered() -> None:
    table = code_table("disabilities")
    closed = replace(table.codes[0], ends_on=date(2026, 1, 1))
    old = replace(table, codes=(closed, *table.codes[1:]))
    assert old.name_of(closed.code) == closed.name
    assert not old.has(closed.code, on=TODAY)
    assert old.has(closed.code, on=date(2025, 12, 31))


@given(st.dates(), st.sampled_from(KEYS))
def test_what_is_offered_holds(on: date, key: str) -> None:
    table = code_table(key)
    offered = {code for code, _name in table.choices(on)}
    assert offered == {one.code for one in table.codes if table.has(one.code, on=on)}


def test_no_such_list() -> None:
    with pytest.raises(NotFound):
        code_table("planets")
