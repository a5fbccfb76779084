"""Who came, left and moved between two days, as plain values: one equation for every line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from khuevan.insight.rollup.rules import TOTAL

THEN, NOW = "then", "now"
CAME, LEFT, IN, OUT, STAYED = "came", "left", "in", "out", "stayed"
FLOWS = (THEN, CAME, IN, LEFT, OUT, NOW, STAYED)
"""What can be asked of a line: `in` and `out` cross a line within what is compared."""

NOT_SAID = "NOT_SAID"
WENT_ON, OTHER_SCHOOL, REORGANIZED = "WENT_ON", "OTHER_SCHOOL", "REORGANIZED"
MOVED_UP, REPEATS, OTHER_GRADE = "MOVED_UP", "REPEATS", "OTHER_GRADE"
PLACED, UNPLACED, OTHER_CLASS = "PLACED", "UNPLACED", "OTHER_CLASS"
OTHER_POSITION, OTHER_KIND = "OTHER_POSITION", "OTHER_KIND"
SAME = "SAME"
COMPLETED = "COMPLETED"

Seat = tuple[int, int | str | None]
"""A school, and what one is there: a grade, a position, a kind."""


@dataclass(frozen=True, slots=True)
class Trace:
    """So many whose first and second day are alike. A seat is missing where they were not there."""

    then: Seat | None
    now: Seat | None
    number: int = 1
    sex: str = ""
    came_as: str = ""
    left_as: str = ""
    is_other_class: bool = False
    is_other_year: bool = False
    ids: tuple[int | None, int | None] = (None, None)
    """The rows of both days, where a trace is of one thing."""


@dataclass(frozen=True, slots=True)
class Differs:
    """What is not the same on both days, of somebody who was there on both."""

    school: bool = False
    unit: bool = False
    grade: int = 0
    """By how many places the grade went up; negative is down."""
    seat: str = ""
    """PLACED or UNPLACED: a class on one day only."""
    kind: str = ""
    """OTHER_POSITION or OTHER_KIND."""


def why(trace: Trace, differs: Differs, *, by_unit: bool) -> str:
    """Return why somebody came, left or moved; `by_unit` when it is units that are compared.

    A school that was put under another unit explains a move between units, and only that.
    """
    if trace.then is None:
        return trace.came_as or NOT_SAID
    if trace.now is None:
        return trace.left_as or NOT_SAID
    if differs.school:
        return WENT_ON if trace.left_as == COMPLETED else OTHER_SCHOOL
    if by_unit and differs.unit:
        return REORGANIZED
    if differs.seat or differs.kind:
        return differs.seat or differs.kind
    if differs.grade:
        return MOVED_UP if differs.grade > 0 else OTHER_GRADE
    if trace.is_other_class:
        return REPEATS if trace.is_other_year else OTHER_CLASS
    return REORGANIZED if differs.unit else SAME


Flows = dict[str, int | None]
"""The numbers of a line by flow; None is told to whoever may see the people alone."""


@dataclass(slots=True)
class Tally:
    """Numbers by line, flow and reason; the total's line is TOTAL."""

    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(self, line: str, flow: str, reason: str, number: int) -> None:
        """Count so many more, in the line and in the total."""
        for key in ((line, flow, reason), (TOTAL, flow, reason)):
            self.numbers[key] = self.numbers.get(key, 0) + number

    def at(self, line: str, flow: str) -> int:
        """Return a number of a line, whatever the reason."""
        return sum(
            n for (key, what, _why), n in self.numbers.items() if (key, what) == (line, flow)
        )

    def by_line(self) -> dict[str, Flows]:
        """Return the flows of every line, all at once."""
        found: dict[str, Flows] = {}
        for (line, flow, _why), number in self.numbers.items():
            flows = found.setdefault(line, dict.fromkeys(FLOWS, 0))
            flows[flow] = (flows[flow] or 0) + number
        return found

    def reasons(self, *flows: str) -> dict[str, int]:
        """Return the numbers of the total's flows by reason, the largest first."""
        found: dict[str, int] = {}
        for (line, flow, reason), number in self.numbers.items():
            if line == TOTAL and flow in flows:
                found[reason] = found.get(reason, 0) + number
        return largest_first(found)

    def within(self) -> int | None:
        """Return how many are there on both days and moved."""
        moved = self.reasons(IN, STAYED)
        return sum(number for reason, number in moved.items() if reason != SAME)


def largest_first(numbers: dict[str, int]) -> dict[str, int]:
    """Return numbers by reason in the order in which they are told."""
    return dict(sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0])))


Placed = Callable[[Trace], tuple[str | None, str | None, str]]
"""Returns a trace's line on the first day and on the second, None outside; and the reason."""


def flows_of(then: str | None, now: str | None) -> list[tuple[str, str]]:
    """Return the lines and flows in which somebody counts who stood in these lines."""
    found = []
    if then is not None:
        found.append((then, THEN))
    if now is not None:
        found.append((now, NOW))
    if then is None and now is not None:
        found.append((now, CAME))
    elif now is None and then is not None:
        found.append((then, LEFT))
    elif then is not None and now is not None:
        found += [(then, STAYED)] if then == now else [(then, OUT), (now, IN)]
    return found


def tally(traces: Iterable[Trace], placed: Placed) -> Tally:
    """Return how many came, left and moved, by line and reason."""
    found = Tally()
    for trace in traces:
        then, now, reason = placed(trace)
        for line, flow in flows_of(then, now):
            found.add(line, flow, reason, trace.number)
    return found


def matches(
    trace: Trace, placed: Placed, *, line: str, flows: tuple[str, ...], reason: str
) -> bool:
    """Return whether a trace is behind a number of a tally."""
    then, now, its = placed(trace)
    return (not reason or reason == its) and any(
        flow in flows and line in (TOTAL, at) for at, flow in flows_of(then, now)
    )
