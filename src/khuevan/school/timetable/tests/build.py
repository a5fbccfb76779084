"""Small weeks for tests: a school's grid, lessons in few words, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from khuevan.school.timetable.core.checking import Findings, check
from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.values import (
    Constraint,
    Grid,
    Lesson,
    Placement,
    Problem,
    Room,
    Slot,
    StudentSet,
    Teacher,
)

DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy")
MON, TUE, WED, THU, FRI, SAT = range(6)
PERIODS = (*(f"S{at}" for at in range(1, 6)), *(f"C{at}" for at in range(1, 6)))
SCHOOL_WEEK = Grid(DAYS, PERIODS, ((0, 5), (5, 10)), frozenset((1, 6)))
"""Five periods in the morning and five in the afternoon, the long break after the second."""
P1, P2, P3, P4, P5 = range(5)
C1, C2, C3, C4, C5 = range(5, 10)

Taught = tuple[str, str, str, Slot]
"""Teacher, subject, class, and when."""


def week(
    taught: Iterable[Taught],
    *constraints: Constraint,
    rooms: tuple[Room, ...] = (),
    held_in: Iterable[str | None] = (),
    sites: Iterable[str] = (),
) -> tuple[Problem, list[Placement]]:
    """Return a problem of single periods that stand where they are taught."""
    rows = list(taught)
    where, campuses = [*held_in, *[None] * len(rows)], [*sites, *[""] * len(rows)]
    lessons = tuple(
        Lesson(at, (teacher,), subject, tuple(classes.split("+")), site=campuses[at - 1])
        for at, (teacher, subject, classes, _slot) in enumerate(rows, start=1)
    )
    classes = dict.fromkeys(name for one in lessons for name in one.students)
    problem = Problem(
        SCHOOL_WEEK,
        tuple(Teacher(name) for name in dict.fromkeys(row[0] for row in rows)),
        tuple(StudentSet(name, 40) for name in classes),
        rooms,
        lessons,
        constraints,
    )
    places = [
        Placement(at, slot[0], slot[1], where[at - 1])
        for at, (*_names, slot) in enumerate(rows, start=1)
    ]
    return problem, places


def found(problem: Problem, places: Iterable[Placement], *more: Constraint) -> Findings:
    """Check a week, with some constraints added."""
    return check(replace(problem, constraints=(*problem.constraints, *more)), places)


def broken_rules(findings: Findings) -> list[str]:
    """Return the codes of what is broken."""
    return [one.constraint.source for one in findings.violations]


def only(findings: Findings) -> Violation:
    """Return the one thing that is broken."""
    (one,) = findings.violations
    return one
