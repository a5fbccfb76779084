"""When one lesson may stand: the times it is wanted at, the end of its students' day."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.choosing import chosen_lessons
from khuevan.school.timetable.core.engine import (
    Find,
    Kind,
    Unit,
    Violation,
    broken,
    kinds,
    lesson_kind,
)
from khuevan.school.timetable.core.occupancy import Occupancy
from khuevan.school.timetable.core.values import Constraint, Lesson, On, Placement, Problem

BEGINS_ELSEWHERE = _("Lesson %(lessons)s begins on %(when)s, which is none of the wanted times")
STANDS_ELSEWHERE = _("Lesson %(lessons)s on %(when)s is outside the wanted times")
NOT_LAST = _("Lesson %(lessons)s on %(when)s is not the last of the day for %(who)s")
ENDS_DAY = "ends_students_day"


@lesson_kind("preferred_starts", _("These lessons begin at one of the wanted times"))
def preferred_starts(
    occupancy: Occupancy, constraint: Constraint, lesson: Lesson, placement: Placement
) -> Iterator[Violation]:
    """Find a lesson that begins at none of the wanted times."""
    if placement.slot not in constraint.slots("slots"):
        when = occupancy.problem.grid.name(placement.slot)
        yield broken(constraint, BEGINS_ELSEWHERE, {"when": when}, lessons=(lesson.id,))


@lesson_kind("preferred_slots", _("These lessons lie inside the wanted times"))
def preferred_slots(
    occupancy: Occupancy, constraint: Constraint, lesson: Lesson, placement: Placement
) -> Iterator[Violation]:
    """Find a lesson of which at least one hour is outside the wanted times."""
    slots = constraint.slots("slots")
    hours = range(placement.hour, occupancy.end_of(placement))
    found = sum((placement.day, hour) not in slots for hour in hours)
    if found:
        when = occupancy.problem.grid.name(placement.slot)
        yield broken(
            constraint, STANDS_ELSEWHERE, {"when": when}, lessons=(lesson.id,), count=found
        )


def _day_ends(problem: Problem, constraint: Constraint) -> Iterator[Unit]:
    for lesson in chosen_lessons(problem, constraint):
        lines = tuple((On.STUDENTS, atom) for atom in sorted(problem.lesson_atoms[lesson.id]))
        yield Unit(constraint, _is_last(constraint, lesson), lines, (lesson.id,))


kinds.register(
    ENDS_DAY, Kind(ENDS_DAY, _("These lessons are the last of their students' day"), _day_ends)
)


def _is_last(constraint: Constraint, lesson: Lesson) -> Find:
    def find(occupancy: Occupancy) -> Iterator[Violation]:
        placement = occupancy.places.get(lesson.id)
        if placement is None:
            return
        end = occupancy.end_of(placement)
        for atom in sorted(occupancy.problem.lesson_atoms[lesson.id]):
            if occupancy.line(On.STUDENTS, atom).busy[placement.day] >> end:
                when = occupancy.problem.grid.name(placement.slot)
                yield broken(
                    constraint, NOT_LAST, {"when": when, "who": atom}, lessons=(lesson.id,)
                )
                return

    return find
