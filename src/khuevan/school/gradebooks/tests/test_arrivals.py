"""Pupils who are assessed otherwise, and pupils who come in mid-year with their marks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, make_year

from khuevan.kernel.errors import NotFound
from khuevan.registry.students.api import ClassPlacement, Student
from khuevan.school.gradebooks import actions, errors
from khuevan.school.gradebooks.actions import ArrangementData
from khuevan.school.gradebooks.actions.recomputing import recompute_averages
from khuevan.school.gradebooks.carried_rules import carried
from khuevan.school.gradebooks.models import (
    Arrangement,
    ArrangementKind,
    Gradebook,
    Mark,
    SubjectResult,
)
from khuevan.school.gradebooks.selectors.carrying import proposals_for
from khuevan.school.gradebooks.slots import How, is_regular, period_of
from khuevan.school.gradebooks.tests.test_entering import enter, math

__all__ = ["math"]
TEST = "a test"
MARKS = {101: 80, 102: 75, 103: 90, 104: 80, 140: 75, 150: 80}


def result(book: Gradebook, pupil: Student) -> tuple[int | None, ...]:
    """Return both terms and the year, the same after reckoning everything in SQL."""
    rows = SubjectResult.objects.unscoped(because=TEST).filter(gradebook=book, student=pupil)
    first = rows.values_list("term_1", "term_2", "annual").get()
    recompute_averages(classes=[book.homeroom_class_id], year=book.year)
    assert rows.values_list("term_1", "term_2", "annual").get() == first
    return first


def move(pupil: Student, cast: Cast) -> None:
    """Let a pupil go from 6A to 6B two weeks ago."""
    rows = ClassPlacement.objects.unscoped(because=TEST).filter(student=pupil, ends_on=None)
    on = TODAY - timedelta(days=14)
    old = rows.get()
    rows.update(ends_on=on)
    ClassPlacement.objects.create(
        student=pupil,
        person_id=pupil.person_id,
        school=cast.school_a,
        homeroom_class=cast.class_6b,
        sort_key=old.sort_key,
        starts_on=on,
    )


def test_who_is_exempt_has_no_average_until_it_ends(cast: Cast, math: Gradebook) -> None:
    for column, value in MARKS.items():
        enter(math, cast.toan, cast.minh_anh, column, value)
    assert result(math, cast.minh_anh)[0] == 79

    def decide(kind: str, subject: str) -> None:
        actions.arrange(
            actor=actor_of(cast.loan),
            student=cast.minh_anh,
            year=make_year(),
            data=ArrangementData(kind, subject, "Theo giấy khám"),
            now=NOW,
        )

    decide(ArrangementKind.EXEMPT, "Toán")
    assert result(math, cast.minh_anh) == (None, None, None)
    with pytest.raises(errors.ArrangedAlready):
        decide(ArrangementKind.EXEMPT, "Toán")
    with pytest.raises(errors.SubjectNeeded):
        decide(ArrangementKind.EXEMPT, "")
    with pytest.raises(errors.NoPracticeHere):
        decide(ArrangementKind.THEORY, "Toán")
    with pytest.raises(NotFound):
        decide(ArrangementKind.EXEMPT, "Thiên văn học")
    for stranger in (cast.toan, cast.mai, cast.huong):
        with pytest.raises(NotFound):
            actions.arrange(
                actor=actor_of(stranger),
                student=cast.minh_anh,
                year=make_year(),
                data=ArrangementData(ArrangementKind.INDIVIDUAL, "", "Kế hoạch"),
                now=NOW,
            )
    decide(ArrangementKind.INDIVIDUAL, "")
    one = Arrangement.objects.unscoped(because=TEST).get(kind=ArrangementKind.EXEMPT)
    actions.end_arrangement(actor=actor_of(cast.loan), uuid=one.uuid, now=NOW)
    assert result(math, cast.minh_anh)[0] == 79


def test_marks_of_the_former_class_are_proposed_and_taken_over(cast: Cast, math: Gradebook) -> None:
    pupil, loan, year = cast.minh_anh, actor_of(cast.loan), make_year()
    actions.add_column(actor=actor_of(cast.toan), uuid=math.uuid, period=1, now=NOW)
    for column, value in {**MARKS, 105: 60}.items():
        enter(math, cast.toan, pupil, column, value)
    assert proposals_for(actor=loan, student=pupil, year=year) == []
    move(pupil, cast)
    (one,) = proposals_for(actor=loan, student=pupil, year=year)
    assert (one.former, one.fit.fits) == (math, MARKS)
    assert one.fit.left == {105: 60}, "a fifth regular mark needs a column"
    for stranger in (cast.mai, cast.huong, cast.hoa):
        assert proposals_for(actor=actor_of(stranger), student=pupil, year=year) == []
    with pytest.raises(errors.NothingToCarry):
        actions.carry_marks(actor=loan, student=pupil, year=year, count=7, now=NOW)
    assert actions.carry_marks(actor=loan, student=pupil, year=year, count=6, now=NOW) == 6
    rows = Mark.objects.unscoped(because=TEST).filter(student=pupil, gradebook=one.book)
    assert dict(rows.values_list("slot", "value")) == MARKS
    assert {row.how for row in rows} == {How.CARRIED}
    assert result(one.book, pupil)[0] == 79
    old = Mark.objects.unscoped(because=TEST).filter(student=pupil, gradebook=math)
    assert old.count() == 7, "the former gradebook stays as it is"
    assert proposals_for(actor=loan, student=pupil, year=year) == []


def test_a_report_says_term_one_and_nothing_is_invented(cast: Cast, math: Gradebook) -> None:
    pupil, loan = cast.minh_anh, actor_of(cast.loan)
    for column, value in MARKS.items():
        enter(math, cast.toan, pupil, column + 100, value)
    assert result(math, pupil) == (None, 79, None)

    def bring(value: int | None, subject: str = "Toán") -> int:
        return actions.bring_averages(
            actor=loan,
            student=pupil,
            year=make_year(),
            values={subject: value},
            paper="Học bạ, Trường THCS Hòa Bình",
            now=NOW,
        )

    assert bring(82) == 1
    assert result(math, pupil) == (82, 79, 80)
    assert bring(1, "Âm nhạc") == 1
    with pytest.raises(errors.NoSuchAverage):
        bring(82, "Âm nhạc")
    with pytest.raises(NotFound):
        bring(82, "Thiên văn học")
    assert bring(None) == 0
    assert result(math, pupil) == (None, 79, None)


SLOTS = [101, 102, 103, 140, 150, 201, 202, 240, 250]


@given(
    former=st.dictionaries(st.sampled_from([*SLOTS, 104, 105, 130, 203]), st.integers(0, 100)),
    taken=st.sets(st.sampled_from(SLOTS)),
)
def test_nothing_is_carried_over_what_stands_or_into_another_kind(
    former: dict[int, int], taken: set[int]
) -> None:
    found = carried(former, SLOTS, taken)
    assert not taken & found.fits.keys()
    assert found.fits.keys() <= set(SLOTS)
    for column, value in found.fits.items():
        if not is_regular(column):
            assert former[column] == value
    for term in (1, 2):
        into = [v for s, v in sorted(found.fits.items()) if is_regular(s) and period_of(s) == term]
        came = [v for s, v in sorted(former.items()) if is_regular(s) and period_of(s) == term]
        assert into == came[: len(into)], "in the order of the former columns"
