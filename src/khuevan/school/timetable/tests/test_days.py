"""Single days: who stands in, what is off, one's own week and its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse
from icalendar import Calendar
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, make_class, make_staff, make_year

from khuevan.kernel.errors import NotFound
from khuevan.platform.notifications.api import Notification
from khuevan.registry.curriculum import api as curriculum
from khuevan.registry.schools.models import Closure
from khuevan.school.timetable import actions
from khuevan.school.timetable.actions import Move
from khuevan.school.timetable.differences import Standing, changes_by_class, changes_by_person
from khuevan.school.timetable.errors import NotOnStaff, NotThatDay, OwnLesson, TeacherBusy
from khuevan.school.timetable.feeds import calendar_of
from khuevan.school.timetable.grids import Spot
from khuevan.school.timetable.models import BellPeriod, DayChange, ScheduledLesson, Timetable
from khuevan.school.timetable.selectors.days import lessons_of_class, lessons_of_person
from khuevan.school.timetable.selectors.days_off import (
    days_off_of_class,
    days_off_of_person,
)
from khuevan.school.timetable.selectors.standing_in import candidates_for
from khuevan.school.timetable.substitutes import Candidate, ranked

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
ONE_DAY = timedelta(days=1)


def give(
    cast: Cast, name: str, subject: str, teacher: Any, weeks: Sequence[int] = (1,) * 35
) -> Any:
    """Open a class in which a teacher gives a subject, one period a week unless said."""
    room = make_class(name, school=cast.school_a)
    curriculum.plan_subject(
        actor=EVERYTHING,
        class_uuid=room.uuid,
        subject_name=subject,
        kind="COMPULSORY",
        weeks=weeks,
        now=NOW,
    )
    rows = curriculum.ClassSubject.objects.unscoped(because="a test")
    curriculum.assign_subject(
        actor=EVERYTHING,
        uuid=rows.get(homeroom_class=room).uuid,
        member=teacher,
        starts_on=date(2026, 11, 23),
        weeks=None,
        takes_over=False,
        now=NOW,
    )
    return room


class School:
    """Two classes and three teachers with a published timetable; lessons on Tuesday morning."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.hoa, self.tam, self.vien = (
            make_staff(name, school=cast.school_a)
            for name in ("Lê Thị Hòa", "Võ Văn Tám", "Hồ Thị Viên")
        )
        self.first = give(cast, "6Y", "Ngữ văn", self.hoa)
        self.second = give(cast, "6Z", "Ngữ văn", self.tam)
        self.timetable = self.publish(MONDAY, {"6Y": 1, "6Z": 2})

    def publish(self, starts_on: date, periods: dict[str, int]) -> Timetable:
        """Publish a timetable with each class's lesson on Tuesday in a period."""
        made = actions.make_timetable(
            actor=EVERYTHING,
            school=self.cast.school_a,
            year=make_year(),
            name="Bản",
            starts_on=starts_on,
            days=6,
            now=NOW,
        )
        for name, period in periods.items():
            actions.move_lesson(
                actor=EVERYTHING,
                uuid=made.uuid,
                lesson=self.lesson(name, made).uuid,
                to=Move(Spot(2, "MORNING", period)),
                now=NOW,
            )
        return actions.publish_timetable(
            actor=EVERYTHING, uuid=made.uuid, accepts_clashes=True, now=NOW
        )

    def lesson(self, name: str, timetable: Timetable | None = None) -> ScheduledLesson:
        """Return the lesson of a class."""
        rows = ScheduledLesson.objects.unscoped(because="a test")
        return rows.get(timetable=timetable or self.timetable, homeroom_class__name=name)

    def stand_in(self, member: Any, on: date = TUESDAY, by: str = "hung") -> None:
        """Let somebody stand in for 6Y's lesson."""
        actions.substitute_lesson(
            actor=actor_of(getattr(self.cast, by)),
            lesson=self.lesson("6Y").uuid,
            on=on,
            member=member,
            now=NOW,
        )


@pytest.fixture
def school(cast: Cast) -> School:
    """Return the school of these tests."""
    return School(cast)


def told(person_id: int, kind: str) -> int:
    """Return how many lines of a kind somebody has."""
    rows = Notification.objects.unscoped(because="a test")
    return rows.filter(person_id=person_id, kind=kind).count()


