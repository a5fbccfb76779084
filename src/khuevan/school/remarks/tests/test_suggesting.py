"""Suggestions: from the marks, never twice in a class, the same for the same marks."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.school.gradebooks.api import FINAL, MIDTERM, BookForm, Word, slot
from khuevan.school.remarks.bank import lines_for, shipped, subjects_of
from khuevan.school.remarks.facts import Facts, Situation, Trend, facts_of, given_columns
from khuevan.school.remarks.limits import build_limits
from khuevan.school.remarks.models import Band, Subjects
from khuevan.school.remarks.suggesting import Asked, fill, suggest, templates_for, wordings

LIMITS = build_limits(300, (), date(2026, 11, 23))
SLOTS = [101, 102, 103, 104, 140, 150, 201, 202, 203, 204, 240, 250]
NAMES = ("An", "Anh", "Bình", "Chi", "Dung", "Minh", "Tú", "Yến")


def texts(subjects: str, *situations: Situation, longest: int = 300) -> dict[Situation, list[str]]:
    """Return the templates of situations from the shipped phrases."""
    lines = lines_for(subjects, [shipped()])
    return {
        one: templates_for(lines, one, longest=longest, allows=LIMITS.allows) for one in situations
    }


def facts(cells: dict[int, int], result: int | None = None, others: Any = ()) -> Facts:
    """Return what a pupil's cells of term I say, in a class with others."""
    given_ = given_columns(SLOTS, 1, [cells, *others])
    return facts_of(BookForm.SCORE, SLOTS, cells, period=1, result=result, given=given_)


def test_the_level_follows_the_average() -> None:
    for value, band in ((80, Band.GOOD), (79, Band.FAIR), (65, Band.FAIR), (64, Band.PASS)):
        assert facts({101: 50}, value).situation == Situation(band)
    assert facts({101: 50}, 49).situation == Situation(Band.LOW)
    assert facts({}).situation is None, "nothing to go by"
    assert facts({101: 60, slot(1, MIDTERM): 90}).shown == "8", "(6 + 2 · 9) / 3, while incomplete"


def test_the_trend_is_from_the_middle_to_the_end() -> None:
    rising = facts({slot(1, MIDTERM): 60, slot(1, FINAL): 70}, 66)
    assert rising.situation == Situation(Band.FAIR, Trend.RISE)
    assert (rising.before, rising.after) == ("6", "7")
    falling = facts({slot(1, MIDTERM): 60, slot(1, FINAL): 50}, 55)
    assert falling.situation == Situation(Band.PASS, Trend.FALL)
    steady = facts({slot(1, MIDTERM): 60, slot(1, FINAL): 69}, 66)
    assert steady.situation == Situation(Band.FAIR)


def test_missing_is_what_the_class_has_or_a_make_up_due() -> None:
    full = {101: 80, 140: 70}
    assert facts({101: 70}, others=[full, full]).missing == (140,)
    assert facts({101: 70}, others=[{101: 90}]).missing == (), "nobody was tested yet"
    due = facts({101: 70, 140: Word.MAKE_UP_DUE})
    assert due.missing == (140,)
    assert due.situation is not None
    assert due.situation.is_missing
    assert facts({101: 70, 140: Word.EXEMPT}, others=[full, full]).missing == ()


def test_every_subject_has_enough_for_a_class_of_fifty_at_one_level() -> None:
    for subjects in Subjects:
        for band in (Band.GOOD, Band.PASS, Band.LOW):
            one = Situation(band)
            found = texts(subjects, one)
            pupils = [Asked(at, NAMES[at % 8], one) for at in range(45)]
            told = suggest(pupils, found).templates
            missing = [at for at, text in told.items() if text is None]
            assert not missing, (subjects, band)
            assert len(set(told.values())) == 45


def test_when_phrases_run_out_it_says_so() -> None:
    one = Situation(Band.LOW)
    found = texts(Subjects.ALL, one, longest=60)
    many = [Asked(at, "An", one) for at in range(200)]
    told = list(suggest(many, found).templates.values())
    kept = [text for text in told if text is not None]
    assert len(kept) == len(set(kept)) < 200
    assert all(len(text) <= 60 for text in kept)


def test_what_was_said_of_the_pupil_before_is_not_said_again() -> None:
    one = Situation(Band.GOOD)
    found = texts(Subjects.MATH, one)
    (first,) = suggest([Asked(1, "An", one)], found).templates.values()
    assert first is not None
    before = wordings(fill(first, "An"), "An")
    (other,) = suggest([Asked(1, "An", one, before)], found).templates.values()
    assert other not in {None, first}


def test_subjects_are_spoken_of_by_their_names() -> None:
    assert subjects_of(BookForm.SCORE, "Toán") == Subjects.MATH
    assert subjects_of(BookForm.LEVEL, "Tiếng Việt") == Subjects.LITERATURE
    assert subjects_of(BookForm.SCORE, "Tiếng Anh") == Subjects.LANGUAGE
    assert subjects_of(BookForm.COMMENT, "Giáo dục thể chất") == Subjects.SPORT
    assert subjects_of(BookForm.TRAITS, "") == Subjects.TRAITS
    assert subjects_of("", "") == Subjects.WHOLE


def test_names_are_put_in_and_a_text_begins_as_a_sentence() -> None:
    assert fill("{em} {tên} tiến bộ.", "Anh") == "Em Anh tiến bộ."
    assert wordings("Em Anh tiến bộ.", "Anh") & wordings("em Bình tiến bộ", "Bình")
    assert wordings("Giỏi tiếng Anh", "Anh") & wordings("Giỏi tiếng Anh.", "Bình")


cell = st.one_of(st.integers(0, 100), st.sampled_from([-1, -2, -3]))
pupil_cells = st.dictionaries(st.sampled_from(SLOTS), cell, max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(pupil_cells, st.sampled_from(NAMES)), min_size=2, max_size=50))
def test_no_two_pupils_of_a_class_get_the_same(rows: list[tuple[dict[int, int], str]]) -> None:
    given_ = given_columns(SLOTS, 1, [cells for cells, _name in rows])
    situations = [
        facts_of(BookForm.SCORE, SLOTS, cells, period=1, result=None, given=given_).situation
        for cells, _name in rows
    ]
    found = texts(Subjects.MATH, *{one for one in situations if one is not None})
    pupils = [
        Asked(at, name, situation)
        for at, ((_cells, name), situation) in enumerate(zip(rows, situations, strict=True))
    ]
    told = suggest(pupils, found).templates
    assert told == suggest(pupils, found).templates, "the same marks give the same"
    said: set[str] = set()
    for one in pupils:
        template = told[one.key]
        assert (template is None) is (one.situation is None)
        if template is not None:
            mine = wordings(fill(template, one.given), one.given)
            assert said.isdisjoint(mine)
            said |= mine
            assert LIMITS.allows(fill(template, one.given))
