"""Wishes of teachers, bell times, and what cannot come out well, told before placing."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_year

from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import HomeroomClass, Session, set_grade_session
from khuevan.school.timetable.actions.bells import set_bells
from khuevan.school.timetable.actions.rules import touch
from khuevan.school.timetable.actions.wishes import Wish, answer_wish, ask_wish, withdraw_wish
from khuevan.school.timetable.asked.terms import MANY, TERMS
from khuevan.school.timetable.bell_rules import BellFaultKind, BellTime, bell_faults, usual_times
from khuevan.school.timetable.bells import school_week
from khuevan.school.timetable.boards import desk_of
from khuevan.school.timetable.errors import BellsOverlap, NothingAsked
from khuevan.school.timetable.foreseen import foreseen
from khuevan.school.timetable.models import ScheduledLesson, Timetable
from khuevan.school.timetable.rule_models import TeacherWish
from khuevan.school.timetable.tests.test_asked import School, _computer_room, of, school
from khuevan.school.timetable.wrong import broken_rules

__all__ = ["school"]


def told_before(own: School) -> str:
    """Return what the editor tells before anything is placed."""
    row = Timetable.objects.unscoped(because="a test").get(pk=own.timetable.pk)
    desk = desk_of(row)
    return " | ".join(foreseen(desk.setting, desk.names))


def ask(cast: Cast, **values: Any) -> TeacherWish:
    """Let Lan ask for something."""
    return ask_wish(
        actor=actor_of(cast.lan),
        school=cast.school_a,
        year=make_year(),
        wish=Wish(**{"kind": "AWAY", "spots": ("1-MORNING-1",), **values}),
        now=NOW,
    )


def test_a_wish_counts_once_it_is_accepted(school: School, cast: Cast) -> None:
    school.people["Lan"] = cast.lan.staff_member
    school.stand(of("Toán", "2.1", teacher="Lan"))
    row = ask(cast)
    assert "TT-H07" not in school.broken()
    answer_wish(actor=actor_of(cast.hung), uuid=row.uuid, accepts=True, answer="Được", now=NOW)
    assert "TT-H07" in school.broken()
    answer_wish(actor=actor_of(cast.hung), uuid=row.uuid, accepts=False, now=NOW)
    assert "TT-H07" not in school.broken()


def test_asking_again_waits_for_an_answer_again(school: School, cast: Cast) -> None:
    row = ask(cast)
    answer_wish(actor=actor_of(cast.hung), uuid=row.uuid, accepts=True, now=NOW)
    again = ask(cast, spots=("2-MORNING-1",))
    assert (again.pk, again.state, again.answer) == (row.pk, "ASKED", "")


def test_a_wish_is_of_something_and_taken_back_by_who_asked(school: School, cast: Cast) -> None:
    with pytest.raises(NothingAsked):
        ask(cast, spots=())
    row = ask(cast, kind="FREE", spots=(), free_days=1)
    with pytest.raises(NotFound):
        withdraw_wish(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    withdraw_wish(actor=actor_of(cast.lan), uuid=row.uuid, now=NOW)
    assert not TeacherWish.objects.unscoped(because="a test").exists()


def test_a_teacher_with_sixty_periods_is_named(school: School) -> None:
    school.stand([("6Y", "Toán", "Lê Thị Thời", "") for _period in range(60)])
    assert "Lê Thị Thời" in told_before(school)
    assert "60" in told_before(school)


def test_a_pin_against_a_wish_is_named(school: School) -> None:
    school.wish("OTHER_SCHOOL", "Lê Thị Thời", spots=["3-MORNING-1"])
    school.stand(of("Toán", "4.1", "4.2"))
    assert told_before(school) == ""
    rows = ScheduledLesson.objects.unscoped(because="a test")
    rows.filter(timetable=school.timetable).update(is_locked=True)
    touch(school.cast.school_a.pk)
    assert "Lê Thị Thời" in told_before(school)


def test_free_days_that_the_periods_leave_no_room_for_are_named(school: School) -> None:
    school.wish("FREE", "Lê Thị Thời", free_days=5)
    school.stand([("6Y", f"Môn {at}", "Lê Thị Thời", "") for at in range(10)])
    assert "Lê Thị Thời" in told_before(school)


def test_what_is_broken_leads_to_its_lesson_the_dearest_first(school: School) -> None:
    school.stand([*of("Toán", "2.1", "2.4"), *of("Ngữ văn", "2.1", room="6Z")])
    row = Timetable.objects.unscoped(because="a test").get(pk=school.timetable.pk)
    desk = desk_of(row)
    told = broken_rules(desk, desk.board.findings())
    assert [one["is_hard"] for one in told] == sorted(
        (one["is_hard"] for one in told), reverse=True
    )
    assert all("&lesson=" in line["of"] for line in told[0]["rows"])


def bell(number: int, begins: str, ends: str, half: str = "MORNING") -> BellTime:
    """Return a period."""
    return BellTime(half, number, time.fromisoformat(begins), time.fromisoformat(ends))


@pytest.mark.parametrize(
    ("bells", "kinds"),
    [
        ([bell(1, "07:00", "07:45"), bell(2, "07:50", "08:35")], []),
        ([bell(1, "07:00", "07:45"), bell(2, "07:40", "08:35")], [BellFaultKind.OVERLAP]),
        ([bell(1, "07:45", "07:00")], [BellFaultKind.BACKWARDS]),
        ([bell(1, "07:00", "10:00")], [BellFaultKind.LENGTH]),
        ([bell(1, "07:00", "07:45"), bell(3, "08:00", "08:45")], [BellFaultKind.HOLE]),
        (
            [bell(1, "07:00", "07:45"), bell(1, "07:30", "08:15", "AFTERNOON")],
            [BellFaultKind.OVERLAP],
        ),
    ],
)
def test_bell_times_are_in_order(bells: list[BellTime], kinds: list[BellFaultKind]) -> None:
    assert [one.kind for one in bell_faults(bells)] == kinds


@pytest.mark.parametrize("level", ["TH", "THCS", ""])
def test_usual_bell_times_make_sense(level: str) -> None:
    assert not bell_faults(usual_times(level))


def test_bell_times_hold_from_their_day(cast: Cast) -> None:
    def say(on: date, *bells: BellTime) -> None:
        set_bells(
            actor=actor_of(cast.hung), school=cast.school_a, level="", bells=bells,
            starts_on=on, now=NOW,
        )  # fmt: skip

    def periods(on: date) -> int:
        return len(school_week(cast.school_a.pk, on, 6).bells)

    say(date(2026, 12, 1), bell(1, "07:00", "07:45"))
    say(date(2027, 1, 1), bell(1, "07:15", "08:00"), bell(2, "08:10", "08:55"))
    say(date(2026, 12, 15), *(bell(at, f"{at + 6:02}:00", f"{at + 6:02}:45") for at in (1, 2, 3)))
    days = (date(2026, 12, 1), date(2026, 12, 14), date(2026, 12, 20), date(2027, 1, 1))
    assert [periods(on) for on in days] == [1, 1, 3, 2]
    with pytest.raises(BellsOverlap):
        say(date(2026, 12, 1), bell(1, "07:00", "07:45"), bell(2, "07:30", "08:15"))


def test_a_grade_learns_in_one_half_day(school: School, cast: Cast) -> None:
    room = school.room("6Y")
    set_grade_session(
        actor=actor_of(cast.hung), school=cast.school_a, year=make_year(),
        grade=room.grade_level, session=Session.AFTERNOON, now=NOW,
    )  # fmt: skip
    rows = HomeroomClass.objects.unscoped(because="a test").filter(
        school=cast.school_a, grade_level=room.grade_level
    )
    assert set(rows.values_list("session", flat=True)) == {Session.AFTERNOON}


def test_a_room_for_part_of_the_lessons_binds_none_of_them(school: School) -> None:
    """A laboratory for thirty periods of sixty-eight is for some: told before, not held against."""
    _computer_room(school)
    HomeroomClass.objects.unscoped(because="a test").update(session=Session.MORNING)
    two = [*of("Tin học", "2.1"), *of("Tin học", "2.1", room="6Z", teacher="Cô Hai")]
    school.stand([*of("Tin học", *["3.1"] * 29), *two])
    assert "TT-H08" not in school.broken()
    assert "chỉ đủ cho 30 trong 31 tiết" in told_before(school)
    school.stand(two)
    assert "TT-H08" in school.broken()
    assert "chỉ đủ cho" not in told_before(school)


def test_a_wish_of_times_that_no_week_has_is_of_nothing_and_breaks_no_page(
    school: School, cast: Cast
) -> None:
    lan, hung = Client().sign_in(cast.lan), Client().sign_in(cast.hung)
    pages = (
        (lan, "/my/timetable/wishes/"),
        (hung, f"/schools/{cast.school_a.code}/timetables/wishes/"),
    )
    for spot in ("99-MORNING-1", "1-MORNING-99999", "0-MORNING-1", "1-MORNING-0"):
        asked = lan.post("/my/timetable/wishes/away/", {"spots": [spot], "reason": ""})
        assert asked.status_code == 422
    asked = lan.post("/my/timetable/wishes/away/", {"spots": ["99-MORNING-1", "2-MORNING-1"]})
    assert asked.status_code == 302
    for client, path in pages:
        assert client.get(path).status_code == 200


def test_every_rule_has_its_page_and_those_that_hold_for_some_another(
    school: School, cast: Cast
) -> None:
    hung = Client().sign_in(cast.hung)
    rules = f"/schools/{cast.school_a.code}/timetables/rules/"
    for code, terms in TERMS.items():
        assert hung.get(f"{rules}{code}/").status_code == 200
        holds_for_some = bool(terms.scopes) or code in MANY
        expected = 200 if holds_for_some else 404
        assert hung.get(f"{rules}{code}/more/").status_code == expected, code