def summaries(person_id: int) -> list[str]:
    """Return what stands in somebody's calendar on that Tuesday."""
    content = calendar_of(person_id, today=TUESDAY, now=NOW)
    return [
        str(event["summary"])
        for event in Calendar.from_ical(content).walk("VEVENT")
        if str(event.decoded("dtstart"))[:10] == TUESDAY.isoformat()
    ]


def test_a_colleague_stands_in_on_one_day_and_both_are_told(school: School) -> None:
    school.stand_in(school.vien)
    (held,) = lessons_of_class(school.first, TUESDAY, TUESDAY)
    assert held.teacher is not None
    assert held.teacher.full_name == "Hồ Thị Viên"
    (week_later,) = lessons_of_class(
        school.first, TUESDAY + timedelta(days=7), TUESDAY + timedelta(days=7)
    )
    assert week_later.teacher is not None
    assert week_later.teacher.full_name == "Lê Thị Hòa"
    assert [
        one.lesson.homeroom_class.name
        for one in lessons_of_person(school.vien.person_id, TUESDAY, TUESDAY)
    ] == ["6Y"]
    assert told(school.vien.person_id, "timetable.stands_in") == 1
    assert told(school.hoa.person_id, "timetable.day_is_otherwise") == 1
    assert summaries(school.vien.person_id) == ["Ngữ văn, lớp 6Y (dạy thay)"]
    assert summaries(school.hoa.person_id) == []
    actions.restore_day(
        actor=actor_of(school.cast.hung),
        lesson=school.lesson("6Y").uuid,
        on=TUESDAY,
        now=NOW,
    )
    assert summaries(school.vien.person_id) == []
    assert summaries(school.hoa.person_id) == ["Ngữ văn, lớp 6Y"]


def test_a_lesson_that_is_off_stands_in_no_calendar(school: School) -> None:
    actions.cancel_lesson(
        actor=actor_of(school.cast.hung), lesson=school.lesson("6Y").uuid, on=TUESDAY, now=NOW
    )
    (held,) = lessons_of_class(school.first, TUESDAY, TUESDAY)
    assert held.is_off
    assert summaries(school.hoa.person_id) == []


def test_nobody_stands_in_where_they_cannot(school: School) -> None:
    with pytest.raises(OwnLesson):
        school.stand_in(school.hoa)
    with pytest.raises(NotOnStaff):
        school.stand_in(make_staff("Bùi Văn Lạ", school=school.cast.school_b))
    with pytest.raises(NotThatDay):
        school.stand_in(school.vien, on=TUESDAY + ONE_DAY)
    with pytest.raises(NotThatDay):
        school.stand_in(school.vien, on=TUESDAY - timedelta(days=7))
    with pytest.raises(NotFound):
        school.stand_in(school.vien, by="mai")
    later = School.publish(school, date(2026, 12, 14), {"6Y": 1, "6Z": 1})
    school.timetable = later
    with pytest.raises(TeacherBusy, match="6Z"):
        school.stand_in(school.tam, on=date(2026, 12, 15))


def test_who_is_free_is_offered_in_the_order_of_the_sheet(school: School) -> None:
    found = candidates_for(
        actor=actor_of(school.cast.hung),
        school=school.cast.school_a,
        lesson=school.lesson("6Y"),
        on=TUESDAY,
    )
    names = [one.name for one in found]
    assert "Lê Thị Hòa" not in names
    assert names[0] in {"Võ Văn Tám", "Nguyễn Thị Lan"}
    assert names.index("Võ Văn Tám") < names.index("Hồ Thị Viên")


def test_the_load_of_who_is_free_is_that_of_the_term(school: School) -> None:
    give(school.cast, "6V", "Công nghệ", school.vien, (1,) * 18 + (2,) * 17)
    over = []
    for on in (TUESDAY, date(2027, 2, 23)):
        found = candidates_for(
            actor=actor_of(school.cast.hung),
            school=school.cast.school_a,
            lesson=school.lesson("6Y"),
            on=on,
        )
        over.append(next(one.over for one in found if one.name == "Hồ Thị Viên"))
    assert over[1] - over[0] == 1


def test_a_colleague_of_the_subject_comes_first_unless_the_limit_is_broken() -> None:
    physics = Candidate("2", "Lí", is_of_subject=False, over=Fraction(-3), limit=Fraction(9))
    maths = Candidate("1", "Toán", is_of_subject=True, over=Fraction(5), limit=Fraction(9))
    assert ranked([physics, maths])[0] == maths
    tired = Candidate("1", "Toán", is_of_subject=True, over=Fraction(9), limit=Fraction("9.5"))
    assert ranked([tired, physics]) == [physics, tired]
    often = Candidate("3", "An", is_of_subject=True, limit=Fraction(9), stood_in=3)
    assert ranked([often, maths]) == [maths, often]


