"""Totals as they are read, names that are one class, and what a reconciliation says."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.registry.cutover.rules import (
    Count,
    Fault,
    Named,
    Said,
    Standing,
    class_for,
    difference,
    grade_named,
    names_whole,
    read_figure,
    read_totals,
    reconcile,
    split_lines,
    whole,
)

NUMBERS = st.integers(0, 60)
COUNTS = st.builds(Count, NUMBERS, NUMBERS, NUMBERS)
OWN = st.builds(Count, NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS)
KEYS = st.sampled_from(["6a1", "6a2", "7b", "8c"])


def lines_of(**given_: Any) -> list[Any]:
    shapes: dict[str, Any] = {"known": {}, "recorded": {}, "own": {}, "said": {}}
    return reconcile("CLASS", **{**shapes, **given_})


@given(
    recorded=st.dictionaries(KEYS, COUNTS),
    own=st.dictionaries(KEYS, OWN),
    said=st.sets(KEYS),
)
def test_each_class_stands_once_and_the_sums_agree(
    recorded: dict[str, Count], own: dict[str, Count], said: set[str]
) -> None:
    known = {key: Named(key, key.upper(), key) for key in recorded}
    words = {
        key: Said("vì sao", difference(own.get(key), recorded.get(key, Count(0, 0, 0))))
        for key in said
    }
    lines = lines_of(
        known=known,
        recorded=recorded,
        own={key: (key, count) for key, count in own.items()},
        said=words,
    )
    assert sorted(line.key for line in lines) == sorted(recorded.keys() | own.keys())
    _own, total = whole(lines)
    assert total.total == sum(count.total or 0 for count in recorded.values())
    settled = [line.is_settled for line in lines]
    assert settled == sorted(settled), "what is to be settled stands first"
    sizes = [abs(line.difference[0] or 0) for line in lines if not line.is_settled]
    assert sizes == sorted(sizes, reverse=True)
    for line in lines:
        if line.explained:
            assert line.key in said
            assert line.differs or line.own is None
        assert line.is_settled == (
            bool(line.explained)
            or (line.own is not None and not line.differs)
            or (line.own is None and not line.recorded.total)
        )


@given(own=OWN, one=COUNTS, other=COUNTS)
def test_an_explanation_holds_for_its_own_difference(own: Count, one: Count, other: Count) -> None:
    said = {"6a1": Said("vì sao", difference(own, one))}
    known = {"6a1": Named("6a1", "6A1")}
    (line,) = lines_of(known=known, recorded={"6a1": other}, own={"6a1": ("", own)}, said=said)
    if difference(own, other) != difference(own, one):
        assert line.standing in (Standing.SAME, Standing.DIFFERS)
        assert not line.explained
    elif line.differs:
        assert line.standing == Standing.EXPLAINED


@given(rows=st.lists(st.tuples(st.sampled_from(["6A", "6B", "7C1", "8/D2"]), NUMBERS, NUMBERS)))
def test_pasted_lines_are_read_as_they_were_written(rows: list[tuple[str, int, int]]) -> None:
    wanted = [(name, total, female) for name, total, female in rows if female <= total]
    text = "\r\n".join(["STT\tLớp\tSĩ số\tNữ", *(f"{n}\t{a}\t{b}\t{c}" for n, (a, b, c) in
                       enumerate(wanted, start=1))])  # fmt: skip
    read = read_totals(split_lines(text))
    assert [(one.name, one.count.total, one.count.female) for one in read] == wanted


@given(st.lists(st.text(max_size=40), max_size=20))
def test_nothing_pasted_makes_it_fail(lines: list[str]) -> None:
    for one in read_totals(split_lines("\n".join(lines))):
        if one.fault is None:
            assert one.name
            assert one.count.total is not None
            assert max(one.count.female or 0, one.count.minority or 0) <= one.count.total


@pytest.mark.parametrize(
    ("text", "value", "fault"),
    [
        ("38", 38, None),
        (" 38,0 ", 38, None),
        ("1.204", 1204, None),
        ("", None, None),
        ("-", None, None),
        ("38,5", None, Fault.NO_NUMBER),
        ("38 em", None, Fault.NO_NUMBER),
        ("-3", None, Fault.NO_NUMBER),
        ("=1+1", None, Fault.NO_NUMBER),
        ("1000000", None, Fault.TOO_LARGE),
        ("٣٨", None, Fault.NO_NUMBER),
    ],
)
def test_a_figure_is_a_whole_number_or_a_fault(
    text: str, value: int | None, fault: Fault | None
) -> None:
    assert read_figure(text) == (value, fault)


@pytest.mark.parametrize(
    ("name", "key", "is_sure"),
    [
        ("6A1", "6a1", True),
        (" 6 a1 ", "6a1", True),
        ("6/A1", "6a1", False),
        ("Lớp 6A1", "6a1", False),
        (unicodedata.normalize("NFD", "Lớp 6-A1"), "6a1", False),
        (unicodedata.normalize("NFD", "Lá Đỏ"), "láđỏ", True),
        ("La Do", "", False),
        ("9Z", "", False),
        ("6.1", "6a2", True),
    ],
)
def test_a_name_is_known_proposed_or_asked_about(name: str, key: str, *, is_sure: bool) -> None:
    exact = {one: one for one in ("6a1", "6a2", "láđỏ")}
    assert class_for(name, exact=exact, remembered={"61": "6a2"}) == (key, is_sure)


def test_sums_are_told_from_classes() -> None:
    assert grade_named("Khối 6") == "6"
    assert grade_named("Tổng khối 10") == "10"
    assert names_whole("Toàn trường:")
    assert names_whole("Tổng cộng")
    assert not names_whole("6A")


def test_a_line_says_what_is_wrong() -> None:
    read = read_totals([["6A", "38", "40"], ["6B", "", "3"], ["6C", "ba mươi", ""]])
    assert [one.fault for one in read] == [Fault.PART_ABOVE, Fault.NO_TOTAL, Fault.NO_NUMBER]
