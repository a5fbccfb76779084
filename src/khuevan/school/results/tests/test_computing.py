"""Sets reckoned in SQL give what the pure rules give: random books, marks, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_year

from khuevan.platform.regulations.api import RuleSetting
from khuevan.registry.students.api import Student
from khuevan.school.assessments.api import (
    AdjustmentMode,
    Form,
    Level,
    Outcome,
    SecondaryRules,
    Stage,
    SubjectResult,
    Title,
    Verdict,
    conduct_year,
    promotion,
    study_result,
    year_title,
)
from khuevan.school.gradebooks.api import BookForm, Columns, Gradebook, results_of
from khuevan.school.results.actions.computing import compute_classes
from khuevan.school.results.models import Becomes, Honour, YearResult

TEST = "a test"
BOUNDS = (0, 34, 35, 49, 50, 64, 65, 79, 80, 89, 90, 100)
MARKS = st.one_of(st.sampled_from(BOUNDS), st.integers(0, 100), st.sampled_from((-1, -2, -3)))
OUTCOMES = {
    Outcome.NEEDS_DECISION: Becomes.NEEDS_DECISION,
    Outcome.UNDECIDED: None,
    Outcome.RETAINED: Becomes.RETAINED,
    Outcome.PROMOTED: Becomes.PROMOTED,
    Outcome.SUMMER_RETEST: Becomes.SUMMER_RETEST,
    Outcome.SUMMER_TRAINING: Becomes.SUMMER_TRAINING,
}
TITLES = {
    None: Honour.NONE,
    Title.GOOD_STUDENT: Honour.GOOD_STUDENT,
    Title.EXCELLENT: Honour.EXCELLENT,
}


@dataclass(frozen=True)
class Made:
    """A pupil of a random class: marks by book and column, and what people decided."""

    books: Sequence[Gradebook]
    marks: Sequence[dict[int, int]]
    conduct: tuple[int | None, int | None]
    absent: int | None


def book(cast: Cast, number: int, form: str, **facts: object) -> Gradebook:
    """Return a gradebook of 6A that is not written yet."""
    usual = {
        "school": cast.school_a,
        "academic_year": make_year(),
        "year": 2026,
        "homeroom_class": cast.class_6a,
        "grade": 6,
        "subject_name": f"Môn {number}",
        "form": form,
        "regulation": "TT22-2021",
        "required": [2, 2],
        "slots": [101, 102, 103, 140, 150, 201, 202, 203, 240, 250],
    }
    return Gradebook(**{**usual, **facts})


@st.composite
def near_marks(draw: st.DrawFn, form: str) -> dict[int, int]:
    """Return cells of a pupil that mostly are complete and mostly alike: averages at a bound."""
    value = 1 if form == BookForm.COMMENT else draw(st.sampled_from(BOUNDS))
    columns = (101, 102, 140, 150, 201, 202, 240, 250)
    cells = dict.fromkeys(columns, value)
    if draw(st.integers(0, 3)) == 0:
        wrong = st.sampled_from((0, 1, -1)) if form == BookForm.COMMENT else MARKS
        cells |= draw(st.dictionaries(st.sampled_from((*columns, 103, 203)), wrong, max_size=3))
    if draw(st.integers(0, 25)) == 0:
        cells.pop(draw(st.sampled_from(columns)))
    return cells


@st.composite
def pupils_years(draw: st.DrawFn) -> tuple[list[tuple[str, str, bool]], Made]:
    """Return the shapes of books and a pupil's marks in them."""
    forms = [BookForm.SCORE] * draw(st.integers(0, 9)) + [BookForm.COMMENT] * draw(
        st.integers(0, 4)
    )
    shapes: list[tuple[str, str, bool]] = [
        (
            form,
            "ARTS" if form == BookForm.COMMENT and draw(st.booleans()) else "",
            draw(st.integers(0, 9)) > 0,
        )
        for form in forms
    ]
    level = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 3))
    return shapes, Made(
        (),
        [draw(near_marks(form)) for form in forms],
        (draw(level), draw(level)),
        draw(st.one_of(st.none(), st.sampled_from((0, 45, 46)))),
    )


