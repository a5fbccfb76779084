"""A row by its matched columns: each cell as its field wants it, faults with their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from khuevan.kernel.vietnamese import normalize
from khuevan.platform.sheets.faults import Fault, Problem, Severity
from khuevan.platform.sheets.layouts import Field, Recognized, text_at
from khuevan.platform.sheets.parsing.base import (
    Context,
    Parsed,
    Parser,
    cell_text,
    parse_code,
    parse_integer,
    parse_text,
)
from khuevan.platform.sheets.parsing.dates import parse_birth_date, parse_date, parse_year
from khuevan.platform.sheets.parsing.names import (
    parse_full_name,
    parse_name,
    parse_relative_name,
)
from khuevan.platform.sheets.parsing.numbers import fitting, parse_personal_number, parse_phone
from khuevan.platform.sheets.parsing.words import parse_listed, parse_many, parse_sex, parse_yes_no
from khuevan.platform.sheets.reading import Cell, Row


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A data row: values by field name, and everything wrong with it."""

    number: int
    values: dict[str, Any]
    faults: tuple[Fault, ...]
    cells: Sequence[Cell] = ()
    """The row as the file has it, for faults that only a comparison finds."""

    def told(self, name: str, recognized: Recognized) -> str:
        """Return the text of the cell that a field was read from, as a person reads it."""
        column = recognized.matched.get(name)
        if column is None or column.index >= len(self.cells):
            return ""
        return cell_text(self.cells[column.index])

    @property
    def has_errors(self) -> bool:
        """Say whether the row can't go in."""
        return any(fault.is_error for fault in self.faults)


def parse_row(row: Row, recognized: Recognized, context: Context) -> ParsedRow:
    """Read a data row by the matched columns."""
    values: dict[str, Any] = {}
    found = []
    for name, column in recognized.matched.items():
        cell = text_at(row, column.index)
        parsed = context.read.get((name, cell)) if isinstance(cell, str) else None
        if parsed is None:
            parsed = parse_cell(cell, recognized.layout.by_name[name], context)
            if isinstance(cell, str):  # a number is not kept: 1, 1.0 and true would be one
                context.read[name, cell] = parsed
        values[name] = parsed.value
        if parsed.problem is not None:
            found.append((parsed.problem, name, cell))
    faults = [
        locate(fitting(problem, values), row.number, recognized, name, cell)
        for problem, name, cell in found
    ]
    return ParsedRow(row.number, values, tuple(faults), row.cells)


def parse_cell(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read one cell as its field wants it."""
    if _is_blank(cell):
        blank = Problem(item.blank_fault) if item.required else None
        return Parsed(False if item.kind in {"yes_no", "mark"} else None, blank)
    parsed = PARSERS[item.kind](cell, item, context)
    if parsed.problem is not None and item.keeps_row:
        return Parsed(problem=_left_out(parsed.problem, cell_text(cell)))
    return parsed


def _left_out(problem: Problem, text: str) -> Problem:
    """Return the warning for a word no list has; the number of a decree is no slip of the pen."""
    near = "" if any(sign.isdigit() for sign in text) else problem.suggestion
    return replace(problem, code="sheets.word_left_out", severity=Severity.WARNING, suggestion=near)


def _is_blank(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    return not cell[:1].isalnum() and not normalize(cell)


def locate(
    problem: Problem, row: int, recognized: Recognized, name: str = "", cell: Cell = ""
) -> Fault:
    """Say where a problem stands."""
    column = recognized.matched.get(name)
    return Fault(
        code=problem.code,
        sheet=recognized.sheet.name,
        row=row,
        severity=problem.severity,
        field_name=name,
        column=column.index if column else -1,
        column_name=column.header if column else "",
        value=cell_text(cell)[:200],
        suggestion=problem.suggestion,
        params=problem.params,
    )


PARSERS: dict[str, Parser] = {
    "text": parse_text,
    "ordinal": parse_text,
    "code": parse_code,
    "name": parse_name,
    "full_name": parse_full_name,
    "relative_name": parse_relative_name,
    "date": parse_date,
    "birth_date": parse_birth_date,
    "year": parse_year,
    "sex": parse_sex,
    "yes_no": parse_yes_no,
    "mark": parse_yes_no,
    "integer": parse_integer,
    "phone": parse_phone,
    "listed": parse_listed,
    "many": parse_many,
    "personal_number": parse_personal_number,
}
