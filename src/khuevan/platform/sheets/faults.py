"""Faults as data: what is wrong in which cell, why, and what to do; told in the reader's language.

A fault is stored as a code with parameters. Apps register the sentences of their own codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.registry import Registry

Text = str | Promise
MEANT = "%(suggestion)s"
Params = Mapping[str, str | int]


LOST_ZERO = "sheets.number_lost_zero"


class Severity(StrEnum):
    """An error keeps a row out; a warning asks for a look."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True, slots=True)
class FaultText:
    """Why a cell is refused and what next, with named placeholders."""

    reason: Text
    hint: Text = ""
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    """Parameters that are kept as codes, and what tells them in the reader's language."""


fault_texts: Registry[FaultText] = Registry("fault text")


@dataclass(frozen=True, slots=True)
class Problem:
    """What a parser found, before anyone knows where the value stood."""

    code: str
    params: Params = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one cell (or, without a column, in one row)."""

    code: str
    sheet: str
    row: int
    severity: Severity = Severity.ERROR
    field_name: str = ""
    column: int = -1
    column_name: str = ""
    value: str = ""
    suggestion: str = ""
    params: Params = field(default_factory=dict)

    @property
    def column_letter(self) -> str:
        """Return the letters a spreadsheet program shows over the column."""
        return column_letter(self.column) if self.column >= 0 else ""

    @property
    def is_error(self) -> bool:
        """Say whether the row can't go in."""
        return self.severity is Severity.ERROR

    @property
    def lacks_zeros(self) -> bool:
        """Say whether its number lost zeros, and which one it was is known."""
        return self.code == LOST_ZERO and bool(self.suggestion) and self.column >= 0

    @property
    def place(self) -> str:
        """Say where: row and column."""
        return place_of(self.row, self.column)

    @property
    def reason(self) -> str:
        """Say why."""
        return self._filled("reason")

    @property
    def hint(self) -> str:
        """Say what next; what the cell may mean comes first, where no sentence tells it."""
        hint, told = self._filled("hint"), fault_texts.get(self.code)
        if not self.suggestion or MEANT in str(told.reason) or MEANT in str(told.hint):
            return hint
        meant = _("Is it “%(suggestion)s”?") % {"suggestion": self.suggestion}
        return f"{meant} {hint}".strip()

    @property
    def sentence(self) -> str:
        """Say where, why and what next in one line."""
        return str(_("%(place)s: %(reason)s %(hint)s")).strip() % {
            "place": self.place,
            "reason": self.reason,
            "hint": self.hint,
        }

    def to_data(self) -> dict[str, Any]:
        """Return plain data to store; sentences are made again when read."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the fault stored by `to_data`."""
        return cls(**{**data, "severity": Severity(data["severity"])})

    def _filled(self, part: str) -> str:
        told = fault_texts.get(self.code)
        text: Text = getattr(told, part)
        known = {"value": self.value, "suggestion": self.suggestion, **self.params}
        known |= {name: say(str(known.get(name, ""))) for name, say in told.words.items()}
        return str(text) % known if text else ""


def place_of(row: int, column: int) -> str:
    """Say where a cell is, or a row when its column is below zero."""
    if column < 0:
        return _("Row %(row)d") % {"row": row}
    return _("Row %(row)d, column %(column)s") % {"row": row, "column": column_letter(column)}


def column_letter(index: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    letters = ""
    index += 1
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """All faults of one kind in one column."""

    code: str
    column_name: str
    severity: Severity
    faults: tuple[Fault, ...]

    @property
    def count(self) -> int:
        """Count the cells."""
        return len(self.faults)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Sort as a person walks the sheet: by sheet, row, column; errors first in a cell."""
    return sorted(faults, key=lambda f: (f.sheet, f.row, f.column, f.severity, f.code))


def group_faults(faults: Iterable[Fault]) -> list[FaultGroup]:
    """Group faults by kind and column, errors first, then the most frequent."""

    def kind(fault: Fault) -> tuple[str, str, str]:
        return fault.severity, fault.code, fault.column_name

    ordered = sorted(in_order(faults), key=kind)
    groups = [
        FaultGroup(code, name, Severity(severity), tuple(same))
        for (severity, code, name), same in groupby(ordered, key=kind)
    ]
    return sorted(groups, key=lambda g: (g.severity, -g.count, g.code, g.column_name))


def faults_by_row(faults: Iterable[Fault]) -> dict[tuple[str, int], list[Fault]]:
    """Return the faults of each row, in column order."""
    by_row: dict[tuple[str, int], list[Fault]] = {}
    for fault in in_order(faults):
        by_row.setdefault((fault.sheet, fault.row), []).append(fault)
    return by_row
