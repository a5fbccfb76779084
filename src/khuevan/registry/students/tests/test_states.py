"""Long leave, death and leaving for good: each dated, told, counted, and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, YEAR_ENDS, make_user

from khuevan.platform.accounts.api import User
from khuevan.registry.students import actions
from khuevan.registry.students.errors import (
    AwayLater,
    DiedAhead,
    ImpossibleDay,
    NoSuchDay,
    NothingToUndo,
    OnLeaveAlready,
    ReasonNeeded,
    SatSince,
    SitsLater,
    WrongPeriod,
    YearUnknown,
)
from khuevan.registry.students.models import ClassPlacement, Enrollment, Student, StudyBreak
from khuevan.registry.students.permissions import VIEW_STUDENTS
from khuevan.registry.students.selectors import on_roll, school_counts, studying

WHY = "a test"
IN_A_WEEK = TODAY + timedelta(days=7)


def rest(cast: Cast, **changes: Any) -> StudyBreak:
    values: dict[str, Any] = {"on": TODAY, "reason": "Chữa bệnh dài ngày", "paper": "Đơn 3/11"}
    return actions.start_break(
        actor=actor_of(cast.loan), uuid=cast.minh_anh.uuid, now=NOW, **{**values, **changes}
    )


def back(cast: Cast, made: StudyBreak, **changes: Any) -> StudyBreak:
    values: dict[str, Any] = {"on": IN_A_WEEK, "homeroom_class": cast.class_6a}
    return actions.end_break(
        actor=actor_of(cast.loan), uuid=made.uuid, now=NOW, **{**values, **changes}
    )


def leave(cast: Cast, how: str = "DROPPED") -> Enrollment:
    return actions.end_enrollment(
        actor=actor_of(cast.loan), uuid=cast.minh_anh.uuid, exit_kind=how, on=TODAY, now=NOW
    )


def periods(student: Student) -> list[tuple[Any, ...]]:
    """Return every state of a pupil by its days."""
    times = Enrollment.objects.unscoped(because=WHY).filter(student=student)
    seats = ClassPlacement.objects.unscoped(because=WHY).filter(student=student)
    rests = StudyBreak.objects.unscoped(because=WHY).filter(student=student)
    return [
        *times.order_by("starts_on").values_list("school_id", "starts_on", "ends_on", "exit_kind"),
        *seats.order_by("starts_on").values_list("homeroom_class_id", "starts_on", "ends_on"),
        *rests.order_by("starts_on").values_list("reason", "starts_on", "ends_on"),
    ]


def test_who_is_on_leave_is_on_roll_sits_nowhere_and_is_not_counted_as_studying(
    cast: Cast,
) -> None:
    rest(cast)
    actor = actor_of(cast.loan)
    row = on_roll(actor=actor, on=TODAY).get(student=cast.minh_anh)
    assert (row.placement, row.is_away) == (None, True)
    assert not studying(actor=actor, on=TODAY).filter(student=cast.minh_anh).exists()
    yesterday = TODAY - timedelta(days=1)
    assert studying(actor=actor, on=yesterday).filter(student=cast.minh_anh).exists()
    told = school_counts(actor=actor, school_id=cast.school_a.pk, on=TODAY)
    assert (told.pupils, told.studying, told.away, told.unplaced) == (4, 3, 1, 0)


def test_the_way_back_leads_to_a_class(cast: Cast) -> None:
    back(cast, rest(cast))
    seats = ClassPlacement.objects.unscoped(because=WHY).filter(student=cast.minh_anh)
    assert list(seats.order_by("starts_on").values_list("starts_on", "ends_on"))[1] == (
        IN_A_WEEK,
        None,
    )


def test_leave_and_return_are_taken_back_to_where_they_began(cast: Cast) -> None:
    before = periods(cast.minh_anh)
    made = rest(cast)
    away = periods(cast.minh_anh)
    back(cast, made)
    actions.undo_return(actor=actor_of(cast.loan), uuid=made.uuid, now=NOW)
    assert periods(cast.minh_anh) == away
    actions.undo_break(actor=actor_of(cast.loan), uuid=made.uuid, now=NOW)
    assert periods(cast.minh_anh) == before


def test_a_leave_says_why_and_lies_within_the_time_at_the_school(cast: Cast) -> None:
    with pytest.raises(ReasonNeeded):
        rest(cast, reason=" ")
    with pytest.raises(WrongPeriod):
        rest(cast, expected_back_on=TODAY)
    with pytest.raises(NoSuchDay):
        rest(cast, on=TODAY - timedelta(days=200))
    rest(cast)
    with pytest.raises(OnLeaveAlready):
        rest(cast, on=IN_A_WEEK)


def test_the_database_lets_no_two_states_overlap(cast: Cast) -> None:
    """Whatever way a row comes: a seat during a leave, a leave beside a seat or after the end."""
    made = rest(cast)
    seat = ClassPlacement.objects.unscoped(because=WHY).get(student=cast.minh_anh)
    seats = ClassPlacement.objects.unscoped(because=WHY).filter(pk=seat.pk)
    with pytest.raises(IntegrityError, match="never_overlap"), transaction.atomic():
        seats.update(ends_on=IN_A_WEEK)
    rests = StudyBreak.objects.unscoped(because=WHY).filter(pk=made.pk)
    with pytest.raises(IntegrityError, match="never_overlap"), transaction.atomic():
        rests.update(starts_on=TODAY - timedelta(days=3))
    times = Enrollment.objects.unscoped(because=WHY).filter(student=cast.minh_anh)
    with pytest.raises(IntegrityError, match="never_overlap"), transaction.atomic():
        times.update(ends_on=IN_A_WEEK)


def test_nobody_is_placed_while_on_leave(cast: Cast) -> None:
    rest(cast)
    with pytest.raises(OnLeaveAlready):
        actions.place_student(
            actor=actor_of(cast.loan),
            uuid=cast.minh_anh.uuid,
            homeroom_class=cast.class_6b,
            on=IN_A_WEEK,
            now=NOW,
        )


@pytest.mark.parametrize("how", ["DROPPED", "ABROAD", "COMPLETED", "DECEASED"])
def test_every_leaving_from_leave_is_taken_back_whole(cast: Cast, how: str) -> None:
    rest(cast, on=TODAY - timedelta(days=9))
    before = periods(cast.minh_anh)
    gone = leave(cast, how)
    assert gone.exit_kind == how
    made = StudyBreak.objects.unscoped(because=WHY).get(student=cast.minh_anh)
    with pytest.raises(NothingToUndo):
        actions.undo_return(actor=actor_of(cast.loan), uuid=made.uuid, now=NOW)
    actions.undo_leaving(actor=actor_of(cast.loan), enrollment_uuid=gone.uuid, now=NOW)
    assert periods(cast.minh_anh) == before


def test_a_death_closes_the_account_and_what_the_family_opens_without_a_word(
    cast: Cast, client: Client
) -> None:
    make_user(cast.minh_anh.person, "minhanh")
    gone = leave(cast, "DECEASED")
    mother = actor_of(cast.huong)
    reached = Student.objects.visible_to(mother, VIEW_STUDENTS)
    assert not reached.filter(pk=cast.minh_anh.pk).exists()
    users = User.objects.for_sign_in().filter(person=cast.minh_anh.person)
    assert not users.get().is_active
    home = client.sign_in(cast.huong).get("/").content.decode()
    assert "Minh Anh" not in home
    assert "Đức Minh" in home
    actions.undo_leaving(actor=actor_of(cast.loan), enrollment_uuid=gone.uuid, now=NOW)
    assert users.get().is_active
    again = Student.objects.visible_to(actor_of(cast.huong), VIEW_STUDENTS)
    assert again.filter(pk=cast.minh_anh.pk).exists()
    own = Student.objects.visible_to(actor_of(cast.minh_anh), VIEW_STUDENTS)
    assert own.filter(pk=cast.minh_anh.pk).exists()


def test_no_leaving_and_no_leave_wipes_out_what_begins_later(cast: Cast) -> None:
    moved: dict[str, Any] = {"actor": actor_of(cast.loan), "uuid": cast.minh_anh.uuid, "now": NOW}
    actions.place_student(**moved, homeroom_class=cast.class_6b, on=IN_A_WEEK)
    before = periods(cast.minh_anh)
    with pytest.raises(SitsLater, match="6B.*30/11/2026"):
        leave(cast)
    with pytest.raises(SitsLater):
        rest(cast)
    assert periods(cast.minh_anh) == before
    actions.place_student(**moved, homeroom_class=cast.class_6a, on=IN_A_WEEK)
    made = rest(cast, on=IN_A_WEEK)
    with pytest.raises(AwayLater, match="30/11/2026"):
        leave(cast)
    actions.undo_break(actor=actor_of(cast.loan), uuid=made.uuid, now=NOW)
    assert leave(cast).ends_on == TODAY


def test_nobody_is_dead_ahead_of_the_day_though_one_may_go_abroad_then(cast: Cast) -> None:
    told: dict[str, Any] = {"actor": actor_of(cast.loan), "uuid": cast.minh_anh.uuid, "now": NOW}
    with pytest.raises(DiedAhead):
        actions.end_enrollment(**told, exit_kind="DECEASED", on=IN_A_WEEK)
    assert actions.end_enrollment(**told, exit_kind="ABROAD", on=IN_A_WEEK).ends_on == IN_A_WEEK


def test_a_leave_lies_in_a_known_year_and_ends_at_a_day_that_may_be(cast: Cast) -> None:
    with pytest.raises(ImpossibleDay):
        rest(cast, expected_back_on=TODAY + timedelta(days=4000))
    with pytest.raises(YearUnknown):
        rest(cast, on=YEAR_ENDS)


def test_a_return_is_not_taken_back_over_a_later_class(cast: Cast) -> None:
    made = rest(cast)
    back(cast, made)
    later = IN_A_WEEK + timedelta(days=3)
    actions.place_student(
        actor=actor_of(cast.loan), uuid=cast.minh_anh.uuid, homeroom_class=cast.class_6b,
        on=later, now=NOW,
    )  # fmt: skip
    before = periods(cast.minh_anh)
    with pytest.raises(SatSince, match="6B"):
        actions.undo_return(actor=actor_of(cast.loan), uuid=made.uuid, now=NOW)
    assert periods(cast.minh_anh) == before
