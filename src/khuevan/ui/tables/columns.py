"""Columns of a list: a plain value for files and sorting, a cell for the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.utils import timezone
from django.utils.functional import Promise

from khuevan.ui import formats

R = TypeVar("R")
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Pill:
    """A status: one of five tones, an icon and a word."""

    tone: str
    icon: str
    label: Text


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: a text, a pill, or words saying that nothing is there."""

    value: Any = ""
    css: str = ""
    pill: Pill | None = None
    none: Text = ""
    named: Text = ""
    """What a phone, which shows no headings, says before it."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column. `order` names the fields it sorts by, the last one unique."""

    key: str
    label: Text
    value: Callable[[R], Any]
    """The plain value: text, number, date or None. Files hold this."""
    cell: Callable[[R], Cell] | None = None
    """What the page shows instead of the plain value written out."""
    order: tuple[str, ...] = ()
    align: str = ""
    """`r` for numbers, `c` for marks, nothing for words."""
    css: str = ""
    width: int = 16
    """Characters, in a spreadsheet."""
    is_extra: bool = False
    """Left out until the reader asks for it."""
    in_file: bool = True
    is_named: bool = False
    """Bare numbers and days: a phone says the heading before each."""

    def draw(self, row: R) -> Cell:
        """Return the cell of a row."""
        cell = self.cell(row) if self.cell is not None else self._plain_cell(row)
        return replace(cell, named=self.label) if self.is_named else cell

    def _plain_cell(self, row: R) -> Cell:
        value = self.value(row)
        if value is None or value == "":
            return Cell(none=formats.NOTHING, css=self._css())
        return Cell(value=plain_text(value), css=self._css())

    def _css(self) -> str:
        return " ".join(filter(None, ("num" if self.align == "r" else self.align, self.css)))


def local(value: datetime) -> datetime:
    """Return a moment as the clocks here showed it."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def plain_text(value: Any) -> str:
    """Return a plain value as people write it: 1.234, 29/12/2026."""
    if isinstance(value, datetime):
        return formats.moment(local(value))
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, int | float):
        return formats.number(value)
    return str(value)
