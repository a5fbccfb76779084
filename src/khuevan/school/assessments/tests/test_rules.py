"""The rules against slow models that share nothing with them, and against what must never be."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.school.assessments.rules.conduct import conduct_year
from khuevan.school.assessments.rules.counts import mark_counts
from khuevan.school.assessments.rules.marks import WrongForm, read_mark, rounded, write_average
from khuevan.school.assessments.rules.primary import (
    Period,
    PrimaryYear,
    Reached,
    Shown,
    YearLevel,
    required_tests,
    year_result,
)
from khuevan.school.assessments.rules.promotion import promotion, summer_retest
from khuevan.school.assessments.rules.semesters import semester_average, year_average
from khuevan.school.assessments.rules.study import level_of, study_result
from khuevan.school.assessments.rules.titles import year_title
from khuevan.school.assessments.rules.values import (
    AdjustmentMode,
    Form,
    Level,
    Outcome,
    SecondaryRules,
    SemesterMarks,
    Stage,
    State,
    SubjectResult,
    Title,
    Verdict,
)

RULES = SecondaryRules()
TENTHS = st.integers(0, 100)
NEAR = st.sampled_from([0, 34, 35, 49, 50, 64, 65, 79, 80, 89, 90, 100])
"""Marks on both sides of every threshold."""
LEVELS = st.sampled_from(Level)


def scored(index: int, average: int | None, *, counts: bool = True) -> SubjectResult:
    """Return the result of a subject with a score."""
    name = f"S{index}"
    return SubjectResult(name, Form.COMMENT_AND_SCORE, average, counts_in_overall=counts)


def commented(index: int, verdict: Verdict | None) -> SubjectResult:
    """Return the result of a subject without a score."""
    return SubjectResult(f"C{index}", Form.COMMENT, verdict=verdict)


RESULTS = st.builds(
    lambda scores, verdicts: (
        [scored(at, one) for at, one in enumerate(scores)]
        + [commented(at, one) for at, one in enumerate(verdicts)]
    ),
    st.lists(NEAR, min_size=5, max_size=9),
    st.lists(st.sampled_from([Verdict.PASS] * 4 + [Verdict.FAIL]), max_size=4),
)


def half_up(value: Fraction) -> Decimal:
    """Return a value with one decimal, by decimal arithmetic."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def slow_level(subjects: list[SubjectResult], needed: int = 6) -> Level:
    """Return the level as article 9 says it, word for word."""
    scores = [Fraction(one.average or 0, 10) for one in subjects if one.is_scored]
    failed = [one for one in subjects if one.verdict is Verdict.FAIL]
    if not scores:
        return Level.FAIL

    def many(mark: Fraction) -> bool:
        return len([one for one in scores if one >= mark]) >= needed

    if not failed and min(scores) >= Fraction("6.5") and many(Fraction(8)):
        return Level.GOOD
    if not failed and min(scores) >= 5 and many(Fraction("6.5")):
        return Level.FAIR
    if len(failed) <= 1 and many(Fraction(5)) and min(scores) >= Fraction("3.5"):
        return Level.PASS
    return Level.FAIL


def slow_study(subjects: list[SubjectResult], mode: AdjustmentMode) -> Level:
    """Return the level after article 9.3."""
    base = slow_level(subjects)
    would = []
    for at, one in enumerate(subjects):
        others = subjects[:at] + subjects[at + 1 :]
        if mode is AdjustmentMode.HYPOTHETICAL_REPLACE:
            best = scored(99, 100) if one.is_scored else commented(99, Verdict.PASS)
            others = [*others, best]
        would.append(slow_level(others))
    lifted = any(one in (Level.GOOD, Level.FAIR) and one >= base + 2 for one in would)
    return Level(base + 1) if lifted else base


