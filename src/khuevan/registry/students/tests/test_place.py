"""Moving pupils between classes, and back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, YEAR_ENDS, YEAR_STARTS, make_class

from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import AuditEntry, batch
from khuevan.registry.schools.api import AcademicYear, GradeNotInClass, HomeroomClass, close_class
from khuevan.registry.students import actions
from khuevan.registry.students.errors import (
    AlreadyThere,
    NoSuchDay,
    NothingToUndo,
    OtherYearsClass,
    SitsLater,
)
from khuevan.registry.students.models import ClassPlacement, Student

LATER = TODAY + timedelta(days=30)


def periods(student: Student) -> list[tuple[str, date, date | None]]:
    """Return class, first day and end of all of a pupil's placements."""
    rows = ClassPlacement.objects.unscoped(because="a test").filter(student=student)
    ordered = rows.select_related("homeroom_class").order_by("starts_on", "pk")
    return [(row.homeroom_class.name, row.starts_on, row.ends_on) for row in ordered]


def move(
    cast: Cast, target: HomeroomClass, *, by: str = "loan", on: date = TODAY, who: str = "minh_anh"
) -> int:
    """Move somebody of the cast to a class."""
    return actions.place_students(
        actor=actor_of(getattr(cast, by)),
        classes={getattr(cast, who).uuid: target},
        on=on,
        now=NOW,
    )


def test_move_ends_one_class_and_begins_the_other(cast: Cast) -> None:
    assert move(cast, cast.class_6b) == 1
    assert periods(cast.minh_anh) == [("6A", YEAR_STARTS, TODAY), ("6B", TODAY, None)]
    entry = AuditEntry.objects.unscoped(because="a test").get(code="students.placed")
    assert (entry.before["class"], entry.after["class"]) == ("6A", "6B")


def test_same_move_twice_is_harmless(cast: Cast) -> None:
    move(cast, cast.class_6b)
    assert move(cast, cast.class_6b) == 0
    assert len(periods(cast.minh_anh)) == 2


def test_one_pupil_who_is_there_already_is_told(cast: Cast) -> None:
    with pytest.raises(AlreadyThere):
        actions.place_student(
            actor=actor_of(cast.loan),
            uuid=cast.minh_anh.uuid,
            homeroom_class=cast.class_6a,
            on=TODAY,
            now=NOW,
        )


def test_a_move_wipes_out_no_later_one_and_replaces_one_of_its_day(cast: Cast) -> None:
    move(cast, cast.class_6b, on=LATER)
    planned = periods(cast.minh_anh)
    with pytest.raises(SitsLater, match="6B.*23/12/2026"):
        move(cast, cast.class_7a, on=TODAY)
    assert periods(cast.minh_anh) == planned
    move(cast, cast.class_7a, on=LATER)
    assert periods(cast.minh_anh) == [("6A", YEAR_STARTS, LATER), ("7A", LATER, None)]


def test_an_undo_that_puts_nobody_back_says_so(cast: Cast) -> None:
    with batch() as number:
        move(cast, cast.class_6b)
    actions.undo_moves(actor=actor_of(cast.loan), request_id=number, now=NOW)
    with pytest.raises(NothingToUndo):
        actions.undo_moves(actor=actor_of(cast.loan), request_id=number, now=NOW)


def test_nobody_sits_in_a_class_of_another_school_year(cast: Cast) -> None:
    room = make_class("6X", school=cast.school_a)
    coming = AcademicYear.objects.create(
        code="2027-2028", starts_on=YEAR_ENDS, ends_on=date(2028, 9, 5)
    )
    rooms = HomeroomClass.objects.unscoped(because="a test").filter(pk=room.pk)
    rooms.update(academic_year=coming)
    room = rooms.get()
    with pytest.raises(OtherYearsClass, match="6X"):
        move(cast, room)
    assert move(cast, room, on=YEAR_ENDS) == 1
    assert move(cast, cast.class_6a, on=YEAR_ENDS) == 1, "the planned move is taken back"


def test_day_before_the_pupil_came_is_refused(cast: Cast) -> None:
    with pytest.raises(NoSuchDay):
        move(cast, cast.class_6b, on=YEAR_STARTS - timedelta(days=1))


def test_class_of_another_school_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        move(cast, cast.class_b)
    assert len(periods(cast.minh_anh)) == 1


@pytest.mark.parametrize("by", ["lan", "toan", "mai", "binh", "hoa", "huong", "minh_anh"])
def test_nobody_else_moves(cast: Cast, by: str) -> None:
    with pytest.raises(NotFound):
        move(cast, cast.class_6b, by=by)


def test_all_of_them_or_none(cast: Cast) -> None:
    classes = {cast.minh_anh.uuid: cast.class_6b, cast.student_b.uuid: cast.class_6b}
    with pytest.raises(NotFound):
        actions.place_students(actor=actor_of(cast.loan), classes=classes, on=TODAY, now=NOW)
    assert len(periods(cast.minh_anh)) == 1


def test_moving_many_costs_a_fixed_number_of_reads(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    everybody = [cast.minh_anh, *cast.others_6a]
    actor = actor_of(cast.loan)
    with django_assert_max_num_queries(14 + len(everybody)):  # type: ignore[operator]
        actions.place_students(
            actor=actor, classes={s.uuid: cast.class_6b for s in everybody}, on=TODAY, now=NOW
        )


def test_undo_puts_everybody_back_as_if_nothing_had_been(cast: Cast) -> None:
    before = periods(cast.minh_anh)
    with batch() as number:
        move(cast, cast.class_6b)
    undone = actions.undo_moves(actor=actor_of(cast.loan), request_id=number, now=NOW)
    assert undone == 1
    assert periods(cast.minh_anh) == before


def test_undo_is_for_ones_own_move_and_for_an_hour(cast: Cast) -> None:
    with batch() as number:
        move(cast, cast.class_6b)
    late = NOW + timedelta(minutes=61)
    for actor, when in ((cast.hung, NOW), (cast.loan, late)):
        with pytest.raises(NothingToUndo):
            actions.undo_moves(actor=actor_of(actor), request_id=number, now=when)
    with pytest.raises(NothingToUndo):
        actions.undo_moves(actor=actor_of(cast.loan), request_id=uuid4(), now=NOW)


def test_a_merged_class_moves_its_pupils(cast: Cast) -> None:
    loan = actor_of(cast.loan)
    with pytest.raises(GradeNotInClass):
        close_class(
            actor=loan, uuid=cast.class_6a.uuid, on=TODAY, merged_into=cast.class_7a, now=NOW
        )
    close_class(actor=loan, uuid=cast.class_6a.uuid, on=TODAY, merged_into=cast.class_6b, now=NOW)
    assert periods(cast.minh_anh) == [("6A", YEAR_STARTS, TODAY), ("6B", TODAY, None)]
    room = HomeroomClass.objects.unscoped(because="a test").get(pk=cast.class_6a.pk)
    assert (room.closed_on, room.merged_into_id) == (TODAY, cast.class_6b.pk)
