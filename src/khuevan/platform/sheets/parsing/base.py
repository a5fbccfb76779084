"""What all parsers share: what they may know, what they return, how a cell reads as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from khuevan.kernel.vietnamese import normalize
from khuevan.platform.sheets.code_lists import CodeList
from khuevan.platform.sheets.faults import Problem
from khuevan.platform.sheets.layouts import Field
from khuevan.platform.sheets.reading import Cell


@dataclass(frozen=True, slots=True)
class Context:
    """What parsers may know besides the cell: the day, and the code lists by name."""

    today: date
    codes: Mapping[str, CodeList] = field(default_factory=dict)
    read: dict[tuple[str, str], Parsed] = field(default_factory=dict, compare=False)
    """What the texts of a list's columns meant so far: most of them come again."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, or None with the problem that stands in its way."""

    value: Any = None
    problem: Problem | None = None


FORMULA_SIGNS = ("=", "+", "@")
"""What no code begins with: the cell holds a formula that was never worked out."""

Parser = Callable[[Cell, Field, Context], Parsed]


def cell_text(cell: Cell) -> str:
    """Write a cell as a person reads it: whole numbers without ".0", dates dd/mm/yyyy."""
    if isinstance(cell, str):
        return normalize(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H:%M")
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def format_date(day: date) -> str:
    """Write a date as dd/mm/yyyy, years before 1000 with their zeros."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def parse_text(cell: Cell, item: Field, _context: Context) -> Parsed:
    """Read any text, within its length."""
    text = cell_text(cell)
    if len(text) > item.max_length:
        problem = Problem("sheets.too_long", {"count": len(text), "limit": item.max_length})
        return Parsed(problem=problem)
    return Parsed(text)


def parse_code(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read an official code as text, without blanks inside."""
    parsed = parse_text(cell, item, context)
    if not parsed.value:
        return parsed
    if parsed.value.startswith(FORMULA_SIGNS):
        return Parsed(problem=Problem("sheets.no_code"))
    return Parsed(parsed.value.replace(" ", ""))


def parse_integer(cell: Cell, _item: Field, _context: Context) -> Parsed:
    """Read a whole number."""
    text = cell_text(cell)
    if re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        return Parsed(int(text))
    return Parsed(problem=Problem("sheets.not_whole_number"))
