"""A timetable under the hand: moves, and what each slot would break, against a whole check."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.school.timetable.core.board import Board, Units
from khuevan.school.timetable.core.checking import Findings, check
from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import Constraint, On, Placement, Problem, Room
from khuevan.school.timetable.fet.reading import read_problem
from khuevan.school.timetable.tests.build import (
    C1,
    MON,
    P1,
    P2,
    P3,
    P4,
    P5,
    SAT,
    THU,
    TUE,
    WED,
    Taught,
    week,
)

ROOMS = (Room("A1", 45, "A"), Room("B1", 30, "B"), Room("Sân", 200, "A", classes=2))
TAUGHT: list[Taught] = [
    (teacher, subject, classes, (at % 6, at % 10))
    for at, (teacher, subject, classes) in enumerate(
        [("Lan", "Toán", "6A")] * 4
        + [("Lan", "Toán", "6B")] * 3
        + [("Hùng", "GDTC", "6A"), ("Hùng", "GDTC", "6B"), ("Hùng", "GDTC", "6A+6B")]
        + [("Mai", "Tin", "6A"), ("Mai", "Tin", "6B"), ("Lan", "SHL", "6A")]
    )
]
ALL_RULES: tuple[Constraint, ...] = (
    *of_rule("TT-H01"),
    *of_rule("TT-H02", "6A", subject="Toán", periods=4),
    *of_rule("TT-H03", "6A", sessions=(0,)),
    *of_rule("TT-H04"),
    *of_rule("TT-H05", subject="Tin", students="6A", slots=((MON, P1),), by="Mai"),
    *of_rule("TT-H06", subject="SHL", students="6A", by="Lan"),
    *of_rule("TT-H07", "Mai", slots=((MON, P1), (TUE, P2))),
    *of_rule("TT-H08"),
    *of_rule("TT-H09", lessons=(8, 9)),
    *of_rule("TT-H10", subject="GDTC", classes=("6A", "6B")),
    *of_rule("TT-H11"),
    *of_rule("TT-H12", subject="GDTC", hours=(P4, P5, C1)),
    *of_rule("TT-H13"),
    *of_rule("TT-H14"),
    *of_rule("TT-H17"),
    *of_rule("TT-S01"),
    *of_rule("TT-S02", "6A", subject="Toán", pairs=1),
    *of_rule("TT-S03"),
    *of_rule("TT-S04", subjects=("Toán",)),
    *of_rule("TT-S05", "Lan", days=2),
    *of_rule("TT-S06", "Lan", "Mai", slots=((THU, P3), (THU, P4))),
    *of_rule("TT-S07"),
    *of_rule("TT-S08", "Lan", students="6A", days=(MON, SAT)),
    *of_rule("TT-S09", "Lan", subject="Toán", classes=("6A", "6B")),
    *of_rule("TT-S10", lessons=(1, 2), slots=((MON, P1), (WED, P2))),
    *of_rule("TT-S11"),
    Constraint("max_building_changes", On.TEACHERS, parameters={"most": 0}),
    Constraint("max_rooms", parameters={"lessons": (1, 2, 3), "most": 1}),
    Constraint("preferred_rooms", parameters={"subject": "Tin", "rooms": ("B1",)}),
    Constraint("home_rooms", On.STUDENTS, ("6A",), 50, {"rooms": ("A1",)}),
    Constraint("ends_students_day", weight=40, parameters={"lessons": (11,)}),
)


@cache
def small_school() -> Units:
    problem, _places = week(TAUGHT, *ALL_RULES, rooms=ROOMS)
    return Units(problem)


@cache
def small_fet() -> Units:
    return Units(read_problem(Path(__file__).parent / "files" / "nho.fet").problem)


def told(findings: Findings) -> Counter[str]:
    return Counter(_line(one) for one in findings.violations)


def placements_of(problem: Problem) -> st.SearchStrategy[Placement]:
    days, hours = len(problem.grid.days), len(problem.grid.hours)
    rooms = [None, *(room.name for room in problem.rooms)]
    return st.builds(
        Placement,
        st.sampled_from(sorted(problem.active)),
        st.integers(0, days - 1),
        st.integers(0, hours - 1),
        st.sampled_from(rooms),
    )


Moves = list[tuple[Placement, bool]]


def moves_in(units: Units) -> st.SearchStrategy[Moves]:
    return st.lists(st.tuples(placements_of(units.problem), st.booleans()), max_size=30)


def walked(units: Units, moves: Moves) -> Board:
    """Move step by step; the last of each lesson counts, and half of them are taken away."""
    board = Board(units.problem, units=units)
    for place, stays in moves:
        before = board.findings()
        change = board.move(place.lesson, place if stays else None)
        after = board.findings()
        gone, come = told(before) - told(after), told(after) - told(before)
        assert Counter(_line(one) for one in change.broken) == come
        assert Counter(_line(one) for one in change.mended) == gone
        assert change.penalty == pytest.approx(after.penalty - before.penalty)
    return board


def _line(one: Violation) -> str:
    return f"{one.constraint.source} {one.message} {one.count} {one.lessons}"


def assert_as_checked_whole(board: Board) -> None:
    whole = check(board.problem, board.placements.values())
    kept = board.findings()
    assert (whole.unchecked, whole.quality) == (kept.unchecked, kept.quality)
    assert _without_order(whole) == _without_order(kept)


def _without_order(findings: Findings) -> Counter[tuple[object, ...]]:
    return Counter(
        (one.constraint.source, one.sentence, one.count, one.weight, tuple(sorted(one.lessons)))
        for one in findings.violations
    )


@settings(max_examples=40)
@given(st.data())
def test_moves_one_by_one_find_what_a_whole_check_finds(data: st.DataObject) -> None:
    for units in (small_school(), small_fet()):
        assert_as_checked_whole(walked(units, data.draw(moves_in(units))))


@settings(max_examples=40)
@given(st.data())
def test_every_slot_tells_what_the_move_would_do(data: st.DataObject) -> None:
    units = small_school()
    board = walked(units, data.draw(moves_in(units)))
    lesson = data.draw(st.sampled_from(sorted(units.problem.active)))
    kept = dict(board.placements)
    answers = board.check_move(lesson)
    assert dict(board.placements) == kept
    assert set(answers) == set(units.problem.grid.slots())
    slot = data.draw(st.sampled_from(sorted(answers)))
    room = kept[lesson].room if lesson in kept else None
    board.move(lesson, None)
    moved = board.move(lesson, Placement(lesson, *slot, room))
    assert [_line(one) for one in moved.broken] == [_line(one) for one in answers[slot].broken]
    assert moved.penalty == pytest.approx(answers[slot].penalty)


def test_a_taken_slot_tells_who_is_in_the_way() -> None:
    taught: list[Taught] = [
        ("Lan", "Toán", "6A", (MON, P1)),
        ("Lan", "Toán", "6B", (MON, P2)),
        ("Hùng", "Văn", "6A", (MON, P3)),
    ]
    problem, places = week(taught, *of_rule("TT-H01"))
    answers = Board(problem, places).check_move(1)
    assert [one.message for one in answers[MON, P2].clashes] == [
        "Lan có 2 tiết cùng lúc vào Thứ Hai S2: 2, 1"
    ]
    assert [one.facts["who"] for one in answers[MON, P3].clashes] == ["6A"]
    assert not answers[MON, P1].broken
    assert [one.lessons for one in answers[MON, P4].mended] == [(1,)]


def test_another_room_may_be_asked_about() -> None:
    rooms = (Room("P1"), Room("P2"))
    taught: list[Taught] = [("Lan", "Toán", "6A", (MON, P1)), ("Hùng", "Văn", "6B", (TUE, P1))]
    problem, places = week(taught, *of_rule("TT-H08"), rooms=rooms, held_in=["P1", "P2"])
    board = Board(problem, places)
    slot = (TUE, P1)
    assert not board.check_move(1, [slot])[slot].clashes
    assert board.check_move(1, [slot], room="P2")[slot].clashes


def test_units_serve_every_timetable_of_a_problem() -> None:
    problem, places = week([("Lan", "Toán", "6A", (MON, P1))], *of_rule("TT-H01"))
    units = Units(problem)
    assert Board(problem, places, units).findings().violations == ()
    assert len(Board(problem, (), units).findings().hard) == 1


def test_a_constraint_out_of_use_finds_nothing() -> None:
    problem, _places = week([("Lan", "Toán", "6A", (MON, P1))])
    wish = replace(of_rule("TT-H01")[0], is_active=False)
    problem = replace(problem, constraints=(wish,))
    assert check(problem, []).violations == ()
