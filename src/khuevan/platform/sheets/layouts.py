"""Layouts: the kinds of tables the apps know, and what of a sheet was recognized as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from django.utils.translation import override

from khuevan.kernel.vietnamese import fold
from khuevan.platform.sheets.faults import Text, column_letter
from khuevan.platform.sheets.header_keys import header_key
from khuevan.platform.sheets.reading import Cell, Row, Sheet

VALUE = re.compile(r"[0-9]{5}|[0-9]/[0-9]|^\s*[0-9]+\s*$")
PUT_ASIDE = -1  # rank of a column that a person said is not needed
LOOSE = 1000  # rank of a header that matches only without its diacritics


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a layout: its own header, others seen, how its cells are read."""

    name: str
    header: str
    label: Text
    kind: str = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    codes: str = ""
    max_length: int = 255
    splits_into: tuple[str, ...] = ()
    blank_fault: str = "sheets.blank"
    is_kept: bool = True
    """False for what the list says and the records have no place for: told before writing."""
    is_stand_in: bool = False
    """True for another way to say what a field says, as a tick for girls: read, not offered."""
    keeps_row: bool = False
    """True where a word that is not in the list leaves the cell out, and not the row."""
    title_word: str = ""
    """The word, as a pattern, behind which titles above the table tell what it is for all rows."""
    is_answer: bool = False
    """True for what the check itself asks: each list gets the column, and it is seen when asked."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Return every header this column is known under."""
        return (self.header, *self.aliases)


@dataclass(frozen=True, slots=True)
class ByValues:
    """Headers that may mean two things: another field, when the column's cells look like it."""

    headers: tuple[str, ...]
    looks_so: Callable[[Sequence[str]], bool]
    """Told by the texts of filled cells below the header; there is at least one."""
    name: str


@dataclass(frozen=True, eq=False)
class Layout:
    """A kind of table: its fields in the order in which we write them."""

    code: str
    label: Text
    fields: tuple[Field, ...]
    sheet_name: Text = ""
    """What the sheet of an empty list is called; short, for Excel takes 31 characters."""
    by_values: tuple[ByValues, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Return the fields by name."""
        return {item.name: item for item in self.fields}

    @cached_property
    def exact_headers(self) -> dict[str, tuple[str, int]]:
        """Return the field of each known header with its rank, the first when two claim it."""
        claims: dict[str, tuple[str, int]] = {}
        for item in self.fields:
            for rank, header in enumerate(item.headers):
                claims.setdefault(header_key(header), (item.name, rank))
        with override("vi"):  # what the pages call a field is known as its header too
            labels = [(item, header_key(str(item.label))) for item in self.fields]
        for item, key in labels:
            claims.setdefault(key, (item.name, len(item.headers)))
        return claims

    @cached_property
    def loose_headers(self) -> dict[str, tuple[str, int]]:
        """Return the field of each known header without diacritics, where only one claims it."""
        claims: dict[str, set[str]] = {}
        for key, (name, _rank) in self.exact_headers.items():
            claims.setdefault(fold(key), set()).add(name)
        return {key: (min(names), LOOSE) for key, names in claims.items() if len(names) == 1}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet and the field it was matched with, if any.

    The rank says how well: 0 by the field's own header or by a person, then alias by alias.
    """

    index: int
    header: str
    field: str = ""
    rank: int = 0

    @property
    def is_sure(self) -> bool:
        """Say whether the header matches letter by letter."""
        return self.rank < LOOSE

    @property
    def is_unread(self) -> bool:
        """Say whether its header is of no field, and nobody said that it is not needed."""
        return bool(self.header) and not self.field and self.rank != PUT_ASIDE

    @property
    def letter(self) -> str:
        """Return the letters a spreadsheet program shows."""
        return column_letter(self.index)


@dataclass(frozen=True)
class Recognized:
    """A sheet understood as a table of a layout, as far as its headers tell."""

    layout: Layout
    sheet: Sheet
    header_rows: tuple[int, int]
    columns: tuple[Column, ...]
    ambiguous: tuple[tuple[str, tuple[Column, ...]], ...] = ()

    @cached_property
    def matched(self) -> dict[str, Column]:
        """Return the column of each matched field."""
        return {column.field: column for column in self.columns if column.field}

    @property
    def unknown(self) -> tuple[Column, ...]:
        """Return the columns that no field claims."""
        return tuple(column for column in self.columns if not column.field)

    @property
    def missing(self) -> tuple[Field, ...]:
        """Return the required fields without a column."""
        return _missing(self.layout, self.matched)

    @property
    def title_rows(self) -> list[Row]:
        """Return the rows above the header."""
        return list(takewhile(lambda row: row.number < self.header_rows[0], self.sheet.rows))


def is_value(cell: Cell) -> bool:
    """Tell a number, a date or a code from the words of a header."""
    return not isinstance(cell, str) or VALUE.search(cell) is not None


def text_at(row: Row, index: int) -> Cell:
    """Return a cell, blank beyond the end of the row."""
    return row.cells[index] if index < len(row.cells) else ""


def _missing(layout: Layout, matched: Mapping[str, Column]) -> tuple[Field, ...]:
    return tuple(
        item
        for item in layout.fields
        if item.required
        and item.name not in matched
        and not (item.splits_into and all(part in matched for part in item.splits_into))
    )
