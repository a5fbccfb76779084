"""Leaving one school and entering another as steps of a transfer, and taking each back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY

from khuevan.kernel.errors import NotFound
from khuevan.registry.students import actions
from khuevan.registry.students.errors import AlreadyEnrolled, NoSuchDay, NothingToUndo
from khuevan.registry.students.models import ClassPlacement, Enrollment, Guardianship, Student
from khuevan.registry.students.permissions import VIEW_STUDENTS
from khuevan.registry.students.selectors import on_roll


def release(cast: Cast, on: date = TODAY) -> Enrollment:
    return actions.release_student(
        actor=EVERYTHING,
        student_id=cast.minh_anh.pk,
        school_id=cast.school_a.pk,
        on=on,
        reason="Theo gia đình",
        paper="QĐ 12/QĐ-UBND",
        went_to="Trường THCS Ninh Hải",
        now=NOW,
    )


def receive(cast: Cast, on: date = TODAY) -> Enrollment:
    return actions.receive_student(
        actor=EVERYTHING,
        student_id=cast.minh_anh.pk,
        school_id=cast.school_b.pk,
        on=on,
        homeroom_class_id=cast.class_b.pk,
        came_from="Trường THCS Đông Khê",
        now=NOW,
    )


def rows_of(student: Student) -> list[tuple[object, ...]]:
    """Return a pupil's periods as they stand, without ids."""
    why = "a test"
    times = Enrollment.objects.unscoped(because=why).filter(student=student)
    seats = ClassPlacement.objects.unscoped(because=why).filter(student=student)
    return [
        *times.order_by("starts_on").values_list("school_id", "starts_on", "ends_on", "exit_kind"),
        *seats.order_by("starts_on").values_list("homeroom_class_id", "starts_on", "ends_on"),
    ]


def test_the_old_school_lets_go_and_the_new_one_begins_on_the_same_day(cast: Cast) -> None:
    release(cast)
    taken = receive(cast)
    assert (taken.starts_on, taken.entry_kind) == (TODAY, "TRANSFERRED_IN")
    assert taken.came_from == "Trường THCS Đông Khê"
    here = on_roll(actor=actor_of(cast.mai), on=TODAY).filter(student=cast.minh_anh)
    there = on_roll(actor=actor_of(cast.loan), on=TODAY).filter(student=cast.minh_anh)
    assert (here.count(), there.count()) == (1, 0)


def test_who_is_not_released_is_not_received(cast: Cast) -> None:
    with pytest.raises(AlreadyEnrolled):
        receive(cast)


def test_a_later_release_leaves_no_day_in_two_schools(cast: Cast) -> None:
    release(cast, TODAY + timedelta(days=7))
    with pytest.raises(AlreadyEnrolled):
        receive(cast, TODAY)


def test_both_steps_taken_back_leave_the_records_as_they_were(cast: Cast) -> None:
    before = rows_of(cast.minh_anh)
    gone, come = release(cast), receive(cast)
    actions.take_back_receipt(actor=EVERYTHING, enrollment_id=come.pk, now=NOW)
    actions.take_back_release(actor=EVERYTHING, enrollment_id=gone.pk, now=NOW)
    assert rows_of(cast.minh_anh) == before


def test_nothing_is_taken_back_twice(cast: Cast) -> None:
    gone = release(cast)
    actions.take_back_release(actor=EVERYTHING, enrollment_id=gone.pk, now=NOW)
    with pytest.raises(NothingToUndo):
        actions.take_back_release(actor=EVERYTHING, enrollment_id=gone.pk, now=NOW)


def test_who_is_elsewhere_by_now_is_not_taken_back(cast: Cast) -> None:
    gone = release(cast)
    receive(cast)
    with pytest.raises(AlreadyEnrolled):
        actions.take_back_release(actor=EVERYTHING, enrollment_id=gone.pk, now=NOW)


def test_a_pupil_of_another_school_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        actions.release_student(
            actor=EVERYTHING,
            student_id=cast.minh_anh.pk,
            school_id=cast.school_b.pk,
            on=TODAY,
            now=NOW,
        )


def test_nobody_leaves_before_coming(cast: Cast) -> None:
    with pytest.raises(NoSuchDay):
        release(cast, date(2026, 9, 5))


def test_the_family_still_reads_after_the_move(cast: Cast) -> None:
    release(cast)
    receive(cast)
    mother = Guardianship.objects.unscoped(because="a test").get(student=cast.minh_anh).guardian
    reached = Student.objects.visible_to(actor_of(mother), VIEW_STUDENTS)
    assert reached.filter(pk=cast.minh_anh.pk).exists()
