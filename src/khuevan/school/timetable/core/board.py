"""A timetable under somebody's hand: what one move breaks and mends, at once.

A constraint falls into units, and a move asks again only those that read what it touches; what
nobody asked about is looked at when all findings are wanted.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from threading import RLock
from typing import TypeVar

from khuevan.school.timetable.core.checking import Findings, quality, unchecked, units_of
from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.kinds.presence import NOT_PLACED
from khuevan.school.timetable.core.occupancy import LineKey, Occupancy
from khuevan.school.timetable.core.values import On, Placement, Problem, Slot

Found = tuple[Violation, ...]
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Change:
    """What a move would break and mend."""

    broken: Found
    mended: Found

    @property
    def clashes(self) -> Found:
        """What it would break that must not be, and that was not as much broken before."""
        worse = self._worse()
        return tuple(
            one for one in self.broken if one.is_hard and _key(one) in worse and _counts(one)
        )

    @property
    def is_clash(self) -> bool:
        """Whether more is wrong afterwards that must not be; a place found counts for nothing.

        Of one constraint: three holes of a class that become two are broken anew and yet a gain,
        but no hole filled makes good that a teacher is in two places.
        """
        return bool(self._worse())

    def _worse(self) -> set[tuple[str, On]]:
        """Return the constraints of which more is wrong afterwards that must not be."""
        after, before = _hard(self.broken), _hard(self.mended)
        return {key for key, count in after.items() if count > before[key]}

    @property
    def penalty(self) -> float:
        """How much dearer the wishes become; below 0 where it is a gain."""
        before = sum(one.penalty for one in self.mended if not one.is_hard)
        return sum(one.penalty for one in self.broken if not one.is_hard) - before


def _hard(found: Found) -> Counter[tuple[str, On]]:
    """Return how much is wrong that must not be, by the constraints that say so."""
    count: Counter[tuple[str, On]] = Counter()
    for one in found:
        if one.is_hard and _counts(one):
            count[_key(one)] += math.ceil(one.count)
    return count


def _key(one: Violation) -> tuple[str, On]:
    return one.constraint.kind, one.constraint.on


def _counts(one: Violation) -> bool:
    """Tell whether something is wrong beside a lesson's not being placed yet."""
    return one.sentence is not NOT_PLACED and one.constraint.kind != "weekly_periods"


