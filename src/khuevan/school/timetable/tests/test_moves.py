"""Lessons that change places, rooms, and a board that follows what others do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, UNITS_START, make_staff

from khuevan.platform.accounts.api import Person
from khuevan.registry.schools.actions import CampusData, RoomData, add_campus, add_room
from khuevan.school.timetable import actions, boards
from khuevan.school.timetable.actions import steps
from khuevan.school.timetable.boards import desk_of
from khuevan.school.timetable.core.board import Board
from khuevan.school.timetable.core.checking import check
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import Placement, Room
from khuevan.school.timetable.differences import Standing, differences
from khuevan.school.timetable.errors import LessonLocked
from khuevan.school.timetable.models import EditStep, ScheduledLesson, Timetable
from khuevan.school.timetable.problems import setting_of
from khuevan.school.timetable.tests.build import MON, P1, P2, P3, TUE, week
from khuevan.school.timetable.tests.test_editing import (
    FIRST,
    draft,
    fresh,
    lessons,
    move,
    spots,
    state,
    taught,
)
from khuevan.ui.errors import ChangedMeanwhile

RULES = tuple(
    one
    for code in ("TT-H01", "TT-H08", "TT-H11", "TT-H17", "TT-S01", "TT-S03", "TT-S11")
    for one in of_rule(code)
)
slots = st.tuples(st.integers(0, 5), st.integers(0, 9))
QUIET = settings(
    deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def made(cast: Cast) -> Timetable:
    """Return a draft with two classes of one teacher."""
    teacher = make_staff("Lê Thị Thời", school=cast.school_a)
    for name in ("6Y", "6Z"):
        taught(cast, name, teacher)
    return draft(cast)


def swap(
    cast: Cast, timetable: Timetable, one: ScheduledLesson, other: ScheduledLesson, **more: Any
) -> None:
    """Let two lessons change places as the principal."""
    actions.swap_lessons(
        actor=actor_of(cast.hung),
        uuid=timetable.uuid,
        lesson=one.uuid,
        other=other.uuid,
        now=NOW,
        **more,
    )


def lab(cast: Cast) -> Any:
    """Give school A a computer room of 24 seats."""
    campus = add_campus(
        actor=EVERYTHING,
        school_id=cast.school_a.pk,
        data=CampusData("Điểm Vĩnh Sơn"),
        starts_on=UNITS_START,
        now=NOW,
    )
    return add_room(
        actor=EVERYTHING,
        campus_uuid=campus.uuid,
        data=RoomData("Phòng Tin", kind="COMPUTER", capacity=24),
        starts_on=UNITS_START,
        now=NOW,
    )


@settings(deadline=None, max_examples=60)
@given(places=st.lists(slots, min_size=4, max_size=4, unique=True), waits=st.booleans())
def test_a_swap_is_told_as_it_comes(places: list[tuple[int, int]], waits: bool) -> None:
    taught_so = [
        (teacher, subject, name, slot)
        for (teacher, subject, name), slot in zip(
            (
                ("An", "Toán", "6A"),
                ("Bình", "Văn", "6A"),
                ("An", "Toán", "6B"),
                ("Bình", "Tin", "6B"),
            ),
            places,
            strict=True,
        )
    ]
    problem, stands = week(taught_so, *RULES)
    begun = stands[1:] if waits else stands
    board = Board(problem, begun)
    told = board.check_swap(1, [2])[2]
    assert board.placements == {one.lesson: one for one in begun}
    lifted = [one for one in begun if one.lesson not in {1, 2}]
    after = [*lifted, replace(stands[1], lesson=1)]
    if not waits:
        after.append(replace(stands[0], lesson=2))
    was, then = check(problem, lifted), check(problem, after)
    assert told.penalty == pytest.approx(then.penalty - was.penalty)
    assert sorted(map(str, told.clashes)) == sorted(
        str(one) for one in then.hard if one not in was.hard
    )


def test_two_lessons_change_places_in_one_step(cast: Cast, made: Timetable) -> None:
    one, other = lessons(made)[:2]
    move(cast, made, one, FIRST)
    before = state(made)
    swap(cast, made, one, other)
    rows = lessons(made)
    assert (rows[0].is_placed, rows[1].is_placed) == (False, True)
    swap(cast, made, one, other)
    assert state(made) == before
    actions.undo_step(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)
    actions.undo_step(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)
    assert state(made) == before


def test_a_swap_of_what_is_pinned_or_was_moved_meanwhile_is_refused(
    cast: Cast, made: Timetable
) -> None:
    one, other = lessons(made)[:2]
    seen = fresh(made).revision
    move(cast, made, other, FIRST)
    with pytest.raises(ChangedMeanwhile):
        swap(cast, made, one, other, revision=seen)
    actions.lock_lesson(
        actor=actor_of(cast.hung), uuid=made.uuid, lesson=other.uuid, is_locked=True, now=NOW
    )
    with pytest.raises(LessonLocked):
        swap(cast, made, one, other)


@QUIET
@given(steps=st.lists(st.tuples(st.integers(0, 3), st.none() | spots), min_size=1, max_size=4))
def test_a_kept_board_follows_as_if_made_anew(
    cast: Cast, made: Timetable, steps: list[tuple[int, Any]]
) -> None:
    kept = desk_of(fresh(made))
    rows = lessons(made)
    for number, spot in steps:
        move(cast, made, rows[number], spot)
    desk, anew = desk_of(fresh(made)), setting_of(fresh(made))
    assert desk.setting.problem is kept.setting.problem, "it was not built again"
    assert set(desk.setting.placements) == set(anew.placements)
    assert desk.board.findings() == Board(desk.setting.problem, anew.placements).findings()
    for pk, row in anew.rows.items():
        assert desk.setting.rows[pk].weekday == row.weekday
    assert kept.board.placements == {one.lesson: one for one in kept.setting.placements}


def test_a_room_that_somebody_was_put_into_is_held_against_it() -> None:
    rows = [
        ("An", "Tin", "6A", (MON, P1)),
        ("Bình", "Tin", "6B", (MON, P1)),
        ("Chi", "Tin", "6C", (TUE, P2)),
    ]
    lab = Room("Tin", 30)
    problem, _places = week(rows, *of_rule("TT-H08"), rooms=(lab,), held_in=["Tin", "Tin", None])
    here = [Placement(1, MON, P1, "Tin"), Placement(2, MON, P1, "Tin")]
    told = [one.facts for one in check(problem, here).hard]
    assert {"who": "Tin", "found": 2, "when": "Thứ Hai S1"} in told
    assert sum("most" in one for one in told) == 2, "40 pupils in 30 seats, twice"
    at_home = replace(problem, lessons=tuple(replace(one, home="Tin") for one in problem.lessons))
    assert not check(at_home, here).hard
    assert Board(problem, here).check_move(3, [(MON, P1), (MON, P3)], "Tin")[MON, P1].is_clash


def test_a_room_is_chosen_and_taken_back(cast: Cast, made: Timetable) -> None:
    one = lessons(made)[0]
    room = lab(cast)
    told: dict[str, Any] = {"actor": actor_of(cast.hung), "uuid": made.uuid, "now": NOW}
    actions.choose_room(**told, lesson=one.uuid, room=room.uuid)
    assert desk_of(fresh(made)).setting.room_of(one.pk) == room.name
    actions.undo_step(**told)
    assert lessons(made)[0].room_id is None


def test_what_fails_in_the_middle_leaves_nothing_half_written(
    cast: Cast, made: Timetable, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = lessons(made)[:2]
    move(cast, made, one, FIRST)
    before, stands = state(made), fresh(made)

    def power_cut(_timetable: Timetable) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(steps, "count_up", power_cut)
    with pytest.raises(KeyboardInterrupt):
        swap(cast, made, one, other)
    after = fresh(made)
    assert state(made) == before
    assert (after.revision, after.position) == (stands.revision, stands.position)
    assert EditStep.objects.unscoped(because="a test").filter(timetable=made).count() == 1


def test_versions_are_compared_lesson_by_lesson() -> None:
    def stand(subject: str, place: tuple[int, str, int] | None, room: str = "") -> Standing:
        return Standing(1, "6A", subject, place, room, teacher="An")

    was = [stand("Toán", (1, "MORNING", 1)), stand("Toán", (2, "MORNING", 1)), stand("Tin", None)]
    now = [stand("Toán", (1, "MORNING", 1)), stand("Toán", (3, "AFTERNOON", 2)), stand("Văn", None)]
    (found,) = differences([("6A", one) for one in was], [("6A", one) for one in now])
    assert [(one.place, other.place) for one, other in found.moved] == [
        ((2, "MORNING", 1), (3, "AFTERNOON", 2))
    ]
    assert [one.subject for one in found.only_before] == ["Tin"]
    assert [one.subject for one in found.only_after] == ["Văn"]
    assert found.count == 2
    assert not differences([("6A", one) for one in was], [("6A", one) for one in was])


def test_the_page_offers_both_ways_and_a_version_is_compared(cast: Cast, made: Timetable) -> None:
    clerk = Client().sign_in(cast.hung)
    one = next(row for row in lessons(made) if row.homeroom_class.name == "6Y")
    other = next(
        row for row in lessons(made) if row.homeroom_class.name == "6Y" and row.pk != one.pk
    )
    move(cast, made, other, FIRST)
    of = f"class:{one.homeroom_class.uuid}"
    page = clerk.get(f"/timetables/{made.uuid}/?of={of}&lesson={one.uuid}").content.decode()
    assert f'name="with" value="{other.uuid}"' in page
    assert 'name="spot" value="2-MORNING-2"' in page
    assert 'name="spot" value="2-MORNING-1"' not in page, "a class is not in two lessons"
    copy = draft(cast, copy_of=made.uuid)
    swap(cast, copy, *[row for row in lessons(copy) if row.homeroom_class.name == "6Y"][:2])
    move(cast, copy, lessons(copy)[-1], FIRST)
    told = clerk.get(f"/timetables/{copy.uuid}/compare/").content.decode()
    assert "6Z" in told
    assert clerk.get(f"/timetables/{copy.uuid}/compare/?by=teacher").status_code == 200


def test_who_is_renamed_is_called_so_on_the_board(
    cast: Cast, made: Timetable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kept board is held against the names of people, classes and rooms, and else kept."""
    monkeypatch.setattr(boards, "MOST_SECONDS", 0)
    kept = desk_of(made)
    assert desk_of(made).board is kept.board
    person = next(row.person for row in kept.setting.rows.values() if row.person)
    rows = Person.objects.unscoped(because="a test").filter(pk=person.pk)
    rows.update(given_name="Mới")
    assert "Lê Thị Mới" in desk_of(made).setting.teacher_names.values()