@pytest.mark.parametrize("mode", ["OTHERS_QUALIFY", "HYPOTHETICAL_REPLACE"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=pupils_years(), needed=st.sampled_from((6, 6, 3, 0)))
def test_sets_are_equal_to_the_pure_rules(
    cast: Cast, mode: str, drawn: tuple[list[tuple[str, str, bool]], Made], needed: int
) -> None:
    shapes, made = drawn
    rules = _rules(mode, needed)
    wipe()
    books = [
        book(cast, number, form, component=component, counts_in_overall=counts)
        for number, (form, component, counts) in enumerate(shapes)
    ]
    Gradebook.objects.unscoped(because=TEST).bulk_create(books)
    write(cast.minh_anh, books, made.marks)
    decided(cast, made)
    compute_classes(classes=[cast.class_6a.pk], year=make_year(), on=TODAY, now=NOW)
    row = YearResult.objects.unscoped(because=TEST).get(student=cast.minh_anh)
    expected = by_pure_rules(replace(made, books=books), rules)
    found = (
        row.study_1, row.study_2, row.study_annual, row.conduct_annual, row.becomes, row.title,
    )  # fmt: skip
    assert found == expected
    again = compute_classes(classes=[cast.class_6a.pk], year=make_year(), on=TODAY, now=NOW)
    assert (again.averages, again.results) == (0, 0), "only what differs is written"


def _rules(mode: str, needed: int) -> SecondaryRules:
    values = {"adjustment_mode": mode, "min_subjects_at_level": needed}
    RuleSetting.objects.filter(topic="ASSESSMENT", level="THCS", grade_from=6).update(value=values)
    return SecondaryRules(min_subjects_at_level=needed, adjustment_mode=AdjustmentMode(mode))


def wipe() -> None:
    """Forget all gradebooks and results."""
    with connection.cursor() as cursor:
        for table in ("mark", "subjectresult", "gradebook"):
            cursor.execute(f"DELETE FROM gradebooks_{table}")  # noqa: S608
        cursor.execute("DELETE FROM results_yearresult")


def write(pupil: Student, books: Sequence[Gradebook], marks: Sequence[dict[int, int]]) -> None:
    """Write marks as they are."""
    rows = [
        (NOW, one.pk, pupil.pk, 2026, slot, value)
        for one, cells in zip(books, marks, strict=True)
        for slot, value in cells.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO gradebooks_mark (at, gradebook_id, student_id, year, slot, value, how)"
            " VALUES (%s, %s, %s, %s, %s, %s, 8)",
            rows,
        )


def decided(cast: Cast, made: Made) -> None:
    """Write what a homeroom teacher decided."""
    YearResult.objects.create(
        homeroom_class=cast.class_6a,
        student=cast.minh_anh,
        at=NOW,
        scheme=1,
        conduct_1=made.conduct[0],
        conduct_2=made.conduct[1],
        absent_excused=made.absent,
        absent_unexcused=0,
    )


def by_pure_rules(made: Made, rules: SecondaryRules) -> tuple[int | None, ...]:
    """Return what the pure rules make of it."""
    years = [
        results_of(Columns(one.form, one.slots, one.required), cells).values
        for one, cells in zip(made.books, made.marks, strict=True)
    ]
    of_period = [
        _joined([(one, found[at]) for one, found in zip(made.books, years, strict=True)])
        for at in range(3)
    ]
    study = [study_result(one, rules).level if _counted(one) else None for one in of_period]
    first, second = (None if one is None else Level(one) for one in made.conduct)
    lived = conduct_year(first, second)
    end = promotion(lived.final, study[2], made.absent, stage=Stage.YEAR_END, rules=rules)
    title = year_title(lived.year, study[2], of_period[2], rules).title
    stands = lived.year is not None and study[2] is not None
    return (*study, lived.year, OUTCOMES[end.outcome], TITLES[title] if stands else None)


def _counted(subjects: Sequence[SubjectResult]) -> bool:
    return any(one.counts for one in subjects)


def _joined(results: Sequence[tuple[Gradebook, int | None]]) -> list[SubjectResult]:
    parts: dict[str, list[tuple[Gradebook, int | None]]] = {}
    for one, value in results:
        if one.counts_in_overall:
            key = one.component if one.form == BookForm.COMMENT else ""
            parts.setdefault(key or str(one.pk), []).append((one, value))
    found = []
    for key, several in parts.items():
        values = [value for _one, value in several]
        least = None if None in values else min(one for one in values if one is not None)
        if several[0][0].form == BookForm.SCORE:
            found.append(SubjectResult(key, Form.COMMENT_AND_SCORE, average=least))
        else:
            said = None if least is None else (Verdict.PASS if least else Verdict.FAIL)
            found.append(SubjectResult(key, Form.COMMENT, verdict=said))
    return found
