"""Entering marks: what is saved, refused, told as changed meanwhile, and sent twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, make_staff, make_year

from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import Person
from khuevan.registry.curriculum.api import fill_plans
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks.actions import enter_marks, open_books
from khuevan.school.gradebooks.actions.entering import Entered, Entry, Outcome
from khuevan.school.gradebooks.errors import NotYourBook
from khuevan.school.gradebooks.models import (
    EntryWindow,
    Gradebook,
    Mark,
    MarkVersion,
    SubjectResult,
)
from khuevan.school.gradebooks.slots import FINAL, MIDTERM, BookForm, How, Slot, Word, slot

TEST = "a test"


@pytest.fixture
def math(cast: Cast) -> Gradebook:
    """Give the gradebook of mathematics of 6A, which Toàn teaches."""
    fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    open_books(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    books = Gradebook.objects.unscoped(because=TEST)
    return books.get(homeroom_class=cast.class_6a, subject_name="Toán")


def enter(
    book: Gradebook, who: Person, pupil: Student, column: Slot, value: int, base: int = 0
) -> Entered:
    """Let somebody enter one mark."""
    entry = Entry(pupil.uuid, column, value, base)
    return enter_marks(actor=actor_of(who), uuid=book.uuid, entries=[entry], how=How.TYPED, now=NOW)


def outcome(entered: Entered) -> Outcome:
    """Return what became of the only entry."""
    (answer,) = entered.answers
    return answer.outcome


def test_books_follow_the_plan_and_the_circular(cast: Cast, math: Gradebook) -> None:
    assert math.required == [4, 4], "140 periods a year: four regular marks (ASM-02)"
    assert math.slots == [101, 102, 103, 104, 140, 150, 201, 202, 203, 204, 240, 250]
    assert math.regulation == "TT22-2021"
    books = {
        one.subject_name: one
        for one in Gradebook.objects.unscoped(because=TEST).filter(homeroom_class=cast.class_6a)
    }
    assert books["Âm nhạc"].form == BookForm.COMMENT
    assert books["Âm nhạc"].component == "ARTS"
    assert books["Tin học"].required == [2, 2]
    again = open_books(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    assert again.made == 0


def test_primary_books_have_levels_tests_and_traits(cast: Cast) -> None:
    hung = actor_of(make_staff("Lý Thị Hiệu", school=cast.primary, position="PRINCIPAL").person)
    fill_plans(actor=hung, school=cast.primary, year=make_year(), now=NOW)
    open_books(actor=hung, school=cast.primary, year=make_year(), now=NOW)
    books = {
        one.subject_name: one
        for one in Gradebook.objects.unscoped(because=TEST).filter(school=cast.primary)
    }
    assert books["Toán"].slots == [160, 260, 261, 360, 460, 461], "grade 3: tests at both ends"
    assert books["Đạo đức"].slots == [160, 260, 360, 460]
    assert books["Tin học"].slots == books["Công nghệ"].slots == books["Toán"].slots
    assert books[""].form == BookForm.TRAITS
    assert len(books[""].slots) == 4 * 15


def test_a_mark_is_saved_with_its_average_and_every_earlier_value(
    cast: Cast, math: Gradebook
) -> None:
    pupil = cast.minh_anh
    for column, value in zip(math.slots[:6], (80, 75, 90, 80, 75, 80), strict=True):
        found = enter(math, cast.toan, pupil, column, value)
        assert outcome(found) is Outcome.SAVED
    (result,) = found.results.values()
    assert result.terms == (79, None), "7,944 is 7,9 (ASM-05 no. 1)"
    kept = SubjectResult.objects.unscoped(because=TEST).get(gradebook=math, student=pupil)
    assert (kept.term_1, kept.term_2, kept.annual) == (79, None, None)
    enter(math, cast.toan, pupil, slot(1, FINAL), 90, base=1)
    enter(math, cast.toan, pupil, slot(1, FINAL), Word.CLEARED, base=2)
    now = Mark.objects.unscoped(because=TEST).get(student=pupil, slot=slot(1, FINAL))
    assert (now.value, now.version, now.by_id) == (Word.CLEARED, 3, cast.toan.pk)
    before = MarkVersion.objects.unscoped(because=TEST).filter(student=pupil).order_by("version")
    assert [(one.version, one.value, one.by_id) for one in before] == [
        (1, 80, cast.toan.pk),
        (2, 90, cast.toan.pk),
    ]
    kept.refresh_from_db()
    assert kept.term_1 is None


def test_what_is_sent_twice_is_saved_once(cast: Cast, math: Gradebook) -> None:
    at = slot(1, MIDTERM)
    enter(math, cast.toan, cast.minh_anh, at, 60)
    assert outcome(enter(math, cast.toan, cast.minh_anh, at, 60)) is Outcome.SAVED
    enter(math, cast.toan, cast.minh_anh, at, 70, base=1)
    late = enter(math, cast.toan, cast.minh_anh, at, 60)
    assert outcome(late) is Outcome.SAVED, "it was written, and then changed by the same teacher"
    assert (late.answers[0].value, late.answers[0].version) == (70, 2)
    assert MarkVersion.objects.unscoped(because=TEST).count() == 1


def test_what_somebody_else_changed_is_told_and_stays(cast: Cast, math: Gradebook) -> None:
    other = make_staff("Đỗ Văn Hai", school=cast.school_a, teaches=[cast.class_6a], subject="Toán")
    at = slot(1, MIDTERM)
    enter(math, cast.toan, cast.minh_anh, at, 60)
    found = enter(math, other.person, cast.minh_anh, at, 80)
    (answer,) = found.answers
    assert answer.outcome is Outcome.CONFLICT
    assert (answer.value, answer.version, answer.by_id) == (60, 1, cast.toan.pk)
    assert outcome(enter(math, other.person, cast.minh_anh, at, 80, base=1)) is Outcome.SAVED


def test_who_does_not_teach_the_subject_there_enters_nothing(cast: Cast, math: Gradebook) -> None:
    for who in (cast.lan, cast.toan, cast.hung):
        music = Gradebook.objects.unscoped(because=TEST).get(
            homeroom_class=cast.class_6a, subject_name="Âm nhạc"
        )
        with pytest.raises(NotYourBook):
            enter(music, who, cast.minh_anh, slot(1, FINAL), 1)
    for stranger in (cast.mai, cast.huong, cast.binh):
        with pytest.raises(NotFound):
            enter(math, stranger, cast.minh_anh, slot(1, FINAL), 80)
    assert not Mark.objects.unscoped(because=TEST).exists()


@pytest.mark.parametrize("value", [-4, 101, 300])
def test_no_other_value_than_a_mark(cast: Cast, math: Gradebook, value: int) -> None:
    found = enter(math, cast.toan, cast.minh_anh, slot(1, FINAL), value)
    assert outcome(found) is Outcome.INVALID
    assert outcome(enter(math, cast.toan, cast.minh_anh, 999, 80)) is Outcome.INVALID


def test_pupils_of_other_classes_are_not_there(cast: Cast, math: Gradebook) -> None:
    assert outcome(enter(math, cast.toan, cast.student_b, slot(1, FINAL), 80)) is Outcome.GONE
    unknown = Entry(uuid4(), slot(1, FINAL), 80, 0)
    found = enter_marks(
        actor=actor_of(cast.toan), uuid=math.uuid, entries=[unknown], how=How.TYPED, now=NOW
    )
    assert outcome(found) is Outcome.GONE


def test_closed_columns_and_locked_periods_take_nothing(cast: Cast, math: Gradebook) -> None:
    math.closed_slots = [slot(1, MIDTERM)]
    math.save(update_fields=["closed_slots"])
    assert outcome(enter(math, cast.toan, cast.minh_anh, slot(1, MIDTERM), 80)) is Outcome.LOCKED
    EntryWindow.objects.create(
        school=cast.school_a,
        academic_year=make_year(),
        level="THCS",
        period=1,
        opens_on=TODAY - timedelta(days=30),
        closes_on=TODAY,
    )
    assert outcome(enter(math, cast.toan, cast.minh_anh, slot(1, FINAL), 80)) is Outcome.LOCKED
    assert outcome(enter(math, cast.toan, cast.minh_anh, slot(2, FINAL), 80)) is Outcome.SAVED
