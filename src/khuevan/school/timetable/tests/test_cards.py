"""First pages: a teacher's next lessons, lessons that need somebody, wishes that wait."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, Client
from tests.factories import EVERYTHING, NOW

from khuevan.registry.staff.api import NewLeave, record_leave
from khuevan.school.timetable.tests.test_days import MONDAY, TUESDAY, School
from khuevan.school.timetable.tests.test_wishes import ask

ONE_DAY = timedelta(days=1)


@pytest.fixture
def school(cast: Cast) -> School:
    """Return a school with lessons on Tuesday, one of them given by the cast's teacher."""
    made = School(cast)
    rows = type(made.lesson("6Y")).objects.unscoped(because="a test")
    rows.filter(pk=made.lesson("6Y").pk).update(
        staff_member=cast.lan.staff_member, person=cast.lan.staff_member.person
    )
    return made


def first_page(user: Any, settings: Any, today: date) -> str:
    """Return somebody's first page on a day."""
    settings.PINNED_TODAY = today
    return Client().sign_in(user).get("/").content.decode()


@pytest.mark.parametrize(
    ("today", "title"), [(TUESDAY, "Tiết dạy hôm nay"), (MONDAY, "Tiết dạy sắp tới")]
)
def test_a_teacher_sees_the_next_lessons(
    school: School, settings: Any, today: date, title: str
) -> None:
    page = first_page(school.cast.lan, settings, today)
    assert title in page
    assert "lớp 6Y" in page
    assert "lớp 6Z" not in page


def test_a_teacher_is_told_of_a_lesson_that_somebody_else_gives(
    school: School, settings: Any
) -> None:
    school.stand_in(school.vien)
    assert "Tiết dạy hôm nay" not in first_page(school.cast.lan, settings, TUESDAY)


def test_a_principal_is_told_of_lessons_that_nobody_gives(school: School, settings: Any) -> None:
    told = "1 tiết chưa có người dạy thay"
    assert told not in first_page(school.cast.hung, settings, TUESDAY)
    record_leave(
        actor=EVERYTHING,
        member_uuid=school.cast.lan.staff_member.uuid,
        school_id=school.cast.school_a.pk,
        new=NewLeave("SICK", TUESDAY, TUESDAY + ONE_DAY),
        now=NOW,
    )
    for today in (MONDAY, TUESDAY):
        assert told in first_page(school.cast.hung, settings, today)
    assert told not in first_page(school.cast.mai, settings, TUESDAY)
    school.stand_in(school.vien)
    assert told not in first_page(school.cast.hung, settings, TUESDAY)


def test_a_principal_is_told_of_wishes_that_wait(cast: Cast, settings: Any) -> None:
    ask(cast)
    assert "1 nguyện vọng thời khóa biểu" in first_page(cast.hung, settings, NOW.date())
