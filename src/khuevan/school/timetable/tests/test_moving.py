"""Lessons of a day at another time: moved, made up, swapped; who stands in on leave follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY

from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum import api as curriculum
from khuevan.registry.schools.api import add_make_up_day, close_days
from khuevan.registry.staff.api import NewLeave, add_substitute, record_leave
from khuevan.school.timetable import actions
from khuevan.school.timetable.errors import (
    AlreadyThere,
    ClassBusy,
    NoLessonsThatDay,
    NoSuchSpot,
    TeacherAway,
    TeacherBusy,
)
from khuevan.school.timetable.grids import Spot
from khuevan.school.timetable.models import ScheduledLesson
from khuevan.school.timetable.places import Place
from khuevan.school.timetable.selectors.days import (
    lessons_of_class,
    lessons_of_person,
    lessons_of_school,
)
from khuevan.school.timetable.selectors.free import place_held
from khuevan.school.timetable.selectors.lost import lost_lessons, make_up_days
from khuevan.school.timetable.selectors.open_days import days_to_teach
from khuevan.school.timetable.selectors.openings import free_places, swaps
from khuevan.school.timetable.tests.test_days import (
    MONDAY,
    ONE_DAY,
    TUESDAY,
    School,
    school,
    summaries,
    told,
)

__all__ = ["school"]
THURSDAY = TUESDAY + 2 * ONE_DAY
SATURDAY, SUNDAY = TUESDAY + 4 * ONE_DAY, TUESDAY + 5 * ONE_DAY


def move(
    school: School, to: Place, *, name: str = "6Y", by: str = "hung", on: date = TUESDAY
) -> None:
    """Move a class's lesson of a Tuesday."""
    actions.move_lesson_of_day(
        actor=actor_of(getattr(school.cast, by)),
        lesson=school.lesson(name).uuid,
        on=on,
        to=to,
        now=NOW,
    )


def test_a_lesson_moves_to_another_day_and_everybody_sees_it_there(school: School) -> None:
    move(school, Place(THURSDAY, "MORNING", 3))
    gone, there = lessons_of_class(school.first, TUESDAY, THURSDAY)
    assert gone.is_off
    assert gone.is_moved
    assert (there.on, there.bell.number, there.is_off) == (THURSDAY, 3, False)
    assert there.teacher == school.hoa.person
    assert [one.on for one in lessons_of_person(school.hoa.person_id, THURSDAY, THURSDAY)] == [
        THURSDAY
    ]
    assert summaries(school.hoa.person_id) == []
    assert told(school.hoa.person_id, "timetable.moved_to") == 1
    assert told(school.tam.person_id, "timetable.moved_to") == 0
    actions.restore_day(actor=EVERYTHING, lesson=school.lesson("6Y").uuid, on=TUESDAY, now=NOW)
    (usual,) = lessons_of_class(school.first, TUESDAY, THURSDAY)
    assert not usual.is_off


def test_a_substitute_holds_a_moved_lesson_where_it_was_moved_to(school: School) -> None:
    move(school, Place(THURSDAY, "MORNING", 3))
    school.stand_in(school.tam)
    (there,) = lessons_of_class(school.first, THURSDAY, THURSDAY)
    assert there.is_moved
    assert there.teacher == school.tam.person


def test_a_lesson_moves_to_no_time_that_is_taken(school: School) -> None:
    with pytest.raises(AlreadyThere):
        move(school, Place(TUESDAY, "MORNING", 1))
    with pytest.raises(NoSuchSpot):
        move(school, Place(TUESDAY, "MORNING", 7))
    with pytest.raises(NoLessonsThatDay):
        move(school, Place(SUNDAY, "MORNING", 1))
    with pytest.raises(NotFound):
        move(school, Place(THURSDAY, "MORNING", 3), by="mai")
    move(school, Place(THURSDAY, "MORNING", 3))
    later = TUESDAY + timedelta(days=7)
    with pytest.raises(ClassBusy):
        move(school, Place(THURSDAY, "MORNING", 3), on=later)
    school.stand_in(school.tam, on=later)
    move(school, Place(TUESDAY, "MORNING", 1), name="6Z", on=TUESDAY)
    with pytest.raises(TeacherBusy, match="6Y"):
        move(school, Place(later, "MORNING", 1), name="6Z", on=later)


