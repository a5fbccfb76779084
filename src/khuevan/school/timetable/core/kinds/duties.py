"""Wishes of a school about meetings, homeroom teachers, classes in step, few changes."""

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
    group_kind,
    kinds,
    person_kind,
)
from khuevan.school.timetable.core.occupancy import Occupancy
from khuevan.school.timetable.core.values import Constraint, Lesson, On, Placement, Problem, Slot

MISSES_MEETING = _("%(who)s teaches on %(when)s, when the department meets")
NOT_THAT_DAY = _("%(who)s does not teach %(students)s on %(day)s")
OUT_OF_STEP = _(
    "%(who)s gives lesson %(found)s of %(subject)s to one class before others had %(had)s"
)
MOVED = _("Lesson %(lessons)s moved from %(when)s to %(then)s")
NOT_LAST_OF_WEEK = _(
    "Lesson %(lessons)s (%(subject)s) on %(when)s does not end the week of %(who)s"
)
NONE_STANDS = _("%(who)s has no lesson of %(subject)s on %(when)s")
NONE_ENDS_WEEK = _("The week of %(who)s does not end with a lesson of %(subject)s")
ENDS_WEEK, UNMOVED = "ends_week", "unmoved"
ONE_ENDS_WEEK, ONE_STANDS = "one_ends_week", "one_stands"


