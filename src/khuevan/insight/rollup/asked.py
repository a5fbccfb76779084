"""What a count is asked for: day, what, basis, two dimensions, what narrows it; and its address."""

from __future__ import annotations

import re
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
    GUARDED,
    MANAGEMENT,
    MEASURES,
    PUPILS,
    UNKNOWN,
    offered,
)
from khuevan.kernel.errors import DomainError
from khuevan.ui.formats import day
from khuevan.ui.forms import DayField

_AGE = re.compile(r"[0-9]{1,4}")
_ROW = re.compile(r"[0-9]{1,18}")


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
        narrow = tuple((code, query[code]) for code in DIMENSIONS if query.get(code))
        for code, value in narrow:
            if code not in known:
                raise NoSuchCount(name=code, value=value[:40])
        require_age(dict(narrow).get("age", ""))
        if asked_cols == asked_rows:
            asked_cols = ""
        return cls(on, of, basis, asked_rows, asked_cols, narrow=narrow)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the codes of the dimensions in use, rows first."""
        return (self.rows, self.cols) if self.cols else (self.rows,)

    @property
    def codes(self) -> set[str]:
        """Return every dimension in use: what divides the count, and what narrows it."""
        return {*self.dimensions, *dict(self.narrow)}

    @property
    def is_guarded(self) -> bool:
        """Return whether the numbers say what only some may know of a single person."""
        return not self.codes.isdisjoint(GUARDED)

    def query(self, *, without_table: bool = False) -> str:
        """Return the address's state; `without_table` for what does not divide it."""
        state = {"on": self.on.isoformat(), "of": self.of, "basis": self.basis}
        if not without_table:
            state |= {"rows": self.rows, "cols": self.cols}
        return urlencode({**state, **dict(self.narrow)})


def without_misfits(query: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return an address without the conditions its measure doesn't have, and those conditions."""
    of = query.get("of") or PUPILS
    known = {one.code for one in offered(of)} if of in MEASURES else DIMENSIONS.keys()
    dropped = {code: query[code] for code in DIMENSIONS if code not in known and query.get(code)}
    return {name: value for name, value in query.items() if name not in dropped}, dropped


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
        raise DayToCome(day=day(on))
    return on


def require_age(value: str) -> None:
    """Refuse an age that is no number.

    :raises NoSuchCount:
    """
    if value and value != UNKNOWN and not _AGE.fullmatch(value):
        raise NoSuchCount(name="age", value=value[:40])


def row_after(text: str) -> int:
    """Return behind which row a list goes on.

    :raises NoSuchCount: when it is no number
    """
    if text and not _ROW.fullmatch(text):
        raise NoSuchCount(name="after", value=text[:40])
    return int(text or 0)


def one_of(name: str, value: str, known: Mapping[str, object] | set[str]) -> str:
    """Return a value that is known.

    :raises NoSuchCount: when it is not
    """
    if value not in known:
        raise NoSuchCount(name=name, value=value[:40])
    return value
