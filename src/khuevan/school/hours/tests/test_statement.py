"""The statement of a month: lessons really held, corrections after it was closed, who sees it."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import load_workbook
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, make_staff

from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum.actions import NewWork, record_work
from khuevan.registry.staff.api import NewLeave, record_leave
from khuevan.school.hours import actions
from khuevan.school.hours.errors import MonthClosed, MonthNotOver, MonthOpen
from khuevan.school.hours.selectors import statements
from khuevan.school.hours.selectors.statements import Line, own_statements, statement_of
from khuevan.school.timetable import actions as timetable
from khuevan.school.timetable.models import ScheduledLesson
from khuevan.school.timetable.places import Place
from khuevan.school.timetable.tests.test_days import TUESDAY, School, school, told

__all__ = ["school"]
DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
LATER = datetime.fromisoformat("2027-01-11T08:00:00+07:00")
WEEK = timedelta(days=7)
TUESDAYS = 5
"""Of December's weeks: from 30 November to 3 January."""


class At:
    """Somebody who may do everything, on another day."""

    def __init__(self, person: Any, on: date) -> None:
        self.actor, self.today = actor_of(person), on

    def __getattr__(self, name: str) -> Any:
        return getattr(self.actor, name)


def at(person: Any, on: date = date(2027, 1, 11)) -> Any:
    """Return somebody as an actor on a day after the month."""
    return At(person, on)


def lines(school: School, month: date = DECEMBER, on: date = date(2027, 1, 11)) -> dict[str, Line]:
    """Return the lines of a month by name."""
    told = statement_of(actor=at(school.cast.hung, on), school=school.cast.school_a, month=month)
    return {one.year.serving.member.person.full_name: one for one in told.lines}


def held(school: School, name: str, **more: Any) -> Fraction:
    """Return the periods that somebody held."""
    return lines(school, **more)[name].hours.held


def test_lessons_count_for_who_held_them(school: School) -> None:
    assert held(school, "Lê Thị Hòa") == TUESDAYS
    school.stand_in(school.vien)
    timetable.cancel_lesson(
        actor=EVERYTHING, lesson=school.lesson("6Y").uuid, on=TUESDAY + WEEK, now=NOW
    )
    assert held(school, "Lê Thị Hòa") == TUESDAYS - 2
    assert held(school, "Hồ Thị Viên") == 1
    assert held(school, "Võ Văn Tám") == TUESDAYS
    line = lines(school)["Hồ Thị Viên"]
    (lesson,) = line.year.given[TUESDAY - timedelta(days=1)].lessons
    assert lesson.is_stood_in


def test_a_lesson_of_two_classes_together_counts_once(school: School) -> None:
    first, second = school.lesson("6Y"), school.lesson("6Z")
    rows = ScheduledLesson.objects.unscoped(because="a test")
    same = {"weekday": first.weekday, "half": first.half, "period": first.period}
    giver = {"staff_member_id": first.staff_member_id, "person_id": first.person_id}
    rows.filter(pk=second.pk).update(**same, **giver)
    assert held(school, "Lê Thị Hòa") == 2 * TUESDAYS, "each alone"
    rows.filter(pk__in=[first.pk, second.pk]).update(joint=uuid4())
    assert held(school, "Lê Thị Hòa") == TUESDAYS


def test_only_what_was_held_until_today_counts(school: School) -> None:
    assert held(school, "Lê Thị Hòa", on=TUESDAY + WEEK) == 2


def test_a_made_up_lesson_counts_to_the_week_in_which_it_was_lost(school: School) -> None:
    friday = TUESDAY + 2 * WEEK + timedelta(days=3)
    timetable.move_lesson_of_day(
        actor=EVERYTHING,
        lesson=school.lesson("6Y").uuid,
        on=TUESDAY,
        to=Place(friday, "MORNING", 3),
        now=NOW,
    )
    weeks = lines(school)["Lê Thị Hòa"].hours.weeks
    assert [one.held for one in weeks] == [1] * TUESDAYS
    assert held(school, "Lê Thị Hòa", on=TUESDAY) == 0


def test_leave_is_not_owed_and_its_lessons_are_nobodys(school: School) -> None:
    usual = lines(school)["Lê Thị Hòa"].hours.weeks[0]
    record_leave(
        actor=EVERYTHING,
        member_uuid=school.hoa.uuid,
        school_id=school.cast.school_a.pk,
        new=NewLeave("SICK", TUESDAY, TUESDAY + timedelta(days=3)),
        now=NOW,
    )
    sick = lines(school)["Lê Thị Hòa"].hours.weeks[0]
    assert (usual.held, sick.held) == (Fraction(1), Fraction(0))
    assert sick.owed == usual.owed / 2
    assert usual.owed == 19


def test_converted_work_is_above_what_is_owed_and_told_with_its_article(school: School) -> None:
    record_work(
        actor=EVERYTHING,
        school=school.cast.school_a,
        member=school.vien,
        new=NewWork("TEAM", Decimal(12), "WEEK", 20, TUESDAY, TUESDAY + WEEK, agreement="NQ"),
        now=NOW,
    )
    line = lines(school)["Hồ Thị Viên"]
    assert [one.converted for one in line.hours.weeks] == [24, 24, 0, 0, 0]
    assert line.over == 2 * (24 - 19)
    page = Client().sign_in(school.cast.hung)
    url = reverse("hours:teacher", args=[school.cast.school_a.code, school.vien.uuid])
    answer = page.get(f"{url}?month=2026-11").content.decode()
    assert "Hồ Thị Viên" in answer


