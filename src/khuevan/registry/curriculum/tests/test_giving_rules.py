"""Periods that a list tells against those of a plan; cells that name classes with periods."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.registry.curriculum.giving_rules import (
    Told,
    added_up,
    meant,
    over_and_short,
    replanned,
    share_out,
    told_as,
)
from khuevan.registry.curriculum.imports.cells import ClassPeriods, read_classes, write_classes
from khuevan.registry.curriculum.imports.subjects import subject_of

TERMS = (18, 17)
ONE_TWO = (1,) * 18 + (2,) * 17
COUNTS = st.integers(0, 9)
YEARS = st.tuples(COUNTS, COUNTS).map(lambda two: (two[0],) * 18 + (two[1],) * 17)


@pytest.mark.parametrize(
    ("told", "now", "given_now", "planned", "expected"),
    [
        (Told(4), 0, None, (4,) * 35, (4,) * 35),
        (Told(2), 0, None, (4,) * 35, (2,) * 35),
        (Told(6), 0, None, (4,) * 35, (6,) * 35),
        (Told(1), 0, None, ONE_TWO, ONE_TWO),
        (Told(2), 0, None, ONE_TWO, ONE_TWO),
        (Told(2), 1, None, ONE_TWO, ONE_TWO),
        (Told(1), 1, None, ONE_TWO, (1,) * 35),
        (Told(3), 0, None, None, (3,) * 35),
        (Told(terms=(1, 2)), 0, None, (4,) * 35, ONE_TWO),
        (Told(1), 0, ONE_TWO, (4,) * 35, ONE_TWO),
        (Told(), 0, None, (4,) * 35, None),
    ],
)
def test_what_a_number_means(told, now, given_now, planned, expected) -> None:  # type: ignore[no-untyped-def]
    assert meant(told, terms=TERMS, now=now, given=given_now, planned=planned) == expected


@given(YEARS, st.integers(0, 1))
def test_what_is_told_is_what_was_given(weeks: tuple[int, ...], now: int) -> None:
    told = told_as(weeks, TERMS, now)
    assert meant(told, terms=TERMS, now=now, given=weeks, planned=None) == weeks
    assert meant(told, terms=TERMS, now=now, given=None, planned=None) == weeks


@given(st.lists(YEARS, min_size=1, max_size=3), st.lists(YEARS, min_size=1, max_size=3))
def test_sharing_out_loses_nothing(
    teachers: list[tuple[int, ...]], parts: list[tuple[int, ...]]
) -> None:
    shares = share_out(teachers, parts)
    assert [added_up(share) for share in shares] == teachers
    over, _short = over_and_short(added_up(parts), added_up(teachers))
    if not over:
        for place, part in enumerate(parts):
            assert over_and_short(part, added_up([share[place] for share in shares]))[0] == 0


@given(st.lists(YEARS, min_size=1, max_size=3), YEARS)
def test_a_plan_that_follows_comes_to_the_total(
    parts: list[tuple[int, ...]], total: tuple[int, ...]
) -> None:
    assert added_up(replanned(parts, total)) == total


@pytest.mark.parametrize(
    ("text", "lessons", "unread"),
    [
        ("11AV2(2), 12VAN(3)", [("11AV2", 2), ("12VAN", 3)], []),
        ("6A1 (4); 6A2(4)\n6A3", [("6A1", 4), ("6A2", 4), ("6A3", None)], []),
        ("10 ANH 1(2 tiết),, ", [("10 ANH 1", 2)], []),
        ("10A (CLC)(3)", [("10A (CLC)", 3)], []),
        ("6A(2, 6B(x)(", [], ["6A(2", "6B(x)("]),
        ("(3)", [], ["(3)"]),
        ("", [], []),
    ],
)
def test_cells_of_classes(text: str, lessons: list[tuple[str, int]], unread: list[str]) -> None:
    cell = read_classes(text)
    assert [(one.name, one.periods) for one in cell.lessons] == lessons
    assert list(cell.unread) == unread


NAMES = st.from_regex(r"\A(?:[1-9]|1[0-2])[A-ZĐ]{1,4}[0-9]?\Z")


@given(st.lists(st.tuples(NAMES, st.none() | st.integers(0, 9999)), max_size=12))
def test_a_cell_written_is_read_again(told: list[tuple[str, int | None]]) -> None:
    lessons = tuple(ClassPeriods(*one) for one in told)
    assert read_classes(write_classes(lessons)).lessons == lessons


@given(st.text(max_size=60))
def test_any_cell_is_read_and_nothing_is_lost(text: str) -> None:
    cell = read_classes(text)
    alone = [read_classes(one) for one in re.split(r"[,;\n\r]", text)]
    filled = [one for one in alone if one.lessons or one.unread]
    assert len(cell.lessons) + len(cell.unread) == len(filled)


@pytest.mark.parametrize(
    ("word", "level", "expected"),
    [
        ("Toán học", "THCS", "Toán"),
        ("THỂ DỤC", "THPT", "Giáo dục thể chất"),
        ("Vật lý", "THPT", "Vật lí"),
        ("GDCD", "THCS", "Giáo dục công dân"),
        ("GDCD", "THPT", "Giáo dục kinh tế và pháp luật"),
        ("HĐTN", "TH", "Hoạt động trải nghiệm"),
        ("Chào cờ", "THCS", "Hoạt động trải nghiệm, hướng nghiệp"),
        ("Kĩ thuật NN", "THPT", "Công nghệ"),
        ("Ngoại ngữ", "THCS", ""),
        ("Phù thủy", "THCS", ""),
    ],
)
def test_words_for_subjects(word: str, level: str, expected: str) -> None:
    assert subject_of(word, level=level) == expected


def test_the_foreign_language_is_the_one_the_class_learns() -> None:
    assert subject_of("Ngoại ngữ", level="THCS", languages=["Tiếng Pháp"]) == "Tiếng Pháp"
    assert subject_of("Ngoại ngữ", level="THCS", languages=["Tiếng Pháp", "Tiếng Anh"]) == ""
