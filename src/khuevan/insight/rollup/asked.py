"""What a count is asked for: day, what, basis, two dimensions, what narrows it; and its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from khuevan.insight.rollup.dimensions import (
    BASES,
    DIMENSIONS,
    MANAGEMENT,
    MEASURES,
    PUPILS,
    offered,
)
from khuevan.kernel.errors import DomainError
from khuevan.ui.forms import DayField


class NoSuchCount(DomainError):
    """The address asks for something that can't be counted."""

    code = "rollup.no_such_count"
    message = _("%(name)s: %(value)s can't be counted by. Please choose from the list.")
    status = 422


class DayToCome(DomainError):
    """Nobody can count a day that has not come."""

    code = "rollup.day_to_come"
    message = _("%(day)s has not come yet. Please choose a day up to today.")
    status = 422


class NoSuchDay(DomainError):
    """The day is none of the calendar."""

    code = "rollup.no_such_day"
    message = _("%(value)s is no day of the calendar. Please write it like 30/09/2026.")
    status = 422


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrows a count or a comparison."""

    narrow: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    """Dimension and key, each dimension once."""

    def narrowed(self, **keys: str) -> Self:
        """Return the same of a part: one cell, one line."""
        found = {**dict(self.narrow), **keys}
        ordered = tuple((code, found[code]) for code in DIMENSIONS if found.get(code))
        return replace(self, narrow=ordered)

    def without(self, code: str) -> Self:
        """Return the same with one condition dropped."""
        return replace(self, narrow=tuple(pair for pair in self.narrow if pair[0] != code))


@dataclass(frozen=True, slots=True)
class Asked(Narrowing):
    """One count, in full."""

    on: date
    of: str = PUPILS
    basis: str = MANAGEMENT
    rows: str = "grade"
    cols: str = "sex"

    @classmethod
    def from_query(cls, query: Mapping[str, str], *, today: date, rows: str, cols: str) -> Self:
        """Read an address.

        :raises NoSuchDay, DayToCome, NoSuchCount: when it asks for what can't be counted
        """
        on = day_of(query.get("on") or "", today)
        of = one_of("of", query.get("of") or PUPILS, MEASURES)
        basis = one_of("basis", query.get("basis") or MANAGEMENT, BASES)
        known = {one.code for one in offered(of)}
        rows, cols = (
            usual if usual in known else other for usual, other in ((rows, "unit"), (cols, "type"))
        )
        asked_rows = one_of("rows", query.get("rows") or rows, known)
        asked_cols = query.get("cols", cols) or ""
        if asked_cols:
            one_of("cols", asked_cols, known)
        narrow = tuple(
            (code, query[code]) for code in DIMENSIONS if code in known and query.get(code)
        )
        if asked_cols == asked_rows:
            asked_cols = ""
        return cls(on, of, basis, asked_rows, asked_cols, narrow=narrow)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the codes of the dimensions in use, rows first."""
        return (self.rows, self.cols) if self.cols else (self.rows,)

    @property
    def tells_ethnicity(self) -> bool:
        """Return whether the numbers say of which ethnic group people are."""
        return "ethnicity" in {*self.dimensions, *dict(self.narrow)}

    def query(self, *, without_table: bool = False) -> str:
        """Return the address's state; `without_table` for what does not divide it."""
        state = {"on": self.on.isoformat(), "of": self.of, "basis": self.basis}
        if not without_table:
            state |= {"rows": self.rows, "cols": self.cols}
        return urlencode({**state, **dict(self.narrow)})


def day_of(text: str, today: date) -> date:
    """Return the day an address names, else today.

    :raises NoSuchDay, DayToCome: when there is no such day, or not yet
    """
    if not text:
        return today
    try:
        on = DayField().clean(text) or today
    except ValidationError as error:
        raise NoSuchDay(value=text[:20]) from error
    if on > today:
        raise DayToCome(day=f"{on:%d/%m/%Y}")
    return on


def one_of(name: str, value: str, known: Mapping[str, object] | set[str]) -> str:
    """Return a value that is known.

    :raises NoSuchCount: when it is not
    """
    if value not in known:
        raise NoSuchCount(name=name, value=value[:40])
    return value
