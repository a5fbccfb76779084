"""What a school promises and has measured: notice, later bell times, ways, rooms for several."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY

from khuevan.platform.calendar.api import WorkingCalendar, add_working_days
from khuevan.registry.schools.api import Room, RoomKind, get_school_for
from khuevan.school.timetable import actions
from khuevan.school.timetable.actions import terms
from khuevan.school.timetable.actions.bells import drop_bells, set_bells
from khuevan.school.timetable.asked.facts import sites_of, ways_between
from khuevan.school.timetable.bell_rules import BellTime
from khuevan.school.timetable.bells import bells_after, bells_by_level, school_week
from khuevan.school.timetable.errors import NoLaterBells, NoSuchRule, PublishedLate, SameCampus
from khuevan.school.timetable.models import Timetable
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.selectors.notice import monday_from, notice_of
from khuevan.school.timetable.tests.test_asked import School, _campuses, _two_campuses, of, school

__all__ = ["school"]  # a fixture
NEXT = TODAY + timedelta(days=7)


def publish(school: School, **said: Any) -> Timetable:
    return actions.publish_timetable(
        actor=actor_of(school.cast.hung),
        uuid=school.timetable.uuid,
        accepts_clashes=True,
        now=NOW,
        **said,
    )


def test_three_working_days_are_usual_and_the_school_says_otherwise(school: School) -> None:
    """A Monday is five working days off: three are kept, six are not; a reason lets it through."""
    told: dict[str, Any] = {"actor": actor_of(school.cast.hung), "school": school.cast.school_a}
    assert notice_of(school.cast.school_a.pk) == 3
    terms.set_notice(**told, working_days=6, now=NOW)
    with pytest.raises(PublishedLate, match="6 ngày làm việc") as refused:
        publish(school)
    assert "07/12/2026" in str(refused.value)
    assert publish(school, reason="Giáo viên chuyển đi").late_reason == "Giáo viên chuyển đi"


def test_a_reason_that_was_not_needed_is_not_kept(school: School) -> None:
    assert publish(school, reason="Không cần").late_reason == ""


def test_nobody_waits_longer_than_the_longest(cast: Cast) -> None:
    for days in (-1, 21):
        with pytest.raises(NoSuchRule):
            terms.set_notice(
                actor=actor_of(cast.hung), school=cast.school_a, working_days=days, now=NOW
            )


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 20))
def test_the_first_monday_is_never_before_the_notice_is_over(today: date, days: int) -> None:
    earliest = add_working_days(today, days, WorkingCalendar())
    monday = monday_from(earliest)
    assert monday.weekday() == 0
    assert timedelta(0) <= monday - earliest < timedelta(days=7)


BELLS = (BellTime("MORNING", 1, time(7), time(7, 45)), BellTime("MORNING", 2, time(8), time(8, 45)))
LATER = (BellTime("MORNING", 1, time(7, 30), time(8, 15)),)


def test_later_bell_times_are_listed_and_taken_back(cast: Cast) -> None:
    told: dict[str, Any] = {"actor": actor_of(cast.hung), "school": cast.school_a, "level": ""}
    school_id = cast.school_a.pk
    for starts_on, bells in ((TODAY, BELLS), (NEXT, LATER), (NEXT + timedelta(days=7), BELLS)):
        set_bells(**told, bells=bells, starts_on=starts_on, now=NOW)
    assert [len(one) for one in bells_after(school_id, "", TODAY).values()] == [1, 2]
    drop_bells(**told, starts_on=NEXT, now=NOW)
    assert len(bells_by_level(school_id, NEXT)[""]) == 2
    assert list(bells_after(school_id, "", TODAY)) == [NEXT + timedelta(days=7)]
    for starts_on in (TODAY, NEXT):
        with pytest.raises(NoLaterBells):
            drop_bells(**told, starts_on=starts_on, now=NOW)


def test_a_week_shows_the_times_of_its_level(cast: Cast) -> None:
    school = get_school_for(EVERYTHING, cast.school_a.code, MANAGE_TIMETABLES)
    told: dict[str, Any] = {"actor": actor_of(cast.hung), "school": school}
    level = school.levels[0]
    set_bells(**told, level="", bells=BELLS, starts_on=TODAY, now=NOW)
    set_bells(**told, level=level, bells=LATER, starts_on=TODAY, now=NOW)
    week = school_week(cast.school_a.pk, TODAY, 6)
    assert [one.begins_at for one in week.bells] == [time(7), time(8)]
    assert [one.begins_at for one in week.bells_for({level})] == [time(7, 30), time(8)]
    assert week.bells_for({level, "THPT"}) == week.bells


def test_a_way_is_as_the_school_says_else_by_the_main_campus(school: School) -> None:
    """Two kilometres are near; eleven ask for another session, ninety minutes for two periods."""
    _two_campuses(school)
    near = [*of("Toán", "2.1"), *of("Toán", "2.3", room="6Z")]
    school.stand(near)
    assert "TT-H13" not in school.broken()
    main, far = sites_of(school.cast.school_a.pk, TODAY).values()
    told: dict[str, Any] = {"actor": actor_of(school.cast.hung), "school": school.cast.school_a}
    said: dict[str, Any] = {"one": far.uuid, "other": main.uuid, "now": NOW}
    terms.set_way(**told, **said, km=Decimal("11.0"), minutes=None)
    assert "TT-H13" in school.broken()
    terms.set_way(**told, **said, km=None, minutes=90)
    assert "TT-H13" in school.broken()
    school.stand([*of("Toán", "2.1"), *of("Toán", "2.4", room="6Z")])
    assert "TT-H13" not in school.broken()
    terms.remove_way(**told, **said)
    (way,) = ways_between(sites_of(school.cast.school_a.pk, TODAY))
    assert (way.km, way.minutes, way.is_said) == (2.0, 0, False)


def test_a_way_needs_two_campuses_and_a_figure(school: School) -> None:
    main, far = _campuses(school)
    told: dict[str, Any] = {"actor": actor_of(school.cast.hung), "school": school.cast.school_a}
    for other, km in ((main, Decimal(3)), (far, None)):
        with pytest.raises(SameCampus):
            terms.set_way(**told, one=main.uuid, other=other.uuid, km=km, minutes=None, now=NOW)


def test_a_room_for_several_classes_holds_so_many(school: School) -> None:
    """Of a computer room that takes two classes, a third at once is too much."""
    main, _far = _campuses(school)
    room = Room.objects.create(
        school=school.cast.school_a, campus=main, name="Phòng Tin", match_name="phong tin",
        sort_key="tin", kind=RoomKind.COMPUTER, classes_at_once=2, starts_on=date(2020, 1, 1),
    )  # fmt: skip
    rows = [
        line
        for at, name in enumerate(("6X", "6Y", "6Z"))
        for line in of("Tin học", "2.1", room=name, teacher=f"Cô {at}")
    ]
    school.stand(rows[:2])
    assert "TT-H08" not in school.broken()
    school.stand(rows)
    assert "TT-H08" in school.broken()
    room.classes_at_once = 3
    room.save(update_fields=["classes_at_once"])
    school.stand(rows)
    assert "TT-H08" not in school.broken()
