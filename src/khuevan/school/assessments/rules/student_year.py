"""A pupil's whole year by Circular 22/2021: every subject, study, conduct, promotion, title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from khuevan.school.assessments.rules.conduct import Conduct, conduct_year
from khuevan.school.assessments.rules.counts import mark_counts
from khuevan.school.assessments.rules.promotion import Promotion, promotion, retest_subjects
from khuevan.school.assessments.rules.semesters import (
    Average,
    Said,
    semester_average,
    semester_verdict,
    year_average,
    year_verdict,
)
from khuevan.school.assessments.rules.study import Study, study_result
from khuevan.school.assessments.rules.titles import Awarded, year_title
from khuevan.school.assessments.rules.values import (
    Form,
    Level,
    Outcome,
    SecondaryRules,
    SemesterComments,
    SemesterMarks,
    State,
    SubjectResult,
)

PERIODS = ("semester_1", "semester_2", "year")
_INVALID = Average(State.INVALID)


@dataclass(frozen=True, slots=True)
class SubjectYear:
    """A subject with what a pupil has in it; a semester is None where the pupil was not there.

    A scored semester may be `State.INVALID`: a mark in it is written wrong.
    """

    id: str
    form: Form
    annual_periods: int
    semesters: tuple[SemesterMarks | SemesterComments | State | None, ...]
    cluster_periods: int = 0
    cluster_semester: int | None = None
    is_exempt: bool = False
    counts_in_overall: bool = True


@dataclass(frozen=True, slots=True)
class StudentYear:
    """All results of a pupil's year; `subjects` and `study` by `PERIODS`."""

    subjects: Mapping[str, tuple[Average | Said, ...]]
    study: Mapping[str, Study]
    conduct: Conduct
    promotion: Promotion
    retest_subjects: tuple[str, ...]
    awarded: Awarded


def student_year(
    subjects: Sequence[SubjectYear],
    conduct: tuple[Level | None, Level | None],
    absences: int | None,
    *,
    has_individual_plan: bool = False,
    rules: SecondaryRules,
) -> StudentYear:
    """Return everything that follows from a year's marks, comments, conduct and absences.

    An individual plan changes only who decides on promotion.
    """
    results = {one.id: subject_year(one, rules) for one in subjects}
    by_period = [
        [_result(one, results[one.id][at]) for one in subjects] for at in range(len(PERIODS))
    ]
    study = {
        period: study_result(found, rules) for period, found in zip(PERIODS, by_period, strict=True)
    }
    lived, of_year = conduct_year(*conduct), by_period[-1]
    level = study["year"].level
    end = promotion(
        lived.final, level, absences, has_individual_plan=has_individual_plan, rules=rules
    )
    again = retest_subjects(of_year, rules) if Outcome.SUMMER_RETEST in end.actions else ()
    title = year_title(lived.year, level, of_year, rules)
    return StudentYear(results, study, lived, end, again, title)


def subject_year(subject: SubjectYear, rules: SecondaryRules) -> tuple[Average | Said, ...]:
    """Return what a subject comes to in both semesters and the year."""
    if subject.form is Form.COMMENT:
        first, second = (
            semester_verdict(
                one if isinstance(one, SemesterComments) else None, rules.comment_regular
            )
            for one in subject.semesters
        )
        return first, second, year_verdict(second)
    scores = [
        _score(subject, one, number, rules) for number, one in enumerate(subject.semesters, 1)
    ]
    return *scores, year_average(scores[0].tenths, scores[1].tenths)


def _score(
    subject: SubjectYear,
    marks: SemesterMarks | SemesterComments | State | None,
    semester: int,
    rules: SecondaryRules,
) -> Average:
    if marks is State.INVALID:
        return _INVALID
    if not isinstance(marks, SemesterMarks):
        return Average(State.INCOMPLETE)
    counts = mark_counts(
        subject.form,
        subject.annual_periods,
        semester=semester,
        cluster_periods=subject.cluster_periods,
        cluster_semester=subject.cluster_semester,
        rules=rules,
    )
    topics = marks.cluster if counts.cluster else None
    needs = replace(marks, cluster=topics, needs_cluster=bool(counts.cluster))
    return semester_average(needs, counts.regular)


def _result(subject: SubjectYear, found: Average | Said) -> SubjectResult:
    return SubjectResult(
        id=subject.id,
        form=subject.form,
        average=found.tenths if isinstance(found, Average) else None,
        verdict=found.verdict if isinstance(found, Said) else None,
        is_exempt=subject.is_exempt,
        counts_in_overall=subject.counts_in_overall,
    )
