"""What a class is short of its plan so far: planned, held, arranged; pure, no ORM, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Progress:
    """A subject of a class until a day: what its plan had, what was held, what is arranged."""

    planned: int
    held: int
    arranged: int = 0

    @property
    def short(self) -> int:
        """Return how many periods are missing that nobody has arranged."""
        return max(0, self.planned - self.held - self.arranged)


def planned_until(
    weeks: Sequence[int], terms: tuple[int, int], mondays: Sequence[Sequence[date]], until: date
) -> int:
    """Return the periods that a plan has in the weeks that are over on a day.

    `terms` are the weeks of the plan in each term, `mondays` the weeks of teaching of each term; a
    week that is over counts whole, and weeks beyond those of the plan have nothing.
    """
    count, first = 0, 0
    for length, own in zip(terms, mondays, strict=False):
        over = sum(monday + WEEK <= until + ONE_DAY for monday in own[:length])
        count += sum(weeks[first : first + over])
        first += length
    return count


def last_sunday(on: date) -> date:
    """Return the last day of the last week that is over on a day."""
    return on - timedelta(days=on.isoweekday() % 7)
