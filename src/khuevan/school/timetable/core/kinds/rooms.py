"""Which room a lesson is in: one that was wanted for it, or the home of its class or teacher."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.engine import (
    Find,
    Kind,
    Unit,
    Violation,
    broken,
    kinds,
    lesson_kind,
)
from khuevan.school.timetable.core.occupancy import PREFERRED_ROOMS, Occupancy
from khuevan.school.timetable.core.values import Constraint, Lesson, On, Placement, Problem

HOME = "home_rooms"
OTHER_ROOM = _("Lesson %(lessons)s is in room %(room)s; wanted: %(rooms)s")
NO_ROOM = _("Lesson %(lessons)s has no room; wanted: %(rooms)s")


@lesson_kind(PREFERRED_ROOMS, _("These lessons are in one of the rooms %(rooms)s"))
def preferred_rooms(
    occupancy: Occupancy, constraint: Constraint, lesson: Lesson, placement: Placement
) -> Iterator[Violation]:
    """Find a lesson that is in none of the rooms wanted for it."""
    rooms = constraint.texts("rooms")
    if placement.room not in rooms:
        yield _elsewhere(constraint, lesson, placement, rooms)


def _home(problem: Problem, constraint: Constraint) -> Iterator[Unit]:
    """Bind the lessons of one class or teacher alone, but for rooms wanted for the lesson."""
    for lesson in problem.active.values():
        owners = lesson.students if constraint.on is On.STUDENTS else lesson.teachers
        if owners == constraint.names:
            yield Unit(constraint, _at_home(constraint, lesson), lessons=(lesson.id,))


kinds.register(
    HOME, Kind(HOME, _("%(who)s: lessons are in %(rooms)s unless another room is wanted"), _home)
)


def _at_home(constraint: Constraint, lesson: Lesson) -> Find:
    rooms = constraint.texts("rooms")

    def find(occupancy: Occupancy) -> Iterator[Violation]:
        placement = occupancy.places.get(lesson.id)
        excused = occupancy.rooms_wanted.get(lesson.id, frozenset())
        if placement and placement.room not in rooms and placement.room not in excused:
            yield _elsewhere(constraint, lesson, placement, rooms)

    return find


def _elsewhere(
    constraint: Constraint, lesson: Lesson, placement: Placement, rooms: tuple[str, ...]
) -> Violation:
    sentence = OTHER_ROOM if placement.room else NO_ROOM
    facts = {"room": placement.room or "", "rooms": ", ".join(rooms)}
    return broken(constraint, sentence, facts, lessons=(lesson.id,))