@person_kind("meeting", _("%(who)s: no lessons while the department meets"))
def meeting(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find a member of a department who teaches while it meets; once, however long."""
    line = occupancy.line(constraint.on, name)
    for day, hour in constraint.slots("slots"):
        lessons = line.at(day, hour)
        if lessons:
            facts = {"who": name, "when": occupancy.problem.grid.name((day, hour))}
            yield broken(constraint, MISSES_MEETING, facts, lessons=lessons)
            return


@person_kind("teaches_on_days", _("%(who)s teaches %(students)s on certain days"))
def teaches_on_days(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find days on which a homeroom teacher does not see the own class."""
    line, problem = occupancy.line(constraint.on, name), occupancy.problem
    students = constraint.text("students")
    atoms = problem.atoms_of((students,))
    for day in constraint.numbers("days"):
        cells = line.cells[day * occupancy.hours : (day + 1) * occupancy.hours]
        taught = {lesson for cell in cells for lesson in cell}
        if not any(atoms & problem.lesson_atoms[lesson] for lesson in taught):
            facts = {"who": name, "students": students, "day": problem.grid.days[day]}
            yield broken(constraint, NOT_THAT_DAY, facts)


@person_kind("in_step", _("%(who)s takes parallel classes through %(subject)s in step"))
def in_step(occupancy: Occupancy, constraint: Constraint, name: str) -> Iterator[Violation]:
    """Find lessons given to one class before every other had the one before it."""
    subject = constraint.text("subject")
    rows = [_lessons_in_order(occupancy, name, subject, one) for one in constraint.texts("classes")]
    for number in range(1, min(map(len, rows), default=0)):
        late, early = max(row[number - 1] for row in rows), min(row[number] for row in rows)
        if early < late:
            facts = {"who": name, "subject": subject, "found": number + 1, "had": number}
            yield broken(constraint, OUT_OF_STEP, facts)


def _lessons_in_order(
    occupancy: Occupancy, teacher: str, subject: str, students: str
) -> list[Slot]:
    """Return when a teacher gives a class a subject, period by period."""
    problem, atoms = occupancy.problem, occupancy.problem.atoms_of((students,))
    return [
        divmod(at, occupancy.hours)
        for at, cell in enumerate(occupancy.line(On.TEACHERS, teacher).cells)
        if any(
            problem.active[lesson].subject == subject and atoms & problem.lesson_atoms[lesson]
            for lesson in cell
        )
    ]


def _end_of_week(problem: Problem, constraint: Constraint) -> Iterator[Unit]:
    for lesson in chosen_lessons(problem, constraint):
        lines = tuple((On.STUDENTS, atom) for atom in sorted(problem.lesson_atoms[lesson.id]))
        yield Unit(constraint, _ends_week(constraint, lesson), lines, (lesson.id,))


kinds.register(
    ENDS_WEEK, Kind(ENDS_WEEK, _("%(subject)s is the last lesson of the week"), _end_of_week)
)


def _ends_week(constraint: Constraint, lesson: Lesson) -> Find:
    def find(occupancy: Occupancy) -> Iterator[Violation]:
        placement = occupancy.places.get(lesson.id)
        if placement is None or placement.slot in constraint.slots("or_slots"):
            return
        after = placement.day * occupancy.hours + occupancy.end_of(placement)
        for atom in sorted(occupancy.problem.lesson_atoms[lesson.id]):
            if any(occupancy.line(On.STUDENTS, atom).cells[after:]):
                when = occupancy.problem.grid.name(placement.slot)
                facts = {"subject": lesson.subject, "when": when, "who": atom}
                yield broken(constraint, NOT_LAST_OF_WEEK, facts, lessons=(lesson.id,))
                return

    return find


def _former_places(problem: Problem, constraint: Constraint) -> Iterator[Unit]:
    """Hold each lesson of the former version, named in a row, against its slot in the other."""
    rows = zip(constraint.numbers("lessons"), constraint.slots("slots"), strict=True)
    for lesson, slot in rows:
        if lesson in problem.active:
            yield Unit(constraint, _stays(constraint, lesson, slot), lessons=(lesson,))


kinds.register(
    UNMOVED, Kind(UNMOVED, _("Lessons stay where the former timetable had them"), _former_places)
)


def _stays(constraint: Constraint, lesson: int, slot: Slot) -> Find:
    def find(occupancy: Occupancy) -> Iterator[Violation]:
        placement = occupancy.places.get(lesson)
        if placement is not None and placement.slot != slot:
            name = occupancy.problem.grid.name
            facts = {"when": name(slot), "then": name(placement.slot)}
            yield broken(constraint, MOVED, facts, lessons=(lesson,))

    return find


def _all_placed(occupancy: Occupancy, constraint: Constraint) -> list[Placement]:
    """Return where lessons stand once all of them have a place; before, one may still come."""
    lessons = constraint.numbers("lessons")
    places = [occupancy.places[one] for one in lessons if one in occupancy.places]
    return places if len(places) == len(lessons) else []


@group_kind(ONE_STANDS, _("One of lessons %(lessons)s (%(subject)s) is at one of the fixed times"))
def one_stands(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find lessons of which none is at the fixed times, such as the flag ceremony's."""
    slots, places = constraint.slots("slots"), _all_placed(occupancy, constraint)
    if places and not any(one.slot in slots for one in places):
        when = ", ".join(occupancy.problem.grid.name(slot) for slot in slots)
        facts = {"subject": constraint.text("subject"), "when": when}
        facts["who"] = constraint.text("students")
        yield broken(constraint, NONE_STANDS, facts, lessons=constraint.numbers("lessons"))


def _one_ends_week(problem: Problem, constraint: Constraint) -> Iterator[Unit]:
    atoms = sorted(problem.atoms_of((constraint.text("students"),)))
    lines = tuple((On.STUDENTS, atom) for atom in atoms)
    yield Unit(constraint, _some_end_week(constraint, atoms), lines, constraint.numbers("lessons"))


kinds.register(
    ONE_ENDS_WEEK,
    Kind(ONE_ENDS_WEEK, _("One of lessons %(lessons)s is the last of the week"), _one_ends_week),
)


def _some_end_week(constraint: Constraint, atoms: list[str]) -> Find:
    def find(occupancy: Occupancy) -> Iterator[Violation]:
        places = _all_placed(occupancy, constraint)
        if not places or any(one.slot in constraint.slots("or_slots") for one in places):
            return
        last = max(places, key=lambda one: one.slot)
        after = last.day * occupancy.hours + occupancy.end_of(last)
        for atom in atoms:
            if any(occupancy.line(On.STUDENTS, atom).cells[after:]):
                facts = {"subject": constraint.text("subject"), "who": atom}
                yield broken(
                    constraint, NONE_ENDS_WEEK, facts, lessons=constraint.numbers("lessons")
                )
                return

    return find
