"""A week of 45 classes under the hand: what one move costs, and a whole check of a FET file.

`python -m bench.timetable [PROBLEM.fet SOLUTION.json]`: no database is needed.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from khuevan.school.timetable.core.board import Board, Units
from khuevan.school.timetable.core.checking import check
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import (
    Constraint,
    Grid,
    Lesson,
    Placement,
    Problem,
    Room,
    StudentSet,
    Teacher,
)
from khuevan.school.timetable.fet.reading import read_problem
from khuevan.school.timetable.fet.solution import read_solution

CLASSES, SEED = 45, 9
DAYS = tuple(f"Thứ {name}" for name in ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy"))
PLAN = {
    "Chào cờ": 1,
    "Toán": 4,
    "Ngữ văn": 4,
    "Ngoại ngữ": 3,
    "KHTN": 4,
    "LS&ĐL": 3,
    "Tin": 1,
    "Công nghệ": 2,
    "GDTC": 2,
    "Nghệ thuật": 2,
    "GDCD": 1,
    "HĐTN": 1,
    "SHL": 1,
}
"""29 periods a week in 30 slots: as tight as a school of one session is."""
PERIODS_OF_TEACHER = 17


def school() -> tuple[Problem, list[Placement]]:
    """Return an invented school with every rule of the sheet, and a timetable with some clashes."""
    chance = random.Random(SEED)
    lessons = list(_lessons())
    teachers = tuple(Teacher(name) for name in dict.fromkeys(one.teachers[0] for one in lessons))
    problem = Problem(
        Grid(DAYS, tuple(f"Tiết {at}" for at in range(1, 6)), long_breaks=frozenset((1,))),
        teachers,
        tuple(StudentSet(f"Lớp {at}", 42) for at in range(CLASSES)),
        tuple(Room(f"P{at}", 45) for at in range(CLASSES)) + (Room("Tin", 45, classes=2),),
        tuple(lessons),
        tuple(_rules(teachers, lessons, chance)),
    )
    return problem, list(_placements(lessons, chance))


def _lessons() -> Iterator[Lesson]:
    given: dict[str, int] = {}
    number = 0
    for at in range(CLASSES):
        for subject, periods in PLAN.items():
            for _period in range(periods):
                number += 1
                homeroom = subject in ("Chào cờ", "SHL", "HĐTN")
                order = given[subject] = given.get(subject, -1) + 1
                teacher = f"GVCN {at}" if homeroom else f"{subject} {order // PERIODS_OF_TEACHER}"
                yield Lesson(number, (teacher,), subject, (f"Lớp {at}",))


def _rules(
    teachers: tuple[Teacher, ...], lessons: list[Lesson], chance: random.Random
) -> Iterator[Constraint]:
    for code in ("H01", "H04", "H08", "H11", "H13", "H14", "H17", "S01", "S03", "S07", "S11"):
        yield from of_rule(f"TT-{code}")
    yield from of_rule("TT-S04", subjects=("Toán", "Ngữ văn", "Ngoại ngữ", "KHTN"))
    yield from of_rule("TT-H12", subject="GDTC", hours=(4,))
    for at in range(CLASSES):
        name = f"Lớp {at}"
        for subject, periods in PLAN.items():
            yield from of_rule("TT-H02", name, subject=subject, periods=periods)
        for subject in ("Toán", "Ngữ văn"):
            yield from of_rule("TT-S02", name, subject=subject, pairs=1)
        yield from of_rule("TT-H05", subject="Chào cờ", students=name, slots=((0, 0),))
        yield from of_rule("TT-H06", subject="SHL", students=name)
        yield from of_rule("TT-S08", f"GVCN {at}", students=name, days=(0, 5))
    for subject in ("Tin", "GDTC"):
        yield from of_rule("TT-H08", only="max_at_once", subject=subject, most=3)
    yield from of_rule("TT-H09", only="same_times", lessons=tuple(range(1, 9)), first=4)
    yield from of_rule("TT-S06", *(f"Toán {at}" for at in range(10)), slots=((3, 2), (3, 3)))
    yield from _in_step(lessons)
    for teacher in teachers:
        day = chance.randrange(6)
        yield from of_rule("TT-H07", teacher.name, slots=tuple((day, hour) for hour in range(5)))
        yield from of_rule("TT-S05", teacher.name, days=1)
    yield from of_rule(
        "TT-S10",
        lessons=tuple(one.id for one in lessons),
        slots=tuple((chance.randrange(6), chance.randrange(5)) for _lesson in lessons),
    )


def _in_step(lessons: list[Lesson]) -> Iterator[Constraint]:
    """Yield that each teacher's classes go through a subject of several periods in step."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for one in lessons:
        if PLAN[one.subject] > 1:
            found.setdefault((one.teachers[0], one.subject), {})[one.students[0]] = None
    for (teacher, subject), classes in found.items():
        if len(classes) > 1:
            yield from of_rule("TT-S09", teacher, subject=subject, classes=tuple(classes))


