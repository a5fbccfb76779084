"""What can't be solved whatever one tries: more periods than there is time for them.

Counted before anybody looks for a timetable. That nothing is found here does not mean that there
is a timetable.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.choosing import chosen_lessons
from khuevan.school.timetable.core.occupancy import BREAKS, NOT_AVAILABLE, PREFERRED_ROOMS
from khuevan.school.timetable.core.values import Constraint, On, Problem

NO_TIME = _("%(who)s has %(needed)s periods a week but only %(available)s to have them in")
NOT_AT_ONCE = _(
    "%(who)s has %(needed)s periods a week, but as many as may be held at once are only "
    "%(available)s"
)
NO_ROOM = _("Rooms %(who)s are wanted for %(needed)s periods a week but hold only %(available)s")


@dataclass(frozen=True, slots=True)
class Shortage:
    """Somebody, or some rooms, with more periods than time."""

    on: On
    who: str
    needed: int
    available: int

    @property
    def message(self) -> str:
        """The sentence in the reader's language."""
        sentences = {On.ROOMS: NO_ROOM, On.LESSONS: NOT_AT_ONCE}
        sentence: Promise = sentences.get(self.on, NO_TIME)
        facts = {"who": self.who, "needed": self.needed, "available": self.available}
        return str(sentence) % facts


def shortages(problem: Problem) -> list[Shortage]:
    """Return who has more periods than time: classes, teachers, special rooms."""
    open_slots = _OpenSlots(problem)
    return [
        one
        for one in (
            *_people(problem, open_slots),
            *_rooms(problem, open_slots),
            *_at_once(problem, open_slots),
        )
        if one.needed > one.available
    ]


def _people(problem: Problem, open_slots: _OpenSlots) -> Iterator[Shortage]:
    needed: defaultdict[tuple[On, str], int] = defaultdict(int)
    for lesson in problem.active.values():
        for teacher in dict.fromkeys(lesson.teachers):
            needed[On.TEACHERS, teacher] += lesson.duration
        for atom in problem.lesson_atoms[lesson.id]:
            needed[On.STUDENTS, atom] += lesson.duration
    for (on, name), periods in sorted(needed.items()):
        yield Shortage(on, name, periods, open_slots.of(on, name))


def _rooms(problem: Problem, open_slots: _OpenSlots) -> Iterator[Shortage]:
    """Count the lessons that must be in one of some rooms, for each such choice of rooms."""
    needed: defaultdict[frozenset[str], set[int]] = defaultdict(set)
    for constraint in _in_use(problem, PREFERRED_ROOMS):
        if constraint.is_hard:
            chosen = {lesson.id for lesson in chosen_lessons(problem, constraint)}
            needed[frozenset(constraint.texts("rooms"))] |= chosen
    for names, lessons in needed.items():
        available = sum(
            open_slots.of(On.ROOMS, name) * problem.rooms_by_name[name].classes for name in names
        )
        periods = sum(problem.active[lesson].duration for lesson in lessons)
        yield Shortage(On.ROOMS, ", ".join(sorted(names)), periods, available)


def _at_once(problem: Problem, open_slots: _OpenSlots) -> Iterator[Shortage]:
    """Count the lessons of which only so many may be held at once."""
    for constraint in _in_use(problem, "max_at_once"):
        if constraint.is_hard:
            subject = constraint.text("subject")
            lessons = [one for one in problem.active.values() if one.subject == subject]
            needed = sum(one.duration for one in lessons)
            atoms = {atom for one in lessons for atom in problem.lesson_atoms[one.id]}
            slots = {slot for atom in atoms for slot in open_slots.open_to(On.STUDENTS, atom)}
            available = constraint.number("most") * len(slots)
            yield Shortage(On.LESSONS, subject, needed, available)


class _OpenSlots:
    """How many slots of the week are open to whom, by the hard constraints."""

    def __init__(self, problem: Problem) -> None:
        self.week = frozenset(problem.grid.slots())
        for constraint in _in_use(problem, BREAKS):
            self.week -= frozenset(constraint.slots("slots"))
        self.closed: defaultdict[tuple[On, str], set[tuple[int, int]]] = defaultdict(set)
        for constraint in _in_use(problem, NOT_AVAILABLE):
            if constraint.is_hard:
                self.close(constraint.on, _names(problem, constraint), constraint.slots("slots"))
        for constraint in _in_use(problem, "only_in_sessions"):
            if constraint.is_hard:
                open_hours = _hours(problem, constraint)
                closed = [slot for slot in self.week if slot[1] not in open_hours]
                self.close(constraint.on, _names(problem, constraint), closed)

        self.most: dict[tuple[On, str], int] = {}
        for constraint in _in_use(problem, "max_hours_daily"):
            if constraint.is_hard:
                for name in _names(problem, constraint) if constraint.names else ("",):
                    self.most[constraint.on, name] = constraint.number("most")

    def close(self, on: On, names: Iterable[str], slots: Iterable[tuple[int, int]]) -> None:
        """Take slots away from some."""
        taken = set(slots)
        for name in names:
            self.closed[on, name] |= taken

    def open_to(self, on: On, name: str) -> frozenset[tuple[int, int]]:
        """Return the slots in which somebody may be."""
        return self.week - self.closed[on, name]

    def of(self, on: On, name: str) -> int:
        """Return how many slots somebody has, no more of a day than may be."""
        most = self.most.get((on, name), self.most.get((on, ""), 0))
        days = Counter(day for day, _hour in self.open_to(on, name))
        return sum(min(count, most) if most else count for count in days.values())


def _in_use(problem: Problem, kind: str) -> Iterator[Constraint]:
    return (one for one in problem.constraints if one.is_active and one.kind == kind)


def _hours(problem: Problem, constraint: Constraint) -> set[int]:
    sessions = problem.grid.day_sessions
    return {hour for at in constraint.numbers("sessions") for hour in range(*sessions[at])}


def _names(problem: Problem, constraint: Constraint) -> Iterable[str]:
    if constraint.on is not On.STUDENTS:
        return constraint.names
    return problem.atoms_of(constraint.names) if constraint.names else problem.all_atoms