def test_a_holiday_on_a_saturday_takes_no_lesson_in_a_year_that_is_not_decided(
    cast: Cast,
) -> None:
    first, last = date(2027, 4, 23), date(2027, 5, 8)  # 1/5 is a Saturday
    found = days_to_teach(cast.class_6a, first, last)
    saturdays = {on.day for on in found if on.weekday() == 5}
    assert saturdays == {24, 8}


def test_a_closed_day_is_made_up_on_a_saturday(school: School) -> None:
    close_days(
        actor=EVERYTHING,
        unit_id=school.cast.school_a.pk,
        levels=[],
        starts_on=TUESDAY,
        ends_on=TUESDAY + ONE_DAY,
        reason="FLOOD",
        note="",
        decision="",
        now=NOW,
    )
    assert lessons_of_class(school.first, TUESDAY, TUESDAY) == []
    move(school, Place(SATURDAY, "MORNING", 2))
    (made_up,) = lessons_of_class(school.first, TUESDAY, SATURDAY)
    assert (made_up.on, made_up.origin) == (SATURDAY, TUESDAY)
    with pytest.raises(NoLessonsThatDay):
        move(school, Place(TUESDAY, "AFTERNOON", 2), name="6Z")


def test_a_closed_day_is_made_up_as_a_whole_as_far_as_people_are_free(school: School) -> None:
    days: dict[str, Any] = {"starts_on": TUESDAY, "ends_on": TUESDAY + ONE_DAY}
    whose: dict[str, Any] = {"actor": EVERYTHING, "unit_id": school.cast.school_a.pk}
    said: dict[str, Any] = {"levels": [], "reason": "FLOOD", "note": "", "decision": ""}
    closure = close_days(**whose, **days, **said, now=NOW)
    sunday = SATURDAY + ONE_DAY
    add_make_up_day(actor=EVERYTHING, uuid=closure.uuid, on=sunday, now=NOW)
    assert make_up_days(school.cast.school_a.pk, [TUESDAY]) == {TUESDAY: [sunday]}
    waiting = lost_lessons(school.cast.school_a.pk, TUESDAY, TUESDAY, days_off=frozenset())
    whole: dict[str, Any] = {"actor": EVERYTHING, "school": school.cast.school_a, "now": NOW}
    record_leave(
        actor=EVERYTHING,
        member_uuid=school.hoa.uuid,
        school_id=school.cast.school_a.pk,
        new=NewLeave("SICK", sunday, sunday + ONE_DAY),
        now=NOW,
    )
    arranged, left = actions.make_up_day(**whole, on=TUESDAY, to=sunday)
    assert arranged + left == len(waiting)
    assert left
    held = {one.lesson.pk for one in lessons_of_school(school.cast.school_a.pk, sunday)}
    assert len(held) == arranged
    assert actions.make_up_day(**whole, on=TUESDAY, to=sunday) == (0, left), "nothing twice"


def pair_up(school: School) -> None:
    """Give 6Y a lesson of Viên's as well, in the second period from the next Monday on."""
    plan = curriculum.plan_subject(
        actor=EVERYTHING,
        class_uuid=school.first.uuid,
        subject_name="Toán",
        kind="COMPULSORY",
        weeks=(1,) * 35,
        now=NOW,
    )
    curriculum.assign_subject(
        actor=EVERYTHING,
        uuid=plan.uuid,
        member=school.vien,
        starts_on=TODAY,
        weeks=None,
        takes_over=False,
        now=NOW,
    )
    school.timetable = actions.make_timetable(
        actor=EVERYTHING,
        school=school.cast.school_a,
        year=school.timetable.academic_year,
        name="Bản 2",
        starts_on=MONDAY + timedelta(days=7),
        days=6,
        now=NOW,
    )
    for name, subject, period in (("6Y", "Ngữ văn", 1), ("6Y", "Toán", 2), ("6Z", "Ngữ văn", 2)):
        actions.move_lesson(
            actor=EVERYTHING,
            uuid=school.timetable.uuid,
            lesson=of(school, name, subject).uuid,
            to=actions.Move(Spot(2, "MORNING", period)),
            now=NOW,
        )
    actions.publish_timetable(
        actor=EVERYTHING, uuid=school.timetable.uuid, accepts_clashes=True, now=NOW
    )