@given(mark=TENTHS)
def test_a_mark_is_read_as_it_is_written(mark: int) -> None:
    assert read_mark(write_average(mark)) == mark
    if mark % 10 == 0:
        assert read_mark(str(mark // 10)) == mark


@given(written=st.text(max_size=5))
def test_what_is_no_mark_is_not_read(written: str) -> None:
    try:
        value = Decimal(written)
    except ArithmeticError:
        value = Decimal(-1)
    whole = str(int(value)) if value.is_finite() else ""
    if value.is_finite() and written in (whole, f"{whole}.{int(value * 10) % 10}") and value <= 10:
        assert read_mark(written) == int(Decimal(written) * 10)
    else:
        with pytest.raises(WrongForm):
            read_mark(written)


@given(numerator=st.integers(0, 10**6), denominator=st.integers(1, 1000))
def test_rounding_is_half_up(numerator: int, denominator: int) -> None:
    expected = (Decimal(numerator) / denominator).quantize(Decimal(1), ROUND_HALF_UP)
    assert rounded(numerator, denominator) == int(expected)


@pytest.mark.parametrize(
    ("exact", "average"), [((33, 4), "8.3"), ((129, 20), "6.5"), ((1, 20), "0.1")]
)
def test_the_middle_goes_up(exact: tuple[int, int], average: str) -> None:
    assert write_average(rounded(10 * exact[0], exact[1])) == average


@given(
    regular=st.lists(TENTHS | st.none(), max_size=7),
    ends=st.tuples(TENTHS | st.none(), TENTHS | st.none()),
    needed=st.integers(2, 4),
    is_over=st.booleans(),
)
def test_an_average_is_the_circulars(
    regular: list[int | None], ends: tuple[int | None, int | None], needed: int, is_over: bool
) -> None:
    marks = SemesterMarks(tuple(regular), *ends)
    found = semester_average(marks, needed, is_deadline_over=is_over)
    given_marks = [Fraction(one, 10) for one in regular if one is not None]
    midterm, final = (Fraction(0) if one is None and is_over else one for one in ends)
    if len(given_marks) < needed or midterm is None or final is None:
        assert found.state is State.INCOMPLETE
        assert found.tenths is None
        return
    midterm = Fraction(ends[0] or 0, 10)
    final = Fraction(ends[1] or 0, 10)
    exact = (sum(given_marks) + 2 * midterm + 3 * final) / (len(given_marks) + 5)
    assert found.tenths is not None
    assert Decimal(write_average(found.tenths)) == half_up(exact)
    assert f"≈ {half_up(exact)} (".replace(".", ",") in str(found.why[-1])


@given(first=TENTHS, second=TENTHS)
def test_a_year_counts_the_second_semester_twice(first: int, second: int) -> None:
    found = year_average(first, second)
    assert found.tenths is not None
    expected = half_up(Fraction(first + 2 * second, 30))
    assert Decimal(write_average(found.tenths)) == expected


@given(periods=st.integers(0, 200), cluster=st.sampled_from([0, 35]), semester=st.integers(1, 2))
def test_study_topics_do_not_raise_the_number_of_marks(
    periods: int, cluster: int, semester: int
) -> None:
    form = Form.COMMENT_AND_SCORE
    alone = mark_counts(form, periods, semester=semester, rules=RULES)
    both = mark_counts(
        form, periods + cluster, semester=semester, cluster_periods=cluster, rules=RULES
    )
    assert both.regular == alone.regular == (2 if periods <= 35 else 3 if periods <= 70 else 4)
    assert both.cluster == (1 if cluster and semester == 2 else 0)


@given(subjects=RESULTS, mode=st.sampled_from(AdjustmentMode))
def test_the_level_of_study_is_the_circulars(
    subjects: list[SubjectResult], mode: AdjustmentMode
) -> None:
    rules = SecondaryRules(adjustment_mode=mode)
    found = study_result(subjects, rules)
    assert found.base == slow_level(subjects)
    assert found.level == slow_study(subjects, mode)
    assert (found.adjusted_subject is None) == (found.base == found.level)
    assert "Điều 9 khoản 2" in str(found.why[0])
    assert ("Điều 9 khoản 3" in str(found.why[-1])) == (found.base != found.level)


@given(subjects=RESULTS, data=st.data())
def test_a_level_does_not_hang_on_order_nor_on_what_does_not_count(
    subjects: list[SubjectResult], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(subjects))
    more = [*mixed, scored(50, None, counts=False), replace(commented(51, None), is_exempt=True)]
    assert study_result(more, RULES).level == study_result(subjects, RULES).level


@given(subjects=RESULTS, data=st.data())
def test_a_better_mark_never_lowers_the_level(
    subjects: list[SubjectResult], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(subjects) - 1))
    one = subjects[at]
    better = (
        replace(one, average=data.draw(st.integers(one.average or 0, 100)))
        if one.is_scored
        else replace(one, verdict=Verdict.PASS)
    )
    raised = [*subjects[:at], better, *subjects[at + 1 :]]
    assert level_of(raised, RULES)[0] >= level_of(subjects, RULES)[0]


@given(subjects=RESULTS, mode=st.sampled_from(AdjustmentMode), conduct=LEVELS)
def test_raising_never_makes_a_title(
    subjects: list[SubjectResult], mode: AdjustmentMode, conduct: Level
) -> None:
    rules = SecondaryRules(adjustment_mode=mode)
    study = study_result(subjects, rules)
    title = year_title(conduct, study.level, subjects, rules).title
    assert title is None or (study.base is study.level is conduct is Level.GOOD)
    many = sum(one.average is not None and one.average >= 90 for one in subjects) >= 6
    assert (title is Title.EXCELLENT) == (title is not None and many)


@given(first=LEVELS | st.none(), second=LEVELS | st.none(), after=LEVELS | st.none())
def test_conduct_of_a_year(first: Level | None, second: Level | None, after: Level | None) -> None:
    found = conduct_year(first, second, after)
    if first is None or second is None:
        assert found.year is found.final is None
        return
    assert found.year is not None
    assert (found.year is Level.FAIL) == (second is Level.FAIL)
    assert found.year <= max(first, second)
    assert found.final is (after if found.year is Level.FAIL and after is not None else found.year)


@given(
    conduct=LEVELS | st.none(),
    study=LEVELS | st.none(),
    absences=st.integers(0, 60) | st.none(),
    stage=st.sampled_from(Stage),
    parallel=st.booleans(),
)
def test_who_goes_up(
    conduct: Level | None,
    study: Level | None,
    absences: int | None,
    stage: Stage,
    parallel: bool,
) -> None:
    rules = SecondaryRules(allow_parallel=parallel)
    found = promotion(conduct, study, absences, stage=stage, rules=rules)
    is_known = None not in (conduct, study, absences)
    goes_up = is_known and min(conduct or 0, study or 0) > 0 and (absences or 0) <= 45
    assert (found.outcome is Outcome.PROMOTED) == goes_up
    assert (found.outcome is Outcome.UNDECIDED) == (not is_known)
    assert bool(found.actions) == (found.outcome.startswith("SUMMER"))
    assert not (stage is Stage.AFTER_SUMMER and found.actions)
    plan = promotion(conduct, study, absences, stage=stage, has_individual_plan=True, rules=rules)
    assert plan.outcome is Outcome.NEEDS_DECISION


@given(subjects=RESULTS, conduct=LEVELS, absences=st.integers(40, 50), data=st.data())
def test_a_retest_replaces_only_what_may_be_sat_again(
    subjects: list[SubjectResult], conduct: Level, absences: int, data: st.DataObject
) -> None:
    sat = {
        one.id: data.draw(TENTHS if one.is_scored else st.sampled_from(Verdict))
        for one in subjects
        if data.draw(st.booleans())
    }
    found = summer_retest(conduct, absences, subjects, sat, RULES)
    low = study_result(subjects, RULES).level is Level.FAIL
    assert found.is_eligible == (low and conduct >= Level.PASS and absences <= 45)
    if not found.is_eligible:
        assert found.subjects == ()
        assert found.after == found.before
        return
    expected = [
        replace(
            one,
            average=sat[one.id] if one.is_scored else None,
            verdict=None if one.is_scored else sat[one.id],
        )
        if one.id in sat and one.id in found.subjects
        else one
        for one in subjects
    ]
    assert found.after.level == slow_study(expected, AdjustmentMode.OTHERS_QUALIFY)
    assert found.promotion.outcome in (Outcome.PROMOTED, Outcome.RETAINED)


@pytest.mark.parametrize(("grade", "period", "count"), [
    (1, Period.END_1, 2), (2, Period.MID_2, 0), (3, Period.END_1, 5), (3, Period.MID_1, 0),
    (4, Period.YEAR_END, 7), (5, Period.MID_1, 2),
])  # fmt: skip
def test_tests_of_a_grade(grade: int, period: Period, count: int) -> None:
    assert len(required_tests(grade, period)) == count


@given(
    grade=st.integers(1, 5),
    subjects=st.dictionaries(st.sampled_from("abc"), st.sampled_from(Reached) | st.none()),
    shown=st.dictionaries(st.sampled_from("ab"), st.sampled_from(Shown) | st.none()),
    data=st.data(),
)
def test_a_primary_year(
    grade: int,
    subjects: dict[str, Reached | None],
    shown: dict[str, Shown | None],
    data: st.DataObject,
) -> None:
    required = required_tests(grade, Period.YEAR_END)
    tests = {one: data.draw(st.integers(4, 10) | st.none()) for one in required}
    ignored = {"OTHER": None}
    found = year_result(grade, PrimaryYear(subjects, shown, shown, {**tests, **ignored})).level
    values = [*subjects.values(), *shown.values(), *tests.values()]
    if None in values:
        assert found is None
        return
    words = {str(one) for one in (*subjects.values(), *shown.values())}
    lowest = min((one for one in tests.values() if one is not None), default=10)
    if words <= {"T"} and lowest >= 7:
        assert found is (YearLevel.OUTSTANDING if lowest >= 9 else YearLevel.WELL)
    else:
        is_done = "C" not in words and lowest >= 5
        assert found is (YearLevel.DONE if is_done else YearLevel.NOT_DONE)