def test_what_another_did_unseen_is_not_taken_back_as_if_it_were_the_own(
    cast: Cast, made: Timetable
) -> None:
    one, other = lessons(made)[:2]
    move(cast, made, one, FIRST)
    seen = fresh(made).revision
    loan: dict[str, Any] = {"actor": actor_of(cast.loan), "uuid": made.uuid, "now": NOW}
    actions.lock_lesson(**loan, lesson=other.uuid, is_locked=True)
    before = state(made)
    clerk = Client().sign_in(cast.hung)
    told = clerk.post(
        f"/timetables/{made.uuid}/undo/", {"revision": seen}, headers={"HX-Request": "true"}
    )
    assert str(ChangedMeanwhile()) in told.content.decode()
    assert state(made) == before
    actions.undo_step(**loan, revision=seen)
    with pytest.raises(ChangedMeanwhile):
        actions.redo_step(actor=actor_of(cast.hung), uuid=made.uuid, revision=seen, now=NOW)
    actions.redo_step(
        actor=actor_of(cast.hung), uuid=made.uuid, revision=fresh(made).revision, now=NOW
    )
    assert state(made) == before


@pytest.mark.parametrize(
    ("spot", "revision"),
    [
        ("²-MORNING-1", ""),
        ("2-MORNING-" + "9" * 5000, ""),
        ("2-NIGHT-1", ""),
        ("2-MORNING--1", ""),
        ("2-MORNING-999999999", ""),
        ("99-MORNING-99", "²"),
    ],
)
def test_a_spot_that_is_none_leaves_the_lesson_where_it_is(
    cast: Cast, made: Timetable, spot: str, revision: str
) -> None:
    one = lessons(made)[0]
    move(cast, made, one, FIRST)
    before = state(made)
    asked = {"lesson": str(one.uuid), "spot": spot, "revision": revision}
    page = Client().sign_in(cast.hung)
    told = page.post(f"/timetables/{made.uuid}/move/", asked, headers={"HX-Request": "true"})
    assert told.status_code == 200
    assert "Tuần học không có tiết này" in told.content.decode()
    assert state(made) == before
