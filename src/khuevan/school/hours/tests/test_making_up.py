"""What a class is short of its plan: the weeks that are over, what was held and arranged."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Client
from tests.factories import EVERYTHING, NOW, make_year

from khuevan.registry.schools.api import close_days
from khuevan.school.hours.making_up import Progress, last_sunday, planned_until
from khuevan.school.hours.selectors.short import lost_until, short_subjects
from khuevan.school.timetable import actions as timetable
from khuevan.school.timetable.places import Place
from khuevan.school.timetable.tests.test_days import ONE_DAY, TUESDAY, School, school

__all__ = ["school"]
FIRST = date(2026, 9, 7)
WEEK = timedelta(days=7)
MONDAYS = (
    [FIRST + WEEK * at for at in range(18)],
    [date(2027, 1, 11) + WEEK * at for at in range(17)],
)
LATER = date(2026, 12, 31)


def test_a_week_counts_when_it_is_over() -> None:
    weeks = [1] * 18 + [2] * 17
    assert planned_until(weeks, (18, 17), MONDAYS, FIRST + timedelta(days=5)) == 0
    assert planned_until(weeks, (18, 17), MONDAYS, FIRST + timedelta(days=6)) == 1
    assert planned_until(weeks, (18, 17), MONDAYS, date(2027, 1, 17)) == 20
    assert planned_until(weeks, (18, 17), MONDAYS, date(2027, 5, 31)) == 52
    assert last_sunday(date(2026, 11, 23)) == date(2026, 11, 22)
    assert last_sunday(date(2026, 11, 22)) == date(2026, 11, 22)


@given(st.lists(st.integers(0, 9), min_size=35, max_size=35), st.integers(0, 300))
def test_what_is_planned_grows_to_the_year_and_never_beyond(weeks: list[int], days: int) -> None:
    until = FIRST + timedelta(days=days)
    now = planned_until(weeks, (18, 17), MONDAYS, until)
    assert now <= planned_until(weeks, (18, 17), MONDAYS, until + WEEK) <= sum(weeks)


def test_what_is_arranged_is_not_short() -> None:
    assert Progress(10, 8, 1).short == 1
    assert Progress(10, 11).short == 0


def test_lessons_of_a_closed_day_are_lost_until_they_are_made_up(school: School) -> None:
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
    found = lost_until(school.cast.school_a, make_year(), LATER)
    assert [one.on for one in found] == [TUESDAY, TUESDAY]
    timetable.move_lesson_of_day(
        actor=EVERYTHING,
        lesson=school.lesson("6Y").uuid,
        on=TUESDAY,
        to=Place(TUESDAY + 3 * ONE_DAY, "MORNING", 3),
        now=NOW,
    )
    (left,) = lost_until(school.cast.school_a, make_year(), LATER)
    assert left.lesson.homeroom_class.name == "6Z"
    short = {
        one.room.name: one.progress
        for one in short_subjects(
            actor=EVERYTHING, school=school.cast.school_a, year=make_year(), until=date(2026, 12, 6)
        )
    }
    assert short["6Z"].short == short["6Y"].short + 1
    page = Client().sign_in(school.cast.loan)
    path = f"/schools/{school.cast.school_a.code}/hours/make-up/"
    assert page.get(path).status_code == 200
    for days in ({"on": TUESDAY, "to": LATER}, {"on": "²", "to": ""}):
        assert page.post(f"{path}day/", days).status_code == 404, "no day that makes up for it"