def _placements(lessons: list[Lesson], chance: random.Random) -> Iterator[Placement]:
    """Fill each class's week in some order: its pupils have no clash, its teachers have some."""
    for at in range(CLASSES):
        own = [one for one in lessons if one.students == (f"Lớp {at}",)]
        slots = [(day, hour) for day in range(6) for hour in range(5)]
        chance.shuffle(slots)
        for lesson, (day, hour) in zip(own, slots, strict=False):
            room = "Tin" if lesson.subject == "Tin" else f"P{at}"
            yield Placement(lesson.id, day, hour, room)


Figures = tuple[float, float, float]


def timed(do: Callable[[], object], times: int) -> Figures:
    """Return median, 95th percentile, and 95th percentile of processor time, in milliseconds."""
    taken, worked = [], []
    for _round in range(times):
        began, began_work = time.perf_counter(), time.process_time()
        do()
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - began_work) * 1000)
    late = int(times * 0.95)
    return statistics.median(taken), sorted(taken)[late], sorted(worked)[late]


def tell(what: str, figures: Figures, goal: str = "") -> None:
    """Print one figure."""
    print(f"{what:60}" + "".join(f"{figure:9.2f}" for figure in figures) + f"  {goal}")


def main() -> int:
    """Measure, and print median and 95th percentile."""
    os.environ.setdefault("KHUEVAN_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.config.settings_test")
    django.setup()
    problem, places = school()
    gc.collect()
    gc.freeze()  # as the server does: what is loaded is not looked at again
    chance = random.Random(SEED)
    units = Units(problem)
    board = Board(problem, places, units)
    print(
        f"{CLASSES} classes, {len(problem.teachers)} teachers, {len(problem.lessons)} lessons,"
        f" {len(problem.constraints)} constraints; ms: median, p95, p95 of processor"
    )
    tell("whole check", timed(lambda: check(problem, places), 10))
    tell("units of the problem, once a version", timed(lambda: Units(problem), 10))
    tell("board set up with them", timed(lambda: Board(problem, places, units), 20))

    def move() -> None:
        place = board.placements[chance.randint(1, len(problem.lessons))]
        slot = (chance.randrange(6), chance.randrange(5))
        board.move(place.lesson, Placement(place.lesson, *slot, place.room))

    def colour() -> None:
        tell_all(board)

    def as_asked() -> None:
        tell_all(Board(problem, places))

    def tell_all(board: Board) -> None:
        changes = board.check_move(chance.randint(1, len(problem.lessons)))
        for change in changes.values():
            for one in change.broken:
                str(one.message)

    tell("one move checked", timed(move, 2000), "goal 5 ms p95")
    tell("every slot coloured for one lesson, sentences included", timed(colour, 300), "goal 100")
    tell("the same with nothing kept from the move before", timed(as_asked, 40), "goal 100")
    tell("all findings gathered again", timed(board.findings, 50))
    if len(sys.argv) > 2:
        path, solution = Path(sys.argv[1]), Path(sys.argv[2])
        tell("FET file read", timed(lambda: read_problem(path), 5))
        read = read_problem(path).problem
        given, _faults = read_solution(solution, read)
        tell("FET file checked as a whole", timed(lambda: check(read, given), 10))
    return 0


if __name__ == "__main__":
    sys.exit(main())
