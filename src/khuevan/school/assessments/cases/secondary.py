"""Cases of Circular 22/2021: what each kind takes and gives."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from khuevan.school.assessments.cases.pupils import (
    SEMESTERS,
    comments_of,
    counted,
    flag,
    level_of,
    marks_of,
    refuse_twice,
    results_of,
    rules_of,
    sat_result,
    subject_year,
)
from khuevan.school.assessments.cases.reading import Node
from khuevan.school.assessments.rules.conduct import conduct_year
from khuevan.school.assessments.rules.counts import mark_counts
from khuevan.school.assessments.rules.derivation import Derivation
from khuevan.school.assessments.rules.marks import WrongForm, read_mark, write_average
from khuevan.school.assessments.rules.promotion import promotion, summer_retest
from khuevan.school.assessments.rules.semesters import (
    Average,
    Said,
    semester_average,
    semester_verdict,
    year_average,
    year_verdict,
)
from khuevan.school.assessments.rules.student_year import PERIODS, student_year
from khuevan.school.assessments.rules.study import Study, study_result
from khuevan.school.assessments.rules.titles import year_title
from khuevan.school.assessments.rules.values import (
    Level,
    SecondaryRules,
    Stage,
    State,
    Tenths,
    Verdict,
)

Result = dict[str, Any]
Answered = tuple[Result, Derivation]
FIRST_GRADE, LAST_GRADE = 6, 12


class SecondaryLevel(StrEnum):
    """Which schools Circular 22/2021 is for."""

    THCS = "THCS"
    THPT = "THPT"


class ResultPeriod(StrEnum):
    """What a title is asked for."""

    YEAR = "YEAR"
    SEMESTER_1 = "SEMESTER_1"
    SEMESTER_2 = "SEMESTER_2"


def of_counts(given: Node) -> Answered:
    """Answer `mark_counts`."""
    form, total, cluster, in_semester = counted(given, "assessment_form")
    counts = mark_counts(
        form,
        total,
        semester=given["semester"].integer(least=1, most=2),
        cluster_periods=cluster,
        cluster_semester=in_semester,
        rules=SecondaryRules(),
    )
    return {
        "regular_count": counts.regular,
        "midterm_count": counts.midterm,
        "final_count": counts.final,
        "cluster_marks": counts.cluster,
    }, counts.why


def of_semester(given: Node) -> Answered:
    """Answer `semester_average`."""
    needed = given["regular_count"].integer()
    is_over = flag(given, "makeup_deadline_passed")
    marks = marks_of(given, needs_cluster=given.get("cluster_mark") is not None)
    if marks is None:
        return {"status": State.INVALID, "average": None}, ()
    found = semester_average(marks, needed, is_deadline_over=is_over)
    return _average(found), found.why


def of_year(given: Node) -> Answered:
    """Answer `year_average`."""
    written = [given[name] for name in SEMESTERS]
    try:
        first, second = (None if one.is_null else read_mark(one.value) for one in written)
    except WrongForm:
        return {"status": State.INVALID, "average": None}, ()
    found = year_average(first, second)
    return _average(found), found.why


def of_comments(given: Node) -> Answered:
    """Answer `comment_subject`."""
    needed = given["regular_count"].integer()
    is_over = flag(given, "makeup_deadline_passed")
    first, second = (
        semester_verdict(given[name].or_null(comments_of), needed, is_deadline_over=is_over)
        for name in SEMESTERS
    )
    year = year_verdict(second)
    said = {"semester_1": first, "semester_2": second, "year": year}
    return {key: _verdict(one) for key, one in said.items()}, year.why


def of_study(given: Node) -> Answered:
    """Answer `study_result`."""
    found = study_result(results_of(given), rules_of(given))
    return _study(found), found.why


def of_conduct(given: Node) -> Answered:
    """Answer `conduct_year`."""
    first, second, after = (
        given[name].or_null(level_of) for name in (*SEMESTERS, "after_summer_training")
    )
    found = conduct_year(first, second, after)
    return {"year": _name(found.year), "final": _name(found.final)}, found.why


def of_promotion(given: Node) -> Answered:
    """Answer `promotion`."""
    study = given["study"]
    found = promotion(
        given["conduct"].or_null(level_of),
        None if study.value == State.INCOMPLETE else study.or_null(level_of),
        given["absences"].or_null(Node.integer),
        stage=given["stage"].choice(Stage),
        has_individual_plan=given["individual_plan"].boolean(),
        rules=SecondaryRules(allow_parallel=given["allow_parallel"].boolean()),
    )
    return {"outcome": found.outcome, "actions": list(found.actions)}, found.why


def of_retest(given: Node) -> Answered:
    """Answer `summer_retest`."""
    subjects = results_of(given)
    forms = {one.id: one.form for one in subjects}
    sat: dict[str, Tenths | Verdict | None] = {
        key: sat_result(one, forms[key]) for key, one in given["retest"].members() if key in forms
    }
    found = summer_retest(
        level_of(given["conduct"]), given["absences"].integer(), subjects, sat, rules_of(given)
    )
    return {
        "eligible": found.is_eligible,
        "eligible_subjects": list(found.subjects),
        "level_before": _name(found.before.level),
        "level_after": _name(found.after.level),
        "outcome": found.promotion.outcome,
    }, (*found.why, *found.promotion.why)


def of_title(given: Node) -> Answered:
    """Answer `title`: only a year has one."""
    conduct, rules = level_of(given["conduct"]), rules_of(given)
    subjects, period = results_of(given), given["period"]
    study = study_result(subjects, rules)
    result: Result = {"study": _name(study.level), "title": None}
    if period.choice(ResultPeriod) is not ResultPeriod.YEAR:
        return result, study.why
    found = year_title(conduct, study.level, subjects, rules)
    return {**result, "title": found.title}, (*study.why, *found.why)


def of_student(given: Node) -> Answered:
    """Answer `student_year`."""
    given["level"].choice(SecondaryLevel)
    given["grade"].integer(least=FIRST_GRADE, most=LAST_GRADE)
    conduct = given["conduct"]
    lived = conduct["semester_1"].or_null(level_of), conduct["semester_2"].or_null(level_of)
    conduct.close()
    subjects = [subject_year(one) for one in given["subjects"].items()]
    refuse_twice(given["subjects"], [one.id for one in subjects])
    parallel = given["allow_parallel"].boolean()
    found = student_year(
        subjects,
        lived,
        given["absences"].or_null(Node.integer),
        has_individual_plan=given["individual_plan"].boolean(),
        rules=rules_of(given, allow_parallel=parallel),
    )
    return {
        "subjects": {
            one.id: dict.fromkeys(PERIODS, "EXEMPT")
            if one.is_exempt
            else dict(zip(PERIODS, _told(found.subjects[one.id]), strict=True))
            for one in subjects
        },
        "study": {period: _study(one) for period, one in found.study.items()},
        "conduct": {"year": _name(found.conduct.year)},
        "promotion": {
            "outcome": found.promotion.outcome,
            "actions": list(found.promotion.actions),
        },
        "retest_subjects": list(found.retest_subjects),
        "title": found.awarded.title,
    }, (
        *found.study["year"].why,
        *found.conduct.why,
        *found.promotion.why,
        *found.awarded.why,
    )


KINDS = {
    "mark_counts": of_counts,
    "semester_average": of_semester,
    "year_average": of_year,
    "comment_subject": of_comments,
    "study_result": of_study,
    "conduct_year": of_conduct,
    "promotion": of_promotion,
    "summer_retest": of_retest,
    "title": of_title,
    "student_year": of_student,
}


def _average(found: Average) -> Result:
    average = None if found.tenths is None else write_average(found.tenths)
    return {"status": found.state, "average": average}


def _verdict(found: Said) -> str:
    return State.INCOMPLETE if found.verdict is None else found.verdict


def _name(level: Level | None) -> str:
    return State.INCOMPLETE if level is None else level.name


def _study(found: Study) -> Result:
    return {
        "base_level": _name(found.base),
        "level": _name(found.level),
        "adjusted_subject": found.adjusted_subject,
    }


def _told(results: tuple[Average | Said, ...]) -> list[str]:
    return [
        _verdict(one)
        if isinstance(one, Said)
        else (one.state if one.tenths is None else write_average(one.tenths))
        for one in results
    ]
