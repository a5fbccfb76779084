"""A subject's semester and year: averages and verdicts (ASM-03 to 06; Circular 22/2021, art. 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from khuevan.school.assessments.rules.derivation import Derivation, Points, Step, Words
from khuevan.school.assessments.rules.marks import rounded
from khuevan.school.assessments.rules.values import (
    SemesterComments,
    SemesterMarks,
    State,
    Tenths,
    Verdict,
)

AVERAGES, VERDICTS = "Điều 9 khoản 1 điểm b", "Điều 9 khoản 1 điểm a"
MISSED = "Điều 7 khoản 5"
MIDTERM_WEIGHT, FINAL_WEIGHT, YEAR_WEIGHT = 2, 3, 2
COEFFICIENTS = MIDTERM_WEIGHT + FINAL_WEIGHT

_MISSING = _("Marks still missing: %(what)s")
_REGULAR, _TOPICS = _("regular"), _("study topics")
_MIDTERM, _FINAL = _("midterm"), _("final")
_SEMESTER = _("(%(regular)s + 2 × %(midterm)s + 3 × %(final)s) : %(divisor)s ≈ %(average)s")
_YEAR = _("(%(first)s + 2 × %(second)s) : 3 ≈ %(average)s")
_YEAR_MISSING = _("A semester has no average yet")
_NOT_SAT = _("The deadline for making up is over: what was missed counts as 0")
_COMMENTS = _("%(passed)s of %(count)s comments are Đạt")
_COMMENTS_MISSING = _("Not all comments of the semester are there yet")
_COMMENT_MISSED = _("The deadline for making up is over: what was missed counts as Chưa đạt")
_YEAR_VERDICT = _("The year is as the second semester")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Average:
    """An average in tenths, or why there is none."""

    state: State
    tenths: Tenths | None = None
    why: Derivation = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict of a semester or a year, or that it is incomplete."""

    verdict: Verdict | None
    why: Derivation = ()


def semester_average(
    marks: SemesterMarks, regular_count: int, *, is_deadline_over: bool = False
) -> Average:
    """Return a semester's average: regular once, midterm twice, final three times (ASM-03).

    All regular marks count, also more than `regular_count`; the mark of study topics is one of
    them. A missing midterm or final is 0 once the time for making up is over, others stay missing.
    """
    regular = _given(marks.regular)
    ends = (marks.midterm, marks.final)
    missed = is_deadline_over and None in ends
    midterm, final = (_or(one, 0) if missed else one for one in ends)
    missing = [
        (_REGULAR, len(regular) < regular_count),
        (_TOPICS, marks.needs_cluster and marks.cluster is None),
        (_MIDTERM, midterm is None),
        (_FINAL, final is None),
    ]
    what = Words(word for word, lacks in missing if lacks)
    if what or midterm is None or final is None:
        return Average(State.INCOMPLETE, why=(Step("ASM-05", AVERAGES, _MISSING, {"what": what}),))
    counted = [*regular, *_given((marks.cluster,))]
    divisor = len(counted) + COEFFICIENTS
    total = sum(counted) + MIDTERM_WEIGHT * midterm + FINAL_WEIGHT * final
    average = rounded(total, divisor)
    facts = {
        "regular": Points(sum(counted)),
        "midterm": Points(midterm),
        "final": Points(final),
        "divisor": divisor,
        "average": Points(average),
    }
    told = (Step("ASM-02", MISSED, _NOT_SAT),) if missed else ()
    return Average(State.OK, average, (*told, Step("ASM-03", AVERAGES, _SEMESTER, facts)))


def year_average(first: Tenths | None, second: Tenths | None) -> Average:
    """Return a year's average of the rounded semesters, the second counted twice (ASM-04)."""
    if first is None or second is None:
        return Average(State.INCOMPLETE, why=(Step("ASM-05", AVERAGES, _YEAR_MISSING),))
    average = rounded(first + YEAR_WEIGHT * second, 1 + YEAR_WEIGHT)
    facts = {
        "first": Points(first),
        "second": Points(second),
        "average": Points(average),
    }
    return Average(State.OK, average, (Step("ASM-04", AVERAGES, _YEAR, facts),))


def semester_verdict(
    comments: SemesterComments | None, regular_count: int, *, is_deadline_over: bool = False
) -> Said:
    """Return a semester's verdict: Đạt when all its comments are (ASM-06); None while one lacks.

    A missing midterm or final is Chưa đạt once the time for making up is over.
    """
    if comments is None:
        return Said(None, (Step("ASM-06", VERDICTS, _COMMENTS_MISSING),))
    regular, ends = _given(comments.regular), (comments.midterm, comments.final)
    missed = is_deadline_over and None in ends
    given = _given(tuple(_or(one, Verdict.FAIL) for one in ends) if missed else ends)
    if len(regular) < regular_count or len(given) < len(ends):
        return Said(None, (Step("ASM-06", VERDICTS, _COMMENTS_MISSING),))
    every = [*regular, *given]
    passed = every.count(Verdict.PASS)
    told = (Step("ASM-02", MISSED, _COMMENT_MISSED),) if missed else ()
    counted = Step("ASM-06", VERDICTS, _COMMENTS, {"passed": passed, "count": len(every)})
    return Said(Verdict.PASS if passed == len(every) else Verdict.FAIL, (*told, counted))


def year_verdict(second: Said) -> Said:
    """Return the year's verdict, which is the second semester's (ASM-06)."""
    return Said(second.verdict, (*second.why, Step("ASM-06", VERDICTS, _YEAR_VERDICT)))


def _given(values: tuple[Value | None, ...]) -> list[Value]:
    return [one for one in values if one is not None]


def _or(value: Value | None, instead: Value) -> Value:
    return instead if value is None else value
