"""Needed against present as arithmetic: the sheet's examples, and what holds for any numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.insight.staffing.averages import average_of, norm_classes
from khuevan.insight.staffing.posts import Posts, post_label
from khuevan.insight.staffing.rules import (
    WEEKS,
    Post,
    Word,
    main_subject,
    quota,
    without_one,
    word_of,
)

COUNTS = st.integers(0, 500)
POSTS = st.builds(
    Post,
    norm=st.sampled_from([23, 19, 17, 21, 15]),
    annual=st.integers(0, 40_000),
    cuts=COUNTS,
    heads=st.integers(1, 200),
    away=st.just(0),
    borrowed=st.integers(0, 60),
    lent=st.integers(0, 60),
    leaving=st.just(0),
)


@pytest.mark.parametrize(
    ("classes", "rate", "teachers"),
    [(20, "1.50", "30.00"), (24, "1.90", "45.60"), (14, "2.25", "31.50"), (1, "1.20", "1.20")],
)
def test_the_head_count_norm_keeps_two_decimals(classes: int, rate: str, teachers: str) -> None:
    found = quota([(classes, Decimal(rate))])
    assert str(found) == teachers, "the office rounds, not the program"


def test_classes_of_an_unknown_rate_leave_the_norm_unknown() -> None:
    assert quota([(10, Decimal("1.90")), (1, None)]) is None
    assert quota([(10, Decimal("1.90")), (0, None)]) == Decimal("19.00")


def test_need_by_load_is_the_sheet_s_example() -> None:
    post = Post(norm=19, annual=24 * 29 * WEEKS, cuts=24 * 4)
    assert post.periods == 792
    assert post.needed == Fraction(792, 19)
    assert f"{float(post.needed or 0):.1f}" == "41.7"


def test_who_stands_in_does_the_work_of_those_away_and_no_more() -> None:
    post = Post(norm=19, heads=3, away=1, led=2 * WEEKS, covered=12 * WEEKS)
    assert post.available == 2 + Fraction(2, 19)
    assert post.stood_in == Fraction(12, 19)
    assert Post(norm=19, heads=3, away=1, covered=40 * WEEKS).stood_in == 1


def test_a_second_school_counts_by_periods_and_only_there() -> None:
    home = Post(norm=19, heads=3, lent=8)
    guest = Post(norm=19, borrowed=8)
    assert home.available + guest.available == 3, "nobody is counted twice"
    assert home.available == 3 - Fraction(8, 19)


def test_who_is_away_for_long_is_not_there() -> None:
    post = Post(norm=19, annual=19 * WEEKS * 2, heads=2, away=1)
    assert post.difference == -1
    assert without_one(post, is_away=True).difference == -1, "the post lacked that teacher already"
    assert without_one(post).difference == -2


def test_without_a_norm_nothing_is_said() -> None:
    assert Post(norm=0, annual=700, heads=3).difference is None
    assert Post(norm=0, heads=3).word is Word.UNKNOWN


@pytest.mark.parametrize(
    ("difference", "word"),
    [
        ("-0.5", Word.SHORT), ("-0.49", Word.MET), ("0", Word.MET), ("0.4999", Word.MET),
        ("0.5", Word.OVER), ("-3", Word.SHORT),
    ],
)  # fmt: skip
def test_half_a_teacher_is_where_the_word_begins(difference: str, word: Word) -> None:
    assert word_of(Fraction(difference)) is word


@given(post=POSTS)
def test_one_teacher_less_is_one_less(post: Post) -> None:
    after = without_one(post)
    assert post.difference is not None
    assert after.difference == post.difference - 1
    assert after.needed == post.needed, "lessons and duties stay with those who remain"


@given(first=POSTS, second=POSTS)
def test_parts_of_a_post_add_up(first: Post, second: Post) -> None:
    same: Any = Post(first.norm, second.annual, second.cuts, second.heads, 0, second.borrowed)
    both = first + same
    assert both.needed == (first.needed or 0) + (same.needed or 0)
    assert both.available == first.available + same.available


@given(post=POSTS, more=st.integers(1, 1000))
def test_more_lessons_never_take_fewer_teachers(post: Post, more: int) -> None:
    heavier = post + Post(0, annual=more)
    assert (heavier.difference or 0) < (post.difference or 0)


@pytest.mark.parametrize(
    ("teaches", "trained", "given_", "found"),
    [
        (["Toán"], ["Vật lí"], {"Vật lí": 400}, "Toán"),
        ([], ["Vật lí"], {"Toán": 400}, "Vật lí"),
        ([], [], {"Toán": 70, "Tin học": 140}, "Tin học"),
        (["Toán", "Tin học"], [], {"Tin học": 35}, "Tin học"),
        (["Toán", "Tin học"], [], {}, "Toán"),
        ([], [], {"Toán": 0}, None),
        ([], [], {}, None),
    ],
)
def test_what_somebody_is_counted_for(
    teaches: list[str], trained: list[str], given_: dict[str, int], found: str | None
) -> None:
    assert main_subject(teaches, trained, given_) == found


@pytest.mark.parametrize(
    ("level", "subject", "post"),
    [
        ("THCS", "Vật lí", "Khoa học tự nhiên"),
        ("THCS", "Sinh học", "Khoa học tự nhiên"),
        ("THCS", "Khoa học tự nhiên", "Khoa học tự nhiên"),
        ("THCS", "Địa lí", "Lịch sử và Địa lí"),
        ("THPT", "Vật lí", "Vật lí"),
        ("THPT", "Địa lí", "Địa lí"),
        ("THCS", "Toán", "Toán"),
    ],
)
def test_who_is_trained_for_a_strand_gives_the_subject(level: str, subject: str, post: str) -> None:
    posts = Posts(date(2026, 9, 7))
    assert posts.of(level, subject) == post
    assert post_label(post) == post


def test_before_the_programme_reached_every_grade_strands_were_subjects() -> None:
    assert Posts(date(2020, 9, 7)).of("THCS", "Vật lí") == "Vật lí"


@pytest.mark.parametrize(
    ("pupils", "level", "zone", "classes"),
    [
        (350, "THCS", 1, Fraction(10)),
        (350, "THPT", 1, Fraction(10)),
        (350, "TH", 1, Fraction(14)),
        (400, "THCS", 2, Fraction(10)),
        (100, "TH", 3, Fraction(20, 7)),
    ],
)
def test_pupils_make_classes_by_the_average_of_the_zone(
    pupils: int, level: str, zone: int, classes: Fraction
) -> None:
    assert norm_classes(pupils, level, zone, date(2026, 9, 7)) == classes


def test_averages_are_known_since_their_text_and_for_general_schools() -> None:
    assert average_of("THCS", 1, date(2023, 12, 15)) is None
    assert norm_classes(100, "MN", 1, date(2026, 9, 7)) is None
    row = average_of("THPT", 3, date(2026, 9, 7))
    assert row is not None
    assert (row.pupils, row.confidence) == (45, "TEXT_SEEN")
