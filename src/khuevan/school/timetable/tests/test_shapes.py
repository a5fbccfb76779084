"""Lessons long and short, in every other week, of combined classes and of groups of pupils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import Cast, actor_of
from tests.factories import NOW, make_staff

from khuevan.registry.curriculum.api import Group
from khuevan.school.timetable import actions
from khuevan.school.timetable.actions.beginning import held_weeks
from khuevan.school.timetable.boards import desk_of
from khuevan.school.timetable.core.board import Board
from khuevan.school.timetable.core.checking import check
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import Lesson, Placement, Problem, Teacher
from khuevan.school.timetable.errors import (
    LessonsNotAlike,
    NothingToJoin,
    NotThatDay,
    OneClassAlone,
    OnePeriodAlone,
    TooLong,
)
from khuevan.school.timetable.grids import Spot
from khuevan.school.timetable.models import ScheduledLesson, Timetable, Weeks
from khuevan.school.timetable.problems import setting_of
from khuevan.school.timetable.pupils import student_sets
from khuevan.school.timetable.selectors.days import lessons_of_class, lessons_of_person
from khuevan.school.timetable.tests.build import MON, P1, P2, P3, SCHOOL_WEEK, week
from khuevan.school.timetable.tests.test_editing import draft, fresh, lessons, move, taught

TUESDAY = date(2026, 12, 1)
WEEK = timedelta(days=7)
HARD = tuple(one for code in ("TT-H01", "TT-H17") for one in of_rule(code))


@pytest.fixture
def made(cast: Cast) -> Timetable:
    """Return a draft with two classes of one teacher, three periods each."""
    teacher = make_staff("Lê Thị Thời", school=cast.school_a)
    for name in ("6Y", "6Z"):
        taught(cast, name, teacher, periods=3)
    return draft(cast)


def own(timetable: Timetable, name: str = "6Y") -> list[ScheduledLesson]:
    """Return the lessons of one of the two classes."""
    return [one for one in lessons(timetable) if one.homeroom_class.name == name]


def told(cast: Cast, timetable: Timetable, **more: Any) -> dict[str, Any]:
    """Return what every deed of the principal is given."""
    return {"actor": actor_of(cast.hung), "uuid": timetable.uuid, "now": NOW, **more}


def whole(timetable: Timetable) -> list[dict[str, Any]]:
    """Return everything about the lessons."""
    rows = ScheduledLesson.objects.unscoped(because="a test").filter(timetable=timetable)
    return [dict(row) for row in rows.order_by("pk").values()]


def test_periods_are_joined_and_split_and_all_of_it_is_taken_back(
    cast: Cast, made: Timetable
) -> None:
    first, second, third = own(made)
    move(cast, made, first, Spot(2, "MORNING", 2))
    move(cast, made, second, Spot(2, "MORNING", 1))
    states = [whole(made)]
    actions.join_lesson(**told(cast, made, lesson=first.uuid))
    (double, single) = own(made)
    assert (double.pk, double.length, double.period) == (first.pk, 2, 1), "from the earlier on"
    states.append(whole(made))
    actions.join_lesson(**told(cast, made, lesson=double.uuid))
    assert [one.length for one in own(made)] == [3]
    states.append(whole(made))
    assert desk_of(fresh(made)).board.findings().quality.lessons == len(lessons(made))
    actions.split_lesson(**told(cast, made, lesson=double.uuid))
    assert [(one.length, one.period) for one in own(made)] == [(1, 1), (1, 2), (1, 3)]
    states.append(whole(made))
    for was in reversed(states[:-1]):
        actions.undo_step(**told(cast, made))
        assert whole(made) == was
    for then in states[1:]:
        actions.redo_step(**told(cast, made))
        assert whole(made) == then
    with pytest.raises(OnePeriodAlone):
        actions.split_lesson(**told(cast, made, lesson=own(made)[0].uuid))
    assert (single.pk, single.length) == (third.pk, 1)


def test_what_has_no_like_or_would_be_too_long_is_not_joined(cast: Cast, made: Timetable) -> None:
    one, two, three = own(made)
    rows = ScheduledLesson.objects.unscoped(because="a test")
    rows.filter(pk=one.pk).update(length=5)
    with pytest.raises(TooLong):
        actions.join_lesson(**told(cast, made, lesson=one.uuid))
    rows.filter(pk__in=[two.pk, three.pk]).update(subject_name="Tin học")
    with pytest.raises(NothingToJoin):
        actions.join_lesson(**told(cast, made, lesson=one.uuid))


def test_a_joined_lesson_that_would_not_end_in_time_loses_its_place(
    cast: Cast, made: Timetable
) -> None:
    one = own(made)[0]
    move(cast, made, one, Spot(2, "MORNING", 5))
    actions.join_lesson(**told(cast, made, lesson=one.uuid))
    assert not own(made)[0].is_placed


def test_week_a_and_week_b_share_a_spot_and_a_weekly_lesson_does_not(
    cast: Cast, made: Timetable
) -> None:
    one, other, weekly = own(made)
    spot = Spot(2, "MORNING", 1)
    for row, weeks in ((one, Weeks.ODD), (other, Weeks.EVEN)):
        actions.alternate_lesson(**told(cast, made, lesson=row.uuid, weeks=weeks))
        move(cast, made, row, spot)
    board = desk_of(fresh(made)).board
    assert not [found for found in board.findings().hard if found.facts.get("found") == 2]
    assert board.check_move(weekly.pk, [(1, 0)])[1, 0].is_clash
    actions.undo_step(**told(cast, made))
    actions.alternate_lesson(**told(cast, made, lesson=other.uuid, weeks=Weeks.ODD))
    assert desk_of(fresh(made)).board.check_move(other.pk, [(1, 0)])[1, 0].is_clash


def test_a_lesson_of_week_a_is_held_every_other_week(cast: Cast, made: Timetable) -> None:
    one = own(made)[0]
    actions.alternate_lesson(**told(cast, made, lesson=one.uuid, weeks=Weeks.ODD))
    move(cast, made, one, Spot(2, "MORNING", 1))
    actions.publish_timetable(**told(cast, made), accepts_clashes=True)
    days = [TUESDAY + WEEK * number for number in range(4)]
    room = one.homeroom_class
    held = [
        bool([x for x in lessons_of_class(room, on, on) if x.lesson.pk == one.pk]) for on in days
    ]
    assert held in ([True, False, True, False], [False, True, False, True])
    assert one.person_id is not None
    whole_span = lessons_of_person(one.person_id, days[0], days[-1])
    assert sum(x.lesson.pk == one.pk for x in whole_span) == 2
    with pytest.raises(NotThatDay):
        actions.cancel_lesson(
            actor=actor_of(cast.hung), lesson=one.uuid, on=days[held.index(False)], now=NOW
        )


@pytest.mark.parametrize(
    ("weeks", "first", "expected"),
    [
        ((1, 1, 1, 1), 0, [Weeks.EVERY]),
        ((1, 0, 1, 0), 0, [Weeks.ODD]),
        ((1, 0, 1, 0), 17, [Weeks.EVEN]),
        ((1, 2, 1, 2), 18, [Weeks.EVERY, Weeks.EVEN]),
        ((2, 1, 1, 1), 0, [Weeks.EVERY, Weeks.EVERY]),
        ((0, 0, 1, 1), 0, [Weeks.EVERY]),
        ((), 0, []),
    ],
)
def test_lessons_of_a_plan_fall_into_weeks(
    weeks: Sequence[int], first: int, expected: list[Weeks]
) -> None:
    assert list(held_weeks(weeks, first)) == expected


def test_both_weeks_are_looked_at_and_what_is_alike_is_told_once() -> None:
    rows = [
        ("An", "Toán", "6A", (MON, P1)),
        ("An", "Toán", "6B", (MON, P1)),
        ("Bình", "Văn", "6A", (MON, P2)),
    ]
    problem, places = week(rows, *HARD)
    assert [one.facts["who"] for one in check(problem, places).hard] == ["An"]
    odd, even = (replace(problem.lessons[at], week=at) for at in (0, 1))
    apart = replace(problem, lessons=(odd, even, problem.lessons[2]))
    found = check(apart, places).hard
    assert not [one for one in found if one.facts.get("found") == 2]
    assert [one.facts["who"] for one in found] == ["6A"], "in week B 6A's first period is a hole"


@settings(deadline=None, max_examples=40)
@given(
    weeks=st.lists(st.sampled_from((None, 0, 1)), min_size=3, max_size=3),
    slots=st.lists(st.integers(0, 2), min_size=3, max_size=3),
)
def test_a_problem_of_two_weeks_is_the_two_weeks(weeks: list[Any], slots: list[int]) -> None:
    rows = [("An", "Toán", "6A", (MON, slot)) for slot in slots]
    problem, places = week(rows, *of_rule("TT-H01"))
    both = replace(
        problem,
        lessons=tuple(
            replace(one, week=own) for one, own in zip(problem.lessons, weeks, strict=True)
        ),
    )
    found = {(one.facts["who"], one.facts["when"]) for one in check(both, places).hard}
    expected = set()
    for at in (0, 1):
        kept = [place for place, own in zip(places, weeks, strict=True) if own in (None, at)]
        told_of = check(problem, kept).hard
        expected |= {(x.facts["who"], x.facts["when"]) for x in told_of if "who" in x.facts}
    assert found == expected


def test_classes_are_combined_and_taken_apart(cast: Cast, made: Timetable) -> None:
    other = make_staff("Trần Văn Khác", school=cast.school_a)
    head = own(made)[0]
    move(cast, made, head, Spot(3, "MORNING", 2))
    before = whole(made)
    rooms = [own(made, name)[0].homeroom_class.uuid for name in ("6Y", "6Z")]
    asked = told(cast, made, subject="Ngữ văn", member=other.uuid)
    with pytest.raises(OneClassAlone):
        actions.combine_classes(**asked, classes=rooms[:1])
    assert actions.combine_classes(**asked, classes=rooms) == 3
    pairs = list(zip(own(made), own(made, "6Z"), strict=True))
    assert all(row.person_id == other.person_id for pair in pairs for row in pair)
    placed = [row for pair in pairs for row in pair if row.is_placed]
    assert {(row.weekday, row.period) for row in placed} == {(3, 2)}
    assert len(placed) == 2
    setting = desk_of(fresh(made)).setting
    assert {
        one.students for one in setting.problem.lessons if one.teachers == ("Trần Văn Khác",)
    } == {("6Y", "6Z")}
    move(cast, made, placed[0], Spot(4, "MORNING", 1))
    assert {row.weekday for row in lessons(made) if row.joint and row.is_placed} == {4}
    assert actions.take_apart(**told(cast, made, lesson=placed[1].uuid)) == 3
    apart = [*own(made), *own(made, "6Z")]
    assert not any(row.joint for row in apart)
    assert {row.person.full_name for row in apart if row.person} == {"Lê Thị Thời"}
    for _step in range(3):
        actions.undo_step(**told(cast, made))
    assert whole(made) == before


def test_classes_with_unlike_lessons_are_not_combined(cast: Cast, made: Timetable) -> None:
    member = make_staff("Trần Văn Khác", school=cast.school_a)
    actions.join_lesson(**told(cast, made, lesson=own(made)[0].uuid))
    rooms = [own(made, name)[0].homeroom_class.uuid for name in ("6Y", "6Z")]
    with pytest.raises(LessonsNotAlike):
        actions.combine_classes(
            **told(cast, made, subject="Ngữ văn", classes=rooms, member=member.uuid)
        )


def group(number: int, name: str, classes: Sequence[int], pupils: Sequence[int]) -> Group:
    """Return a group of pupils of the block "B1"."""
    return Group(
        id=number,
        uuid=uuid4(),
        name=name,
        subject_name=name,
        kind="CHOSEN",
        block="B1",
        class_ids=tuple(classes),
        class_names=(),
        student_ids=frozenset(pupils),
        staff_member_id=None,
        person_id=None,
        teacher_name="",
        weeks=(),
    )


def test_a_pupil_is_never_in_two_lessons() -> None:
    placed = [(1, 11), (1, 12), (1, 13), (2, 21), (2, 22)]
    groups = [
        group(1, "Lí", (1, 2), (11, 21)),
        group(2, "Địa", (1, 2), (12, 22)),
        group(3, "Tin", (1,), (11,)),
    ]
    pupils = student_sets({1: "10A1", 2: "10A2"}, placed, groups)
    sizes = {one.name: one.size for one in pupils.sets}
    assert (sizes["10A1"], sizes["10A2"], sizes["Lí"], sizes["Địa"], sizes["Tin"]) == (
        3,
        2,
        2,
        2,
        1,
    )
    lessons_of = tuple(
        Lesson(at, (f"GV {name}",), name, (name,))
        for at, name in enumerate(("Lí", "Địa", "Tin", "10A1"), start=1)
    )
    problem = Problem(
        SCHOOL_WEEK,
        tuple(Teacher(one.teachers[0]) for one in lessons_of),
        pupils.sets,
        lessons=lessons_of,
        constraints=(*of_rule("TT-H01"), *of_rule("TT-H09", lessons=(1, 2))),
    )
    board = Board(problem, [Placement(1, MON, P1), Placement(2, MON, P1)])
    hard = [one for one in board.findings().hard if one.facts.get("found")]
    assert not hard, "the block's groups share no pupil"
    assert board.check_move(3, [(MON, P1)])[MON, P1].is_clash, "pupil 11 is in Lí and in Tin"
    assert board.check_move(4, [(MON, P1)])[MON, P1].is_clash, "the whole class is not there"
    assert not board.check_move(4, [(MON, P2)])[MON, P2].is_clash
    assert board.check_move(2, [(MON, P3)])[MON, P3].is_clash, "a block runs at one time"


def test_a_group_without_pupils_is_a_part_of_each_class() -> None:
    pupils = student_sets(
        {1: "10A1"}, [(1, 11)], [group(1, "Lí", (1,), ()), group(2, "Địa", (1,), ())]
    )
    by_name = {one.name: set(one.atoms()) for one in pupils.sets}
    assert by_name["Lí"]
    assert by_name["Lí"].isdisjoint(by_name["Địa"])
    assert by_name["Lí"] | by_name["Địa"] < by_name["10A1"]


def test_a_copy_knows_where_its_lessons_were_after_they_are_split_or_joined(
    cast: Cast, made: Timetable
) -> None:
    """Stability (TT-S10) asks each period to stay, whatever lesson it has become part of."""
    first, second, third = own(made)
    for lesson, period in ((first, 1), (second, 2), (third, 4)):
        move(cast, made, lesson, Spot(2, "MORNING", period))
    actions.join_lesson(**told(cast, made, lesson=first.uuid))
    copy = draft(cast, copy_of=made.uuid, starts_on=made.starts_on + WEEK)

    def before() -> set[tuple[int, int]]:
        return {slot for _pk, slot in setting_of(fresh(copy)).facts.before}

    assert before() == {(1, 0), (1, 3)}
    long = next(one for one in own(copy) if one.length == 2)
    actions.split_lesson(**told(cast, copy, lesson=long.uuid))
    assert before() == {(1, 0), (1, 1), (1, 3)}
    assert not _moved(copy)
    last = max(own(copy), key=lambda one: one.period or 0)
    move(cast, copy, last, Spot(3, "MORNING", 1))
    assert len(_moved(copy)) == 1
    actions.join_lesson(**told(cast, copy, lesson=long.uuid))
    assert before() == {(1, 0), (1, 3)}
    for _step in range(3):
        actions.undo_step(**told(cast, copy))
    assert before() == {(1, 0), (1, 3)}


def _moved(timetable: Timetable) -> list[Any]:
    found = desk_of(fresh(timetable)).board.findings().violations
    return [one for one in found if one.constraint.source == "TT-S10"]
