"""Who is where when: one row of slots for each teacher, smallest student set and room.

Built once from placements and changed by single ones, so that an editor need not start over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import cached_property

from khuevan.school.timetable.core.choosing import chosen_lessons
from khuevan.school.timetable.core.values import Constraint, On, Placement, Problem, Slot

LineKey = tuple[On, str]
"""One teacher, smallest student set or room."""
BREAKS = "break_times"
NOT_AVAILABLE = "not_available"
PREFERRED_ROOMS = "preferred_rooms"


class Line:
    """The week of one teacher, student set or room."""

    __slots__ = ("busy", "cells", "hours", "off")

    def __init__(self, days: int, hours: int, off: Iterable[Slot]) -> None:
        self.hours = hours
        self.cells: list[list[int]] = [[] for _ in range(days * hours)]
        """The lessons in each slot, day by day."""
        self.busy = [0] * days
        """One bit for each hour of a day that holds a lesson."""
        self.off = [0] * days
        """One bit for each hour in which nothing is to be held, so that it is no gap either."""
        for day, hour in off:
            self.off[day] |= 1 << hour

    def copy(self) -> Line:
        """Return the same week, to be changed apart."""
        made: Line = object.__new__(Line)
        made.hours, made.off, made.busy = self.hours, self.off, list(self.busy)
        made.cells = [list(cell) if cell else [] for cell in self.cells]
        return made

    def at(self, day: int, hour: int) -> list[int]:
        """Return the lessons of a slot."""
        return self.cells[day * self.hours + hour]

    def add(self, lesson: int, day: int, hour: int) -> None:
        """Put a lesson into a slot."""
        self.cells[day * self.hours + hour].append(lesson)
        self.busy[day] |= 1 << hour

    def remove(self, lesson: int, day: int, hour: int) -> None:
        """Take a lesson out of a slot."""
        cell = self.cells[day * self.hours + hour]
        cell.remove(lesson)
        if not cell:
            self.busy[day] &= ~(1 << hour)

    def worked_days(self) -> int:
        """Return how many days hold a lesson."""
        return sum(1 for mask in self.busy if mask)

    def gaps(self, day: int) -> int:
        """Return the empty hours between the first and the last lesson that could be taught in."""
        mask = self.busy[day]
        return (span(mask) & ~mask & ~self.off[day]).bit_count()


def span(mask: int) -> int:
    """Return a mask with every hour set from the first to the last of another."""
    return (1 << mask.bit_length()) - (mask & -mask) if mask else 0


def hours_of(mask: int) -> Iterator[int]:
    """Yield the hours that are set in a mask."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def runs(mask: int, first: int, after: int) -> Iterator[int]:
    """Yield how many hours each unbroken run has, inside one session."""
    length = 0
    for hour in range(first, after):
        if mask >> hour & 1:
            length += 1
        elif length:
            yield length
            length = 0
    if length:
        yield length