class Units:
    """The units of a problem, found by what they read; the same for every timetable of it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.all = tuple(units_of(problem))
        self._by_line: Mapping[LineKey, list[int]] = _index(
            (line, at) for at, unit in enumerate(self.all) for line in unit.lines
        )
        self._by_lesson: Mapping[int, list[int]] = _index(
            (lesson, at) for at, unit in enumerate(self.all) for lesson in unit.lessons
        )

    def touched(self, lesson: int, lines: Iterable[LineKey]) -> list[int]:
        """Return the numbers of the units that read a lesson or one of some lines, in order."""
        found = {at for line in lines for at in self._by_line.get(line, ())}
        found.update(self._by_lesson.get(lesson, ()))
        return sorted(found)


class Board:
    """A problem with its placements, changed by single moves.

    The units may be kept and given again: they do not depend on the placements. A board is one
    hand's: threads that share one wait for each other, since trying a slot moves the lesson.
    """

    def __init__(
        self, problem: Problem, placements: Iterable[Placement] = (), units: Units | None = None
    ) -> None:
        self.problem = problem
        self.occupancy = Occupancy(problem, placements)
        self.units = units or Units(problem)
        self._found: list[Found | None] = [None] * len(self.units.all)
        self._hand = RLock()

    def copy(self) -> Board:
        """Return the same board with all that is known of it, to be changed apart."""
        with self._hand:
            made = copy(self)
            made.occupancy, made._found = self.occupancy.copy(), list(self._found)
        made._hand = RLock()
        return made

    @property
    def placements(self) -> Mapping[int, Placement]:
        """Where the lessons stand."""
        return self.occupancy.places

    def findings(self) -> Findings:
        """Return everything that is wrong as it stands."""
        with self._hand:
            every = range(len(self._found))
            violations = tuple(one for at in every for one in self._known(at))
            return Findings(violations, unchecked(self.problem), quality(self.occupancy))

    def free_slots(self, lesson: int) -> list[Slot]:
        """Return the slots at which nobody of a lesson has another, of one that has no place."""
        found = self.problem.grid.slots()
        return [slot for slot in found if self.occupancy.is_free(Placement(lesson, *slot))]

    def move(self, lesson: int, placement: Placement | None) -> Change:
        """Put a lesson elsewhere, or away, and return what that breaks and mends."""
        with self._hand:
            asked = self._touched(lesson, self.occupancy.places.get(lesson), placement)
            before = [self._known(at) for at in asked]
            self.occupancy.lift(lesson)
            if placement is not None:
                self.occupancy.place(placement)
            for at in asked:
                self._found[at] = None
            return _change(before, [self._known(at) for at in asked])

    def check_move(
        self, lesson: int, slots: Iterable[Slot] = (), room: str | None = None
    ) -> Mapping[Slot, Change]:
        """Return what putting a lesson at each slot (all, unless some are given) would change.

        It is compared with the lesson lying in the hand, so that the slot it comes from is told
        like any other. It keeps its room unless another is given. The board stays as it is.
        """
        with self._hand:
            before = self.occupancy.lift(lesson)
            kept = before.room if before else None
            base = replace(before or Placement(lesson, 0, 0), room=room or kept)
            try:
                return self._tried(base, slots or self.problem.grid.slots(), before)
            finally:
                if before is not None:
                    self.occupancy.place(before)

    def _tried(
        self, base: Placement, slots: Iterable[Slot], before: Placement | None
    ) -> Mapping[Slot, Change]:
        """Put a lesson that lies in the hand into each slot in turn."""
        asked = self._touched(base.lesson, before, base)
        lifted, answers = self._look(asked), {}
        for slot in slots:
            self.occupancy.place(replace(base, day=slot[0], hour=slot[1]))
            answers[slot] = _change(lifted, self._look(asked))
            self.occupancy.lift(base.lesson)
        return answers

    def check_swap(
        self, lesson: int, others: Iterable[int], room: str | None = None
    ) -> Mapping[int, Change]:
        """Return what changing places with each of some placed lessons would change.

        It is compared with both lying in the hand, as a move is; each keeps its room. A lesson
        without a place sends the other off the timetable. The board stays as it is.
        """
        with self._hand:
            before = self.occupancy.lift(lesson)
            try:
                kept = before.room if before else room
                return {other: self._swapped(lesson, before, other, kept) for other in others}
            finally:
                if before is not None:
                    self.occupancy.place(before)

    def _swapped(
        self, lesson: int, before: Placement | None, other: int, room: str | None
    ) -> Change:
        """Put a lesson that lies in the hand into another's place, and that into its."""
        stood = self.occupancy.places[other]
        there = replace(stood, lesson=lesson, room=room)
        here = replace(before, lesson=other, room=stood.room) if before else None
        asked = {*self._touched(lesson, before, there), *self._touched(other, stood, here)}
        ordered = sorted(asked)
        self.occupancy.lift(other)
        lifted = self._look(ordered)
        for one in (there, here):
            if one is not None:
                self.occupancy.place(one)
        change = _change(lifted, self._look(ordered))
        self.occupancy.lift(lesson)
        self.occupancy.lift(other)
        self.occupancy.place(stood)
        return change

    def _known(self, at: int) -> Found:
        """Return what a unit finds, looking only where it was not looked since."""
        found = self._found[at]
        if found is None:
            found = self._found[at] = tuple(self.units.all[at].find(self.occupancy))
        return found

    def _look(self, asked: Iterable[int]) -> list[Found]:
        return [tuple(self.units.all[at].find(self.occupancy)) for at in asked]

    def _touched(self, lesson: int, *places: Placement | None) -> list[int]:
        """Return the numbers of the units that read anything of a lesson, in their order."""
        rooms = [(On.ROOMS, place.room) for place in places if place and place.room]
        return self.units.touched(lesson, (*self.occupancy.people(lesson), *rooms))


def _index(pairs: Iterable[tuple[K, int]]) -> Mapping[K, list[int]]:
    found: defaultdict[K, list[int]] = defaultdict(list)
    for key, at in pairs:
        found[key].append(at)
    return found


def _change(before: list[Found], after: list[Found]) -> Change:
    broken: list[Violation] = []
    mended: list[Violation] = []
    for was, found in zip(before, after, strict=True):
        if was != found:
            broken += _without(found, was)
            mended += _without(was, found)
    return Change(tuple(broken), tuple(mended))


def _without(found: Found, others: Found) -> Iterator[Violation]:
    """Yield what is there oftener than among the others."""
    left = list(others)
    for one in found:
        if one in left:
            left.remove(one)
        else:
            yield one