def test_publishing_tells_those_whose_lessons_changed_and_nobody_else(school: School) -> None:
    assert told(school.hoa.person_id, "timetable.your_week_changed") == 1
    school.publish(date(2026, 12, 14), {"6Y": 3, "6Z": 2})
    assert told(school.hoa.person_id, "timetable.your_week_changed") == 2
    assert told(school.tam.person_id, "timetable.your_week_changed") == 1
    assert told(school.vien.person_id, "timetable.your_week_changed") == 0


def test_differences_are_counted_by_person_and_class() -> None:
    before = [Standing(1, "6A", "Toán", (1, "MORNING", 1)), Standing(2, "6B", "Văn", None)]
    after = [Standing(1, "6A", "Toán", (1, "MORNING", 2)), Standing(2, "6B", "Văn", None)]
    assert changes_by_person(before, after) == {1: 1}
    assert changes_by_class(before, after) == {"6A": 1}
    assert changes_by_person(before, before) == {}
    assert changes_by_person([], after) == {1: 1, 2: 1}


def test_a_calendar_knows_the_times_that_the_school_told(school: School) -> None:
    BellPeriod.objects.create(
        school=school.cast.school_a,
        half="MORNING",
        number=1,
        begins_at=time(7, 0),
        ends_at=time(7, 45),
        starts_on=date(2026, 9, 5),
    )
    content = calendar_of(school.hoa.person_id, today=TUESDAY, now=NOW)
    starts = [one.decoded("dtstart") for one in Calendar.from_ical(content).walk("VEVENT")]
    first = next(one for one in starts if f"{one:%Y-%m-%d}" == "2026-12-01")
    assert f"{first:%H:%M %z}" == "07:00 +0700"


def test_an_address_is_shown_once_and_the_old_one_ends(cast: Cast) -> None:
    client = Client().sign_in(cast.lan)
    first, second = (
        client.post(reverse("timetable:make_feed")).content.decode() for _each in range(2)
    )
    stranger = Client()
    paths = [page.split("/calendar/")[1].split(".ics")[0] for page in (first, second)]
    statuses = [stranger.get(f"/calendar/{token}.ics").status_code for token in paths]
    assert statuses == [404, 200]
    assert "no-store" in stranger.get(f"/calendar/{paths[1]}.ics").headers["Cache-Control"]
    assert "/calendar/" not in client.get(reverse("timetable:own")).content.decode()


def test_a_day_off_says_why(cast: Cast, client: Client) -> None:
    made = School(cast)
    closed = TUESDAY
    Closure.objects.create(
        unit_id=cast.school_a.pk,
        starts_on=closed,
        ends_on=closed + ONE_DAY,
        reason="FLOOD",
        note="mưa lũ",
        decision="12/QĐ-UBND",
    )
    told = days_off_of_person(made.hoa.person_id, MONDAY, TUESDAY)
    assert "mưa lũ" in told[closed].casefold()
    assert set(told) == set(days_off_of_class(made.first, MONDAY, TUESDAY))
    content = calendar_of(made.hoa.person_id, today=MONDAY, now=NOW)
    named = [str(one["summary"]) for one in Calendar.from_ical(content).walk("VEVENT")]
    assert any("mưa lũ" in one.casefold() for one in named)
    client.sign_in(made.hoa.person)
    page = client.get(reverse("timetable:own") + f"?on={closed}").content.decode()
    assert "mưa lũ" in page.casefold()
    client.sign_in(cast.hung)
    day_page = reverse("timetable:day", args=[cast.school_a.code]) + f"?on={closed}"
    assert "mưa lũ" in client.get(day_page).content.decode().casefold()


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "²", ""])
def test_days_that_no_week_is_around_are_today_to_read_and_none_to_change(
    school: School, on: str
) -> None:
    hung = Client().sign_in(school.cast.hung)
    day = f"/schools/{school.cast.school_a.code}/timetables/day/"
    one = f"{day}{school.lesson('6Y').uuid}/"
    for address in ("/my/timetable/", day, one, f"{one}move/"):
        assert hung.get(f"{address}?on={on}").status_code == 200
    assert hung.get(f"{one}move/?from={on}").status_code == 200
    assert hung.post(f"{one}off/?on={on}").status_code == 404
    assert not DayChange.objects.unscoped(because="a test").exists()
