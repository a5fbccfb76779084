"""A timetable under somebody's hand: what one move breaks and mends, at once.

Everything was looked at when the board was set up; a move asks again only what it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from khuevan.school.timetable.core.checking import Findings, quality, unchecked, units_of
from khuevan.school.timetable.core.engine import Violation
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
        """What it would break that must not be."""
        return tuple(one for one in self.broken if one.is_hard)

    @property
    def penalty(self) -> float:
        """How much dearer the wishes become; below 0 where it is a gain."""
        before = sum(one.penalty for one in self.mended if not one.is_hard)
        return sum(one.penalty for one in self.broken if not one.is_hard) - before


class Board:
    """A problem with its placements, changed by single moves."""

    def __init__(self, problem: Problem, placements: Iterable[Placement] = ()) -> None:
        self.problem = problem
        self.occupancy = Occupancy(problem, placements)
        self._units = tuple(units_of(problem))
        self._found = [tuple(unit.find(self.occupancy)) for unit in self._units]
        self._by_line: Mapping[LineKey, list[int]] = _index(
            (line, at) for at, unit in enumerate(self._units) for line in unit.lines
        )
        self._by_lesson: Mapping[int, list[int]] = _index(
            (lesson, at) for at, unit in enumerate(self._units) for lesson in unit.lessons
        )

    @property
    def placements(self) -> Mapping[int, Placement]:
        """Where the lessons stand."""
        return self.occupancy.places

    def findings(self) -> Findings:
        """Return everything that is wrong as it stands."""
        violations = tuple(one for found in self._found for one in found)
        return Findings(violations, unchecked(self.problem), quality(self.occupancy))

    def move(self, lesson: int, placement: Placement | None) -> Change:
        """Put a lesson elsewhere, or away, and return what that breaks and mends."""
        before = self.occupancy.places.get(lesson)
        asked = self._touched(lesson, before, placement)
        self._put(lesson, placement)
        change = []
        for at in asked:
            found = tuple(self._units[at].find(self.occupancy))
            if found != self._found[at]:
                change.append((self._found[at], found))
                self._found[at] = found
        return _change(change)

    def check_move(self, lesson: int, slots: Iterable[Slot] = ()) -> Mapping[Slot, Change]:
        """Return what putting a lesson at each slot (all, unless some are given) would change.

        It is compared with the lesson lying in the hand, so that the slot it comes from is told
        like any other. The board stays as it is.
        """
        before = self.occupancy.places.get(lesson)
        base = before or Placement(lesson, 0, 0)
        asked = self._touched(lesson, before, base)
        self.occupancy.lift(lesson)
        lifted = [tuple(self._units[at].find(self.occupancy)) for at in asked]
        answers = {}
        for slot in slots or self.problem.grid.slots():
            self.occupancy.place(replace(base, day=slot[0], hour=slot[1]))
            now = [tuple(self._units[at].find(self.occupancy)) for at in asked]
            self.occupancy.lift(lesson)
            answers[slot] = _change(
                (was, found) for was, found in zip(lifted, now, strict=True) if was != found
            )
        if before is not None:
            self.occupancy.place(before)
        return answers

    def _put(self, lesson: int, placement: Placement | None) -> None:
        self.occupancy.lift(lesson)
        if placement is not None:
            self.occupancy.place(placement)

    def _touched(self, lesson: int, *places: Placement | None) -> list[int]:
        """Return the numbers of the units that read anything of a lesson, in their order."""
        lines: list[LineKey] = [*self.occupancy.people(lesson)]
        lines += ((On.ROOMS, place.room) for place in places if place and place.room)
        found = {at for line in lines for at in self._by_line.get(line, ())}
        found.update(self._by_lesson.get(lesson, ()))
        return sorted(found)


def _index(pairs: Iterable[tuple[K, int]]) -> Mapping[K, list[int]]:
    found: defaultdict[K, list[int]] = defaultdict(list)
    for key, at in pairs:
        found[key].append(at)
    return found


def _change(parts: Iterable[tuple[Found, Found]]) -> Change:
    broken: list[Violation] = []
    mended: list[Violation] = []
    for was, found in parts:
        broken += (one for one in found if one not in was)
        mended += (one for one in was if one not in found)
    return Change(tuple(broken), tuple(mended))
