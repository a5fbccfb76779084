"""Where in a day a lesson is held: half-day and periods, moved or as the timetable has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.school.timetable.models import ChangeKind, DayChange, ScheduledLesson


@dataclass(frozen=True, slots=True)
class Place:
    """Some periods after each other of a half-day."""

    on: date
    half: str
    first: int
    length: int = 1

    @property
    def periods(self) -> set[int]:
        """Return the periods it takes."""
        return set(range(self.first, self.first + self.length))

    def meets(self, other: Place) -> bool:
        """Return whether two lessons are held at one time."""
        at_once = self.on == other.on and self.half == other.half
        return at_once and bool(self.periods & other.periods)


def place_of(row: ScheduledLesson, on: date, change: DayChange | None) -> Place:
    """Return where a lesson of a day is held, given what is otherwise of it."""
    if change is not None and change.kind == ChangeKind.MOVED and change.to_on is not None:
        return Place(change.to_on, change.to_half, change.to_period or 0, row.length)
    return Place(on, row.half, row.period or 0, row.length)
