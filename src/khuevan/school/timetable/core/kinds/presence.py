"""Everything is placed, nobody is in two places, and nothing stands where it must not."""

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
    person_kind,
)
from khuevan.school.timetable.core.occupancy import BREAKS, NOT_AVAILABLE, Occupancy
from khuevan.school.timetable.core.values import Constraint, Lesson, On, Placement, Problem

IN_TIME, IN_ROOMS, WITHIN_DAY = "lessons_in_time", "lessons_in_rooms", "within_day"
NOT_PLACED = _("Lesson %(lesson)s (%(subject)s) has no place yet")
CLASH = _("%(who)s has %(found)s lessons at once on %(when)s: %(lessons)s")
CROWDED = _("Room %(who)s has %(found)s lessons at once on %(when)s: %(lessons)s")
TOO_SMALL = _("Lesson %(lessons)s brings %(found)s students into room %(room)s for %(most)s")
PAST_THE_DAY = _("Lesson %(lessons)s on %(when)s goes on after the last hour of the day")
IN_A_BREAK = _("Lesson %(lessons)s on %(when)s stands in a break")
AWAY = _("%(who)s has lesson %(lessons)s on %(when)s, a time that was ruled out")
AWAY_BECAUSE = _("%(who)s has lesson %(lessons)s on %(when)s, but: %(reason)s")


def _in_time(problem: Problem, constraint: Constraint) -> Iterator[Unit]:
    for lesson in problem.active.values():
        yield Unit(constraint, _placed(constraint, lesson), lessons=(lesson.id,))
    for on, name in sorted({key for one in problem.active for key in people_of(problem, one)}):
        yield Unit(constraint, _clashes(constraint, on, name, 1), ((on, name),))


def _in_rooms(problem: Problem, constraint: Constraint) -> Iterator[Unit]:
    for room in problem.rooms:
        if not room.is_virtual:
            find = _clashes(constraint, On.ROOMS, room.name, room.classes)
            yield Unit(constraint, find, ((On.ROOMS, room.name),))
    for lesson in problem.active.values():
        yield Unit(constraint, _fits(constraint, lesson), lessons=(lesson.id,))


kinds.register(
    IN_TIME,
    Kind(IN_TIME, _("Every lesson is placed, and nobody is in two at once"), _in_time),
)
kinds.register(
    IN_ROOMS,
    Kind(IN_ROOMS, _("No room holds more lessons or students than it takes"), _in_rooms),
)


def people_of(problem: Problem, lesson: int) -> Iterator[tuple[On, str]]:
    """Yield the teachers and smallest student sets of a lesson."""
    for teacher in problem.active[lesson].teachers:
        yield On.TEACHERS, teacher
    for atom in problem.lesson_atoms[lesson]:
        yield On.STUDENTS, atom


def _placed(constraint: Constraint, lesson: Lesson) -> Find:
    def find(occupancy: Occupancy) -> Iterator[Violation]:
        if lesson.id not in occupancy.places:
            facts = {"lesson": lesson.id, "subject": lesson.subject}
            yield broken(constraint, NOT_PLACED, facts, lessons=(lesson.id,))

    return find


def _clashes(constraint: Constraint, on: On, name: str, most: int) -> Find:
    sentence = CROWDED if on is On.ROOMS else CLASH

    def find(occupancy: Occupancy) -> Iterator[Violation]:
        for at, lessons in enumerate(occupancy.line(on, name).cells):
            found = len(lessons)
            if found > most and not (on is On.ROOMS and _all_at_home(occupancy, lessons, name)):
                when = occupancy.problem.grid.name(divmod(at, occupancy.hours))
                facts = {"who": name, "found": found, "when": when}
                yield broken(constraint, sentence, facts, count=found - most, lessons=lessons)

    return find


def _all_at_home(occupancy: Occupancy, lessons: list[int], room: str) -> bool:
    """Tell whether nobody was put into a room: whose own it is, is nobody's choice of a week."""
    return all(occupancy.problem.active[one].home == room for one in lessons)


def _fits(constraint: Constraint, lesson: Lesson) -> Find:
    def find(occupancy: Occupancy) -> Iterator[Violation]:
        placement = occupancy.places.get(lesson.id)
        room = occupancy.problem.rooms_by_name.get((placement and placement.room) or "")
        if room is None or room.is_virtual or room.name == lesson.home:
            return
        found = occupancy.problem.size_of(lesson)
        if found > room.capacity:
            facts = {"found": found, "room": room.name, "most": room.capacity}
            yield broken(constraint, TOO_SMALL, facts, lessons=(lesson.id,))

    return find


@lesson_kind(WITHIN_DAY, _("No lesson goes on after the last hour of its day"))
def within_day(
    occupancy: Occupancy, constraint: Constraint, lesson: Lesson, placement: Placement
) -> Iterator[Violation]:
    """Find a lesson that runs past the end of its day."""
    if placement.hour + lesson.duration > occupancy.hours:
        when = occupancy.problem.grid.name(placement.slot)
        yield broken(constraint, PAST_THE_DAY, {"when": when}, lessons=(lesson.id,))


@lesson_kind(BREAKS, _("Nobody has lessons in a break of the whole school"))
def break_times(
    occupancy: Occupancy, constraint: Constraint, lesson: Lesson, placement: Placement
) -> Iterator[Violation]:
    """Find a lesson that stands, in part, in a break."""
    slots = constraint.slots("slots")
    hours = occupancy.hours_in(placement)
    found = sum((placement.day, hour) in slots for hour in hours)
    if found:
        when = occupancy.problem.grid.name(placement.slot)
        yield broken(constraint, IN_A_BREAK, {"when": when}, count=found, lessons=(lesson.id,))


@person_kind(NOT_AVAILABLE, _("%(who)s: no lessons at times that were ruled out"))
def not_available(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find lessons at a time when a teacher, class or room is not to be had."""
    line, reason = occupancy.line(constraint.on, name), constraint.text("reason")
    sentence = AWAY_BECAUSE if reason else AWAY
    for day, hour in sorted(set(constraint.slots("slots"))):
        lessons = line.at(day, hour)
        if lessons:
            when = occupancy.problem.grid.name((day, hour))
            facts = {"who": name, "when": when, "reason": reason}
            yield broken(constraint, sentence, facts, lessons=lessons)
