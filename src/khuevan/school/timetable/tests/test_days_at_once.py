"""Two people change one day of a school: one after the other, and the second is told."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cast import Cast, Client, actor_of, make_cast
from tests.factories import EVERYTHING, NOW

from khuevan.registry.staff.api import Appointment, end_appointment
from khuevan.registry.transfers.tests.at_once import second_of
from khuevan.school.timetable import actions
from khuevan.school.timetable.errors import ClassBusy, TeacherBusy
from khuevan.school.timetable.models import DayChange
from khuevan.school.timetable.places import Place
from khuevan.school.timetable.selectors.standing_in import lessons_without_teacher
from khuevan.school.timetable.tests.test_days import ONE_DAY, TUESDAY, School
from khuevan.ui.errors import ChangedMeanwhile

NEXT = TUESDAY.replace(day=8)
WEEK = 7 * ONE_DAY


def at_one_time(cast: Cast) -> School:
    """Return a school with two classes at one time of a Tuesday, and somebody who is free."""
    made = School(cast)
    made.timetable = made.publish(TUESDAY.replace(day=7), {"6Y": 1, "6Z": 1})
    return made


@pytest.fixture
def school(cast: Cast) -> School:
    """Return such a school."""
    return at_one_time(cast)


def test_nobody_stands_in_for_two_lessons_at_once(committed_db: None, pinned_day: None) -> None:
    school = at_one_time(make_cast())

    def stand_in(name: str) -> Any:
        return actions.substitute_lesson(
            actor=actor_of(school.cast.hung),
            lesson=school.lesson(name).uuid,
            on=NEXT,
            member=school.vien,
            now=NOW,
        )

    ended = second_of(lambda: stand_in("6Y"), lambda: stand_in("6Z"))
    assert isinstance(ended, TeacherBusy)
    assert DayChange.objects.unscoped(because="a test").count() == 1


def test_who_did_not_see_that_somebody_was_found_meanwhile_is_told(school: School) -> None:
    hung = Client().sign_in(school.cast.hung)
    path = f"/schools/{school.cast.school_a.code}/timetables/day/{school.lesson('6Y').uuid}/"
    asked = {"member": str(school.vien.uuid), "instead_of": ""}
    assert hung.post(f"{path}?on={NEXT}", asked).status_code == 302
    answer = hung.post(
        f"{path}?on={NEXT}", {**asked, "member": str(school.cast.toan.staff_member.uuid)}
    )
    assert answer.status_code == 422
    assert str(ChangedMeanwhile()) in answer.content.decode()
    (row,) = DayChange.objects.unscoped(because="a test")
    assert row.substitute_id == school.vien.pk
    assert f'name="instead_of" value="{row.uuid}"' in answer.content.decode()


def test_a_lesson_does_not_come_back_to_where_another_was_put(school: School) -> None:
    hung: dict[str, Any] = {"actor": actor_of(school.cast.hung), "now": NOW}
    one = school.lesson("6Y")
    actions.substitute_lesson(**hung, lesson=one.uuid, on=NEXT, member=school.vien)
    other = school.lesson("6Z")
    actions.substitute_lesson(**hung, lesson=other.uuid, on=NEXT, member=school.hoa)
    with pytest.raises(TeacherBusy):
        actions.restore_day(actor=hung["actor"], lesson=one.uuid, on=NEXT, now=NOW)
    actions.restore_day(actor=hung["actor"], lesson=other.uuid, on=NEXT, now=NOW)
    actions.restore_day(actor=hung["actor"], lesson=one.uuid, on=NEXT, now=NOW)
    assert not DayChange.objects.unscoped(because="a test").exists()


def test_a_time_that_was_given_to_another_lesson_of_the_class_stays_given(school: School) -> None:
    hung: dict[str, Any] = {"actor": actor_of(school.cast.hung), "now": NOW}
    one, later = school.lesson("6Y"), NEXT.replace(day=15)
    actions.cancel_lesson(**hung, lesson=one.uuid, on=NEXT)
    actions.move_lesson_of_day(
        **hung, lesson=one.uuid, on=later, to=Place(NEXT, one.half, one.period or 0)
    )
    with pytest.raises(ClassBusy):
        actions.restore_day(**hung, lesson=one.uuid, on=NEXT)


def test_lessons_of_who_left_in_mid_week_are_somebodys_to_find(school: School) -> None:
    """Their own, and those they stand in for; not before the day they leave."""
    hung: dict[str, Any] = {"actor": actor_of(school.cast.hung), "now": NOW}
    actions.substitute_lesson(
        **hung, lesson=school.lesson("6Z").uuid, on=NEXT + WEEK, member=school.vien
    )
    for leaver in (school.hoa, school.vien):
        (row,) = Appointment.objects.unscoped(because="a test").filter(staff_member=leaver)
        end_appointment(actor=EVERYTHING, uuid=row.uuid, kind="MOVED", on=NEXT + ONE_DAY, now=NOW)
    asked: dict[str, Any] = {"actor": actor_of(school.cast.hung), "school": school.cast.school_a}
    for day, names in ((NEXT, []), (NEXT + WEEK, ["6Y", "6Z"])):
        found = lessons_without_teacher(**asked, first=day, last=day)
        assert sorted(one.lesson.homeroom_class.name for one in found) == names
