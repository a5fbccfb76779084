"""What can be told before anybody looks for a timetable: the sheet's sums."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khuevan.school.timetable.core.feasibility import shortages
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import (
    Constraint,
    Grid,
    Lesson,
    On,
    Problem,
    Room,
    StudentSet,
    Teacher,
)


def morning_school(days: int) -> Grid:
    return Grid(tuple(f"Thứ {at + 2}" for at in range(days)), tuple("12345"))


def of_class(periods: int, days: int) -> Problem:
    """One class with so many periods, each with a teacher of its own."""
    lessons = tuple(Lesson(at, (f"GV{at}",), "Môn", ("6A",)) for at in range(1, periods + 1))
    teachers = tuple(Teacher(f"GV{at}") for at in range(1, periods + 1))
    return Problem(morning_school(days), teachers, (StudentSet("6A"),), lessons=lessons)


def of_computers(classes: int) -> Problem:
    """A period of computing for each class, all of them in the one room."""
    lessons = tuple(Lesson(at, (f"GV{at % 3}",), "Tin", (f"L{at}",)) for at in range(classes))
    sets = tuple(StudentSet(f"L{at}") for at in range(classes))
    wish = Constraint("preferred_rooms", parameters={"subject": "Tin", "rooms": ("Tin",)})
    grid = morning_school(6)
    return Problem(grid, (), sets, (Room("Tin"),), lessons, (wish,))


def test_29_periods_fit_into_six_mornings() -> None:
    assert shortages(of_class(29, days=6)) == []


def test_29_periods_lack_four_slots_in_five_mornings() -> None:
    (one,) = shortages(of_class(29, days=5))
    assert (one.who, one.needed - one.available) == ("6A", 4)
    assert one.message == "6A có 29 tiết một tuần mà chỉ có 25 chỗ để xếp"


@pytest.mark.parametrize(("classes", "fits"), [(20, True), (30, True), (35, False)])
def test_one_computer_room_for_so_many_classes(classes: int, fits: bool) -> None:
    found = [one for one in shortages(of_computers(classes)) if one.on is On.ROOMS]
    assert (not found) == fits


def test_a_room_for_two_classes_holds_twice_as_many() -> None:
    problem = replace(of_computers(35), rooms=(Room("Tin", classes=2),))
    assert [one for one in shortages(problem) if one.on is On.ROOMS] == []


def test_a_teacher_of_sixty_periods_is_told() -> None:
    lessons = tuple(Lesson(at, ("Lan",), "Toán", (f"L{at}",)) for at in range(60))
    sets = tuple(StudentSet(f"L{at}") for at in range(60))
    (one,) = shortages(Problem(morning_school(6), (Teacher("Lan"),), sets, lessons=lessons))
    assert (one.who, one.needed, one.available) == ("Lan", 60, 30)


def test_times_that_are_ruled_out_are_no_time() -> None:
    problem = of_class(29, days=6)
    saturday = tuple((5, hour) for hour in range(5))
    closed = of_rule("TT-H07", "GV1", slots=tuple(problem.grid.slots()))
    away = Constraint("not_available", On.STUDENTS, ("6A",), parameters={"slots": saturday})
    noon = Constraint("break_times", parameters={"slots": ((0, 4),)})
    found = shortages(replace(problem, constraints=(*closed, away, noon)))
    assert {(one.who, one.needed, one.available) for one in found} == {
        ("GV1", 1, 0),
        ("6A", 29, 24),
    }


def test_a_class_of_one_session_has_half_the_day() -> None:
    two_sessions = Grid(("Thứ 2",), tuple("1234567890"), ((0, 5), (5, 10)))
    problem = replace(of_class(6, days=1), grid=two_sessions)
    assert shortages(problem) == []
    morning = replace(problem, constraints=of_rule("TT-H03", "6A", sessions=(0,)))
    assert [one.available for one in shortages(morning)] == [5]


def test_a_soft_wish_takes_no_time_away() -> None:
    problem = of_class(29, days=6)
    wish = of_rule("TT-H07", "GV1", weight=50, slots=tuple(problem.grid.slots()))
    assert shortages(replace(problem, constraints=wish)) == []
