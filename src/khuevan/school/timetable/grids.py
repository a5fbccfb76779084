"""The week of a school as a grid: which half-days and periods a day has, and their times."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import time

from khuevan.school.timetable.core.values import Grid
from khuevan.school.timetable.models import MOST_DAYS, MOST_PERIODS, Half, ScheduledLesson
from khuevan.ui.asked import whole_number
from khuevan.ui.formats import WEEKDAYS

USUAL_PERIODS = 5
LONG_BREAK = 15
"""Minutes from which a break is long: no double period goes across."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the week: the day (1 is Monday), the half-day, the period."""

    weekday: int
    half: str
    period: int

    @property
    def key(self) -> str:
        """Return what names the spot in a form."""
        return f"{self.weekday}-{self.half}-{self.period}"


@dataclass(frozen=True, slots=True)
class Bell:
    """When a period begins and ends."""

    half: str
    number: int
    begins_at: time | None = None
    ends_at: time | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The days and periods of a school's week."""

    days: int
    bells: tuple[Bell, ...]
    of_levels: tuple[tuple[str, tuple[Bell, ...]], ...] = ()
    """The bell times of each level that has its own."""

    def bells_for(self, levels: Collection[str]) -> tuple[Bell, ...]:
        """Return the periods with the times of a level, where that is the one asked for."""
        (level,) = levels if len(levels) == 1 else ("",)
        own = {(one.half, one.number): one for one in dict(self.of_levels).get(level, ())}
        return tuple(own.get((one.half, one.number), one) for one in self.bells)

    def spot(self, slot: tuple[int, int]) -> Spot:
        """Return the spot of a slot of the grid."""
        bell = self.bells[slot[1]]
        return Spot(slot[0] + 1, bell.half, bell.number)

    def slot(self, spot: Spot) -> tuple[int, int] | None:
        """Return the slot of the grid that a spot is, if the week has it."""
        for hour, bell in enumerate(self.bells):
            if (bell.half, bell.number) == (spot.half, spot.period):
                return (spot.weekday - 1, hour) if 1 <= spot.weekday <= self.days else None
        return None

    def slot_of(self, lesson: ScheduledLesson) -> tuple[int, int] | None:
        """Return the slot where a lesson stands."""
        spot = spot_of(lesson)
        return self.slot(spot) if spot else None

    def holds(self, slot: tuple[int, int], length: int) -> bool:
        """Return whether a lesson of so many periods that begins there ends in its half-day."""
        last = slot[1] + length - 1
        return last < len(self.bells) and self.bells[last].half == self.bells[slot[1]].half

    @property
    def halves(self) -> tuple[str, ...]:
        """Return the half-days of a day."""
        return tuple(dict.fromkeys(bell.half for bell in self.bells))

    @property
    def grid(self) -> Grid:
        """Return the week as the checks take it."""
        halves = [bell.half for bell in self.bells]
        sessions = []
        for half in Half.values:
            count = halves.count(half)
            if count:
                first = halves.index(half)
                sessions.append((first, first + count))
        return Grid(
            days=tuple(str(WEEKDAYS[day]) for day in range(self.days)),
            hours=tuple(f"{Half(bell.half).label} {bell.number}" for bell in self.bells),
            sessions=tuple(sessions),
            long_breaks=frozenset(self._long_breaks()),
        )

    def _long_breaks(self) -> Iterable[int]:
        for hour, (one, after) in enumerate(zip(self.bells, self.bells[1:], strict=False)):
            if one.half != after.half or one.ends_at is None or after.begins_at is None:
                continue
            if _minutes(after.begins_at) - _minutes(one.ends_at) >= LONG_BREAK:
                yield hour


def spot_of(lesson: ScheduledLesson) -> Spot | None:
    """Return where a lesson stands, if anywhere."""
    if lesson.weekday is None or lesson.period is None:
        return None
    return Spot(lesson.weekday, lesson.half, lesson.period)


def read_spot(text: str) -> Spot | None:
    """Return the spot that a form names; None where it makes no sense."""
    parts = text.split("-")
    if len(parts) != 3 or parts[1] not in Half.values:
        return None
    weekday, period = whole_number(parts[0]), whole_number(parts[2])
    if not weekday or not period or weekday > MOST_DAYS or period > MOST_PERIODS:
        return None
    return Spot(weekday, parts[1], period)


def usual_bells() -> tuple[Bell, ...]:
    """Return five periods in each half-day, of which nobody told the times."""
    return tuple(
        Bell(half, number) for half in Half.values for number in range(1, USUAL_PERIODS + 1)
    )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
