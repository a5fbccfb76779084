"""Marks of two records of one pupil: they go along, or stand in the way; and go back."""

from __future__ import annotations

import pytest

from khuevan.registry.curriculum.api import fill_plans
from khuevan.registry.duplicates import actions
from khuevan.registry.duplicates.actions.merging import Versions
from khuevan.registry.duplicates.errors import StandsInTheWay
from khuevan.registry.duplicates.models import DuplicatePair, PairKind, PersonMerge
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks.actions import enter_marks, open_books
from khuevan.school.gradebooks.actions.entering import Entry
from khuevan.school.gradebooks.models import Gradebook, Mark, MarkVersion, SubjectResult
from khuevan.school.gradebooks.slots import How
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, make_student, make_year
from tests.walls.apps.duplicates import SEEN

TEST = "a test"
MARKS = {101: 80, 102: 75, 103: 90, 104: 80, 140: 75, 150: 80}


@pytest.fixture
def math(cast: Cast) -> Gradebook:
    """Give the gradebook of mathematics of 6A."""
    fill_plans(actor=EVERYTHING, school=cast.school_a, year=make_year(), now=NOW)
    open_books(actor=EVERYTHING, school=cast.school_a, year=make_year(), now=NOW)
    books = Gradebook.objects.unscoped(because=TEST)
    return books.get(homeroom_class=cast.class_6a, subject_name="Toán")


@pytest.fixture
def twins(cast: Cast) -> tuple[Student, Student]:
    """Give a pupil of 6A who is recorded twice there."""
    one, other = (make_student("Vừ Thị Dở", homeroom_class=cast.class_6a) for _time in range(2))
    return one, other


def put(cast: Cast, book: Gradebook, pupil: Student, marks: dict[int, int], base: int = 0) -> None:
    """Enter marks of a pupil."""
    entries = [Entry(pupil.uuid, column, value, base) for column, value in marks.items()]
    enter_marks(actor=actor_of(cast.toan), uuid=book.uuid, entries=entries, how=How.TYPED, now=NOW)


def merge(one: Student, other: Student) -> PersonMerge:
    """Make the two one; the first is kept."""
    pair = DuplicatePair.objects.create(
        kind=PairKind.PUPIL, one=one.person, other=other.person, bits=9, seen=SEEN, found_at=NOW
    )
    return actions.merge(
        actor=EVERYTHING,
        pair=pair.uuid,
        kept=one.person.uuid,
        versions=Versions(one.person.version, other.person.version),
        taken=(),
        reason="Giấy khai sinh",
        now=NOW,
    )


def marks_of(pupil: Student) -> dict[int, int]:
    """Return the marks of a pupil by column."""
    rows = Mark.objects.unscoped(because=TEST).filter(student=pupil)
    return dict(rows.values_list("slot", "value"))


def term_1(pupil: Student) -> int | None:
    """Return a pupil's average of term I."""
    row = SubjectResult.objects.unscoped(because=TEST).filter(student=pupil).first()
    return row.term_1 if row else None


def test_marks_go_to_the_kept_record_with_their_average_and_come_back(
    cast: Cast, math: Gradebook, twins: tuple[Student, Student]
) -> None:
    one, other = twins
    put(cast, math, one, {101: 80})
    put(cast, math, other, {column: v for column, v in MARKS.items() if column != 101})
    put(cast, math, other, {150: 70}, base=1)
    made = merge(one, other)
    assert marks_of(one) == {**MARKS, 150: 70}
    assert marks_of(other) == {}
    assert (term_1(one), term_1(other)) == (76, None)
    before = MarkVersion.objects.unscoped(because=TEST).get(slot=150)
    assert (before.student, before.value) == (one, 80)
    actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Hai em", now=NOW)
    assert marks_of(one) == {101: 80}
    assert marks_of(other)[150] == 70
    assert (term_1(one), term_1(other)) == (None, None)
    before = MarkVersion.objects.unscoped(because=TEST).get(slot=150)
    assert before.student == other


def test_a_mark_in_the_same_column_stands_in_the_way(
    cast: Cast, math: Gradebook, twins: tuple[Student, Student]
) -> None:
    one, other = twins
    put(cast, math, one, {101: 80})
    put(cast, math, other, {101: 70})
    with pytest.raises(StandsInTheWay):
        merge(one, other)
    assert (marks_of(one), marks_of(other)) == ({101: 80}, {101: 70})