def of(school: School, name: str, subject: str) -> ScheduledLesson:
    """Return the lesson of a subject of a class."""
    rows = ScheduledLesson.objects.unscoped(because="a test")
    return rows.get(timetable=school.timetable, homeroom_class__name=name, subject_name=subject)


def test_two_lessons_are_swapped_and_are_as_usual_again_together(school: School) -> None:
    pair_up(school)
    on = TUESDAY + timedelta(days=7)
    first, second = of(school, "6Y", "Ngữ văn"), of(school, "6Y", "Toán")
    assert [one.lesson.pk for one in swaps(first, on, since=on)] == [second.pk]
    held = lessons_of_school(first.school_id, on)
    here = place_held(next(one for one in held if one.lesson == first))
    assert here not in free_places(first, on, first=on, days=7)
    actions.swap_lessons_of_day(
        actor=EVERYTHING, lesson=first.uuid, on=on, other=second.uuid, other_on=on, now=NOW
    )
    held = [one for one in lessons_of_class(school.first, on, on) if not one.is_off]
    assert [(one.bell.number, one.lesson.subject_name) for one in held] == [
        (1, "Toán"),
        (2, "Ngữ văn"),
    ]
    assert told(school.vien.person_id, "timetable.moved_to") == 1
    actions.restore_day(actor=EVERYTHING, lesson=second.uuid, on=on, now=NOW)
    held = [one for one in lessons_of_class(school.first, on, on) if not one.is_off]
    assert [one.lesson.subject_name for one in held] == ["Ngữ văn", "Toán"]


def test_free_times_leave_out_what_class_and_teacher_have(school: School) -> None:
    school.stand_in(school.tam)
    row = school.lesson("6Z")
    found = free_places(row, TUESDAY, first=TUESDAY, days=1)
    assert Place(TUESDAY, "MORNING", 1) not in found
    assert Place(TUESDAY, "MORNING", 3) in found
    for place in found[1:3]:
        actions.move_lesson_of_day(actor=EVERYTHING, lesson=row.uuid, on=TUESDAY, to=place, now=NOW)


def test_who_stands_in_during_a_leave_has_the_lessons_and_the_absent_one_none(
    school: School,
) -> None:
    leave = record_leave(
        actor=EVERYTHING,
        member_uuid=school.hoa.uuid,
        school_id=school.cast.school_a.pk,
        new=NewLeave("SICK", TUESDAY, TUESDAY + timedelta(days=3)),
        now=NOW,
    )
    add_substitute(
        actor=EVERYTHING,
        leave_uuid=leave.uuid,
        room=school.first,
        duty="TEACHING",
        subject_name="Ngữ văn",
        member_uuid=school.vien.uuid,
        starts_on=TUESDAY,
        ends_on=TUESDAY + ONE_DAY,
        now=NOW,
    )
    (held,) = lessons_of_person(school.vien.person_id, TUESDAY, TUESDAY)
    assert held.member_id == school.vien.pk
    assert summaries(school.vien.person_id) == ["Ngữ văn, lớp 6Y (dạy thay)"]
    assert summaries(school.hoa.person_id) == []
    with pytest.raises(TeacherAway):
        move_to_away(school)
    assert len(lessons_of_school(school.cast.school_a.pk, TUESDAY)) == 2


def move_to_away(school: School) -> None:
    """Let who is on leave stand in for a colleague."""
    actions.substitute_lesson(
        actor=EVERYTHING,
        lesson=school.lesson("6Z").uuid,
        on=TUESDAY,
        member=school.hoa,
        now=NOW,
    )
