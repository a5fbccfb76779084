"""What a comparison of two days is asked for: days, of what, by which lines; and its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.insight.rollup.asked import Narrowing, day_of, one_of
from khuevan.insight.rollup.dimensions import (
    BASES,
    CLASSES,
    MANAGEMENT,
    MEASURES,
    PUPILS,
    STAFF,
)
from khuevan.insight.rollup.moves import FLOWS, NOW
from khuevan.insight.rollup.rules import TOTAL
from khuevan.kernel.errors import DomainError
from khuevan.ui.formats import day

SCHOOLS = "schools"
COMPARED: dict[str, str | Promise] = {**MEASURES, SCHOOLS: _("Schools")}
BY: dict[str, tuple[str, ...]] = {
    PUPILS: ("unit", "school", "level", "grade", "sex"),
    CLASSES: ("unit", "school", "level", "grade"),
    STAFF: ("unit", "school", "position", "sex"),
    SCHOOLS: ("unit", "ownership", "type"),
}
"""What lines can be, and what narrows: only what is known of each of the two days, and the sex."""
NARROW: dict[str, tuple[str, ...]] = {**BY, SCHOOLS: ("unit", "school", "ownership", "type")}


class DaysTurned(DomainError):
    """The first day is not before the second."""

    code = "rollup.days_turned"
    message = _("%(first)s is not before %(second)s. Please choose the earlier day first.")
    status = 422


@dataclass(frozen=True, slots=True)
class Compared(Narrowing):
    """One comparison, in full."""

    first: date
    second: date
    of: str = PUPILS
    basis: str = MANAGEMENT
    rows: str = "unit"

    @classmethod
    def from_query(cls, query: Mapping[str, str], *, today: date, rows: str) -> Self:
        """Read an address; a year apart when no days are named.

        :raises NoSuchDay, DayToCome, NoSuchCount, DaysTurned: when it makes no sense
        """
        second = day_of(query.get("to") or "", today)
        first = day_of(query["from"], today) if query.get("from") else a_year_before(second)
        if first >= second:
            raise DaysTurned(first=day(first), second=day(second))
        of = one_of("of", query.get("of") or PUPILS, COMPARED)
        basis = one_of("basis", query.get("basis") or MANAGEMENT, BASES)
        usual = rows if rows in BY[of] else BY[of][-1]
        by = one_of("rows", query.get("rows") or usual, set(BY[of]))
        narrow = tuple((code, query[code]) for code in NARROW[of] if query.get(code))
        return cls(first, second, of, basis, by, narrow=narrow)

    @property
    def is_by_unit(self) -> bool:
        """Return whether it is units that things move between."""
        return self.rows == "unit" or "unit" in dict(self.narrow)

    def query(self, **more: str) -> str:
        """Return the address's state, with what else it says."""
        state = {
            "from": self.first.isoformat(),
            "to": self.second.isoformat(),
            "of": self.of,
            "basis": self.basis,
            "rows": self.rows,
        }
        return urlencode({**state, **dict(self.narrow), **more})


@dataclass(frozen=True, slots=True)
class Opened:
    """One number of a comparison: a line or the total, what is counted there, for which reason."""

    line: str = TOTAL
    flows: tuple[str, ...] = (NOW,)
    reason: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read an address.

        :raises NoSuchCount: when it names what is not counted
        """
        named = (query.get("flow") or NOW).split(" ")
        flows = tuple(one_of("flow", name, set(FLOWS)) for name in named)
        return cls(query.get("line", TOTAL), flows, query.get("why", "")[:40])


def a_year_before(on: date) -> date:
    """Return the same day of the year before; of 29/2 the 28th."""
    is_leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - 1, day=28 if is_leap_day else on.day)