def test_a_month_of_no_school_year_is_empty_and_nothing_is_counted_for_it(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address can name any month up to 2100; weeks until then took ten seconds."""
    monkeypatch.setattr(statements, "teacher_years", None)
    month = date(2099, 1, 1)
    told = statement_of(actor=actor_of(school.cast.hung), school=school.cast.school_a, month=month)
    assert told.lines == []
    page = Client().sign_in(school.cast.hung)
    address = f"/schools/{school.cast.school_a.code}/hours/?month=2099-01"
    assert page.get(address).status_code == 200


def close(school: School, month: date = DECEMBER, on: date = date(2027, 1, 11)) -> Any:
    """Close a month as the principal."""
    return actions.close_month(
        actor=at(school.cast.hung, on), school=school.cast.school_a, month=month, now=LATER
    )


def test_a_month_is_closed_after_its_last_week_and_once(school: School) -> None:
    with pytest.raises(MonthNotOver, match="03/01/2027"):
        close(school, on=date(2027, 1, 2))
    with pytest.raises(NotFound):
        actions.close_month(
            actor=at(school.cast.loan), school=school.cast.school_a, month=DECEMBER, now=LATER
        )
    close(school)
    assert told(school.hoa.person_id, "hours.month_closed") == 1
    assert told(school.cast.mai.pk, "hours.month_closed") == 0
    with pytest.raises(MonthClosed):
        close(school)
    actions.open_month(
        actor=EVERYTHING, school=school.cast.school_a, month=DECEMBER, reason="Sai", now=LATER
    )
    with pytest.raises(MonthOpen):
        actions.open_month(
            actor=EVERYTHING, school=school.cast.school_a, month=DECEMBER, reason="S", now=LATER
        )


def test_what_changes_after_closing_is_a_correction_that_the_next_month_carries(
    school: School,
) -> None:
    work = NewWork("TEAM", Decimal(12), "WEEK", 20, TUESDAY, TUESDAY + WEEK, agreement="NQ")
    record_work(
        actor=EVERYTHING, school=school.cast.school_a, member=school.vien, new=work, now=NOW
    )
    close(school)
    school.stand_in(school.vien)
    line = lines(school)["Hồ Thị Viên"]
    assert line.closed is not None
    assert line.closed["week 2026-11-30"] == 24
    assert line.hours.weeks[0].given == 25
    assert [line.told_over, line.over, line.correction] == [Fraction(one) for one in (10, 11, 1)]
    after = lines(school, month=JANUARY, on=date(2027, 2, 10))["Hồ Thị Viên"]
    assert [after.over, after.carried, after.total] == [Fraction(one) for one in (0, 1, 1)]
    close(school, JANUARY, date(2027, 2, 10))
    assert lines(school, month=JANUARY, on=date(2027, 2, 10))["Hồ Thị Viên"].total == 1


def test_a_teacher_sees_the_own_month_and_nobody_elses(school: School) -> None:
    (told,) = own_statements(actor=at(school.vien.person), month=DECEMBER)
    assert [one.year.serving.member.pk for one in told.lines] in ([school.vien.pk], [])
    (told,) = own_statements(actor=at(school.hoa.person), month=DECEMBER)
    assert [one.year.serving.member.pk for one in told.lines] == [school.hoa.pk]
    client = Client().sign_in(school.hoa.person)
    assert client.get(reverse("hours:own")).status_code == 200
    code = school.cast.school_a.code
    assert client.get(reverse("hours:statement", args=[code])).status_code == 404


def test_the_workbook_has_every_teacher_and_room_to_sign(school: School) -> None:
    client = Client().sign_in(school.cast.loan)
    url = reverse("hours:workbook", args=[school.cast.school_a.code])
    answer = client.get(f"{url}?month=2026-11")
    book = load_workbook(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    texts = {str(cell) for row in rows for cell in row if cell}
    assert {"Lê Thị Hòa", "Hiệu trưởng", "Người lập"} <= texts


def test_more_teachers_take_no_more_queries(school: School) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as made:
            lines(school)
        return len(made)

    count()
    before = count()
    for number in range(3):
        make_staff(f"Lê Thị Thêm {number}", school=school.cast.school_a)
    assert count() == before


def test_a_stranger_finds_nothing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        statement_of(actor=actor_of(cast.mai), school=cast.school_a, month=DECEMBER)


def test_a_lesson_of_a_holiday_that_is_made_up_counts_as_the_school_says(school: School) -> None:
    """On 1 January none is owed: made up, it is above what is owed, unless the school denies it."""
    lesson = school.lesson("6Y")
    ScheduledLesson.objects.unscoped(because="a test").filter(pk=lesson.pk).update(weekday=5)
    new_year = date(2027, 1, 1)
    timetable.move_lesson_of_day(
        actor=EVERYTHING,
        lesson=lesson.uuid,
        on=new_year,
        to=Place(new_year + timedelta(days=1), "MORNING", 3),
        now=NOW,
    )
    assert held(school, "Lê Thị Hòa") == TUESDAYS
    actions.set_rule(
        actor=actor_of(school.cast.hung),
        school=school.cast.school_a,
        counting="WEEK",
        counts_looking_after=True,
        counts_holidays=False,
        rate=None,
        starts_on=date(2026, 9, 1),
        now=NOW,
    )
    assert held(school, "Lê Thị Hòa") == TUESDAYS - 1
