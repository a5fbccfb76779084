"""Whether the bell times of a day make sense, and what is usual: pure, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import Enum

from khuevan.school.timetable.models import Half

SHORTEST, LONGEST = 20, 90
"""Minutes of a period."""
PRIMARY = "TH"
USUAL = {
    Half.MORNING: (
        (time(7, 0), time(7, 45)),
        (time(7, 55), time(8, 40)),
        (time(8, 55), time(9, 40)),
        (time(9, 50), time(10, 35)),
        (time(10, 45), time(11, 30)),
    ),
    Half.AFTERNOON: (
        (time(13, 0), time(13, 45)),
        (time(13, 55), time(14, 40)),
        (time(14, 55), time(15, 40)),
        (time(15, 50), time(16, 35)),
        (time(16, 45), time(17, 30)),
    ),
}
"""A frame seen at three schools for lower and upper secondary: 45 minutes, the long break of 15."""
USUAL_PRIMARY = {
    Half.MORNING: (
        (time(7, 15), time(7, 50)),
        (time(7, 55), time(8, 30)),
        (time(8, 50), time(9, 25)),
        (time(9, 30), time(10, 5)),
    ),
    Half.AFTERNOON: (
        (time(14, 0), time(14, 35)),
        (time(14, 40), time(15, 15)),
        (time(15, 35), time(16, 10)),
    ),
}
"""Seven periods of 35 minutes over two half-days."""


@dataclass(frozen=True, slots=True)
class BellTime:
    """A period of a half-day with its times."""

    half: str
    number: int
    begins_at: time
    ends_at: time


class BellFaultKind(Enum):
    """What may be wrong with bell times."""

    BACKWARDS = "backwards"
    LENGTH = "length"
    OVERLAP = "overlap"
    HOLE = "hole"


@dataclass(frozen=True, slots=True)
class BellFault:
    """One thing that is wrong with a period."""

    kind: BellFaultKind
    bell: BellTime


def bell_faults(bells: Sequence[BellTime]) -> list[BellFault]:
    """Return what is wrong: order, overlap, length, a number left out."""
    order = {half: at for at, half in enumerate(Half.values)}
    rows = sorted(bells, key=lambda one: (order[one.half], one.number))
    faults = []
    for at, bell in enumerate(rows):
        before = rows[at - 1] if at else None
        length = _minutes(bell.ends_at) - _minutes(bell.begins_at)
        if length <= 0:
            faults.append(BellFault(BellFaultKind.BACKWARDS, bell))
        elif not SHORTEST <= length <= LONGEST:
            faults.append(BellFault(BellFaultKind.LENGTH, bell))
        if before is not None and bell.begins_at < before.ends_at:
            faults.append(BellFault(BellFaultKind.OVERLAP, bell))
        expected = before.number + 1 if before is not None and before.half == bell.half else 1
        if bell.number != expected:
            faults.append(BellFault(BellFaultKind.HOLE, bell))
    return faults


def usual_times(level: str) -> list[BellTime]:
    """Return usual bell times of a level, to begin with."""
    frame = USUAL_PRIMARY if level == PRIMARY else USUAL
    return [
        BellTime(str(half), number, begins, ends)
        for half, times in frame.items()
        for number, (begins, ends) in enumerate(times, start=1)
    ]


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
