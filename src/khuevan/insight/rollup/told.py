"""A comparison for who may count pupils and not see them: what no single child can be told from.

How many there were on either day is what every count says. Who came and left in between, and why,
is told between two days of counting only, each number off by chance: between any two days one
child's leaving would stand alone, and its reason with it.
"""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from khuevan.insight.rollup.asked_two import Compared
from khuevan.insight.rollup.moves import (
    CAME,
    IN,
    LEFT,
    MOVED_UP,
    NOT_SAID,
    NOW,
    OTHER_CLASS,
    OTHER_GRADE,
    OTHER_SCHOOL,
    OUT,
    PLACED,
    REORGANIZED,
    REPEATS,
    STAYED,
    THEN,
    UNPLACED,
    WENT_ON,
    Flows,
    Tally,
    largest_first,
)
from khuevan.insight.rollup.rules import TOTAL, blurred, is_census_day
from khuevan.registry.students.api import EntryKind, ExitKind

OF_A_DAY = (THEN, NOW)
_REASONS: dict[tuple[str, ...], tuple[str, ...]] = {
    (CAME,): (*EntryKind.values, NOT_SAID),
    (LEFT,): (*ExitKind.values, NOT_SAID),
    (IN, STAYED): (
        WENT_ON,
        OTHER_SCHOOL,
        REORGANIZED,
        MOVED_UP,
        REPEATS,
        OTHER_GRADE,
        PLACED,
        UNPLACED,
        OTHER_CLASS,
    ),
}
"""All that can be a reason: what nobody had is told by chance too, else a 5 would be a proof."""


def tells_flows(asked: Compared) -> bool:
    """Return whether anything but the two days is told of a comparison."""
    return is_census_day(asked.first) and is_census_day(asked.second)


class ToldTally(Tally):
    """The numbers of a comparison as they are told to who may not see the people."""

    def __init__(self, exact: Tally, asked: Compared) -> None:
        super().__init__(exact.numbers)
        self.asked = asked

    def by_line(self) -> dict[str, Flows]:
        """Return the flows of every line: of the days as they are, all else off by chance."""
        found = Tally.by_line(self)
        for line, flows in found.items():
            for flow, number in flows.items():
                if flow not in OF_A_DAY:
                    flows[flow] = self._told(number or 0, line, flow)
        return found

    def reasons(self, *flows: str) -> dict[str, int]:
        """Return the numbers of the total's flows by reason, every reason there can be."""
        if not tells_flows(self.asked):
            return {}
        exact = Tally.reasons(self, *flows)
        told = {
            reason: self._told(exact.get(reason, 0), TOTAL, " ".join(flows), reason) or 0
            for reason in _REASONS[flows]
        }
        return largest_first({reason: number for reason, number in told.items() if number})

    def within(self) -> int | None:
        """Return how many are there on both days and moved."""
        return self._told(Tally.within(self) or 0, TOTAL, "within")

    def _told(self, number: int, line: str, flow: str, reason: str = "") -> int | None:
        """Return a number off by chance, the same whenever it is asked for and however."""
        asked = self.asked
        if not tells_flows(asked):
            return None
        rows = asked.rows if line != TOTAL or flow in (IN, OUT, STAYED) else ""
        basis = asked.basis if asked.is_by_unit else ""
        question = (asked.first, asked.second, basis, asked.narrow, rows, line, flow, reason)
        told = salted_hmac("khuevan.insight.rollup.told", repr(question), algorithm="sha256")
        return blurred(number, told.digest())


__all__ = ["OF_A_DAY", "ToldTally", "tells_flows"]
