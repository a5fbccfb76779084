"""What would change a level, against trying every mark."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.school.assessments.rules.raising import needed_final, what_would_raise
from khuevan.school.assessments.rules.semesters import semester_average
from khuevan.school.assessments.rules.study import study_result
from khuevan.school.assessments.rules.values import (
    Level,
    SecondaryRules,
    SemesterMarks,
    SubjectResult,
    Verdict,
)
from khuevan.school.assessments.tests.test_rules import RESULTS, TENTHS, commented, scored

RULES = SecondaryRules()


@settings(max_examples=40)
@given(subjects=RESULTS)
def test_the_least_that_raises_a_level_is_told(subjects: list[SubjectResult]) -> None:
    now = study_result(subjects, RULES).level
    assert now is not None
    told = {one.subject: one for one in what_would_raise(subjects, RULES)}
    for at, one in enumerate(subjects):
        tries = (
            [replace(one, average=mark) for mark in range((one.average or 0) + 1, 101)]
            if one.is_scored
            else [replace(one, verdict=Verdict.PASS)]
        )
        levels = [
            study_result([*subjects[:at], new, *subjects[at + 1 :]], RULES).level or Level.FAIL
            for new in tries
        ]
        raising = next((new for new, level in zip(tries, levels, strict=True) if level > now), None)
        assert (one.id in told) == (raising is not None)
        if raising is not None:
            assert told[one.id].average == raising.average
            assert told[one.id].level > now


def test_what_the_sheet_calls_one_low_subject() -> None:
    scores = (91, 88, 84, 80, 82, 86, 70, 49)
    subjects = [scored(at, one) for at, one in enumerate(scores)] + [commented(0, Verdict.PASS)]
    assert study_result(subjects, RULES).level is Level.FAIR
    (only,) = what_would_raise(subjects, RULES)
    assert (only.subject, only.level, only.average) == ("S7", Level.GOOD, 65)


def test_nothing_is_told_at_the_top_or_while_a_result_is_missing() -> None:
    top = [scored(at, 90) for at in range(8)]
    assert what_would_raise(top, RULES) == []
    assert what_would_raise([*top, scored(8, None)], RULES) == []


@given(
    regular=st.lists(TENTHS, min_size=2, max_size=5),
    midterm=TENTHS,
    target=TENTHS,
)
def test_the_least_final_mark(regular: list[int], midterm: int, target: int) -> None:
    marks = SemesterMarks(tuple(regular), midterm, None)
    final = needed_final(marks, 2, target)

    def reaches(mark: int) -> bool:
        return (semester_average(replace(marks, final=mark), 2).tenths or 0) >= target

    if final is None:
        assert not reaches(100)
    else:
        assert reaches(final)
        assert final == 0 or not reaches(final - 1)


@pytest.mark.parametrize(
    "marks", [SemesterMarks((80,), 70, None), SemesterMarks((80, 90), None, 5)]
)
def test_without_the_other_marks_no_final_is_told(marks: SemesterMarks) -> None:
    assert needed_final(marks, 2, 50) is None