class Occupancy:
    """What stands where, by teacher, student set and room."""

    def __init__(self, problem: Problem, placements: Iterable[Placement] = ()) -> None:
        self.problem = problem
        self.days, self.hours = len(problem.grid.days), len(problem.grid.hours)
        self.places: dict[int, Placement] = {}
        self._off = _off_slots(problem)
        count = 2 if problem.alternating else 1
        self._weeks: list[dict[On, dict[str, Line]]] = [
            {On.TEACHERS: {}, On.STUDENTS: {}, On.ROOMS: {}} for _week in range(count)
        ]
        """The lines of each of the alternating weeks; of one, where all weeks are alike."""
        self._week = 0
        self._keys = {lesson: self._people_of(lesson) for lesson in problem.active}
        self.breaks = self._off.get((On.LESSONS, ""), frozenset())
        """Slots in which nobody has lessons."""
        for placement in placements:
            self.place(placement)

    def copy(self) -> Occupancy:
        """Return what stands where, to be changed apart."""
        made = copy(self)
        made.places = dict(self.places)
        made._weeks = [  # noqa: SLF001 (its own class)
            {on: {name: line.copy() for name, line in lines.items()} for on, lines in one.items()}
            for one in self._weeks
        ]
        return made

    @cached_property
    def rooms_wanted(self) -> Mapping[int, frozenset[str]]:
        """The rooms that some wish offers each lesson; a lesson in one of them has left home."""
        found: dict[int, frozenset[str]] = {}
        for constraint in self.problem.constraints:
            if constraint.kind == PREFERRED_ROOMS and constraint.is_active:
                rooms = frozenset(constraint.texts("rooms"))
                for lesson in chosen_lessons(self.problem, constraint):
                    found[lesson.id] = found.get(lesson.id, frozenset()) | rooms
        return found

    def line(self, on: On, name: str) -> Line:
        """Return the week of one teacher, student set or room."""
        return self._line(self._week, on, name)

    @contextmanager
    def other_week(self) -> Iterator[None]:
        """Let the lines be those of the second of the alternating weeks."""
        self._week = 1
        try:
            yield
        finally:
            self._week = 0

    def _line(self, week: int, on: On, name: str) -> Line:
        lines = self._weeks[week][on]
        found = lines.get(name)
        if found is None:
            off = self.breaks | self._off.get((on, name), frozenset())
            found = lines[name] = Line(self.days, self.hours, off)
        return found

    def people(self, lesson: int) -> tuple[LineKey, ...]:
        """Return whose weeks a lesson stands in, rooms left out."""
        return self._keys[lesson]

    def is_free(self, placement: Placement) -> bool:
        """Return whether nobody of a lesson, nor its room, has another lesson at a place."""
        return not any(line.at(day, hour) for line, day, hour in self._touched(placement))

    def place(self, placement: Placement) -> None:
        """Put a lesson where nothing of it stands yet; what runs past the day's end is cut."""
        self.places[placement.lesson] = placement
        for line, day, hour in self._touched(placement):
            line.add(placement.lesson, day, hour)

    def lift(self, lesson: int) -> Placement | None:
        """Take a lesson away and return where it stood."""
        placement = self.places.pop(lesson, None)
        if placement is not None:
            for line, day, hour in self._touched(placement):
                line.remove(lesson, day, hour)
        return placement

    def end_of(self, placement: Placement) -> int:
        """Return the hour after a lesson, even past the end of the day."""
        return placement.hour + self.problem.active[placement.lesson].duration

    def hours_in(self, placement: Placement) -> range:
        """Return the hours of its day that a lesson takes."""
        return range(placement.hour, min(self.hours, self.end_of(placement)))

    def _touched(self, placement: Placement) -> Iterator[tuple[Line, int, int]]:
        keys = self._keys[placement.lesson]
        if placement.room:
            keys = (*keys, (On.ROOMS, placement.room))
        hours = self.hours_in(placement)
        own = self.problem.active[placement.lesson].week
        for week in range(len(self._weeks)):
            if own is not None and own != week:
                continue
            for on, name in keys:
                line = self._line(week, on, name)
                for hour in hours:
                    yield line, placement.day, hour

    def _people_of(self, lesson: int) -> tuple[LineKey, ...]:
        teachers = dict.fromkeys(self.problem.active[lesson].teachers)
        return (
            *((On.TEACHERS, name) for name in teachers),
            *((On.STUDENTS, name) for name in sorted(self.problem.lesson_atoms[lesson])),
        )


def _off_slots(problem: Problem) -> Mapping[LineKey, frozenset[Slot]]:
    """Return the slots in which nothing is held, of everybody (no name) and of each."""
    found: dict[LineKey, frozenset[Slot]] = {}
    for constraint in problem.constraints:
        if not constraint.is_active:
            continue
        slots = frozenset(constraint.slots("slots"))
        if constraint.kind == BREAKS:
            found[On.LESSONS, ""] = found.get((On.LESSONS, ""), frozenset()) | slots
        elif constraint.kind == NOT_AVAILABLE:
            for name in _off_names(problem, constraint):
                key = (constraint.on, name)
                found[key] = found.get(key, frozenset()) | slots
    return found


def _off_names(problem: Problem, constraint: Constraint) -> Iterable[str]:
    if constraint.on is On.STUDENTS:
        return problem.atoms_of(constraint.names)
    return constraint.names
