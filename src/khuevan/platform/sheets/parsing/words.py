"""Cells that choose a word: sex, a tick, an entry of a code list."""

from __future__ import annotations

import re

from khuevan.kernel.vietnamese import fold
from khuevan.platform.sheets.code_lists import CodeList
from khuevan.platform.sheets.faults import Problem
from khuevan.platform.sheets.layouts import Field
from khuevan.platform.sheets.parsing.base import Context, Parsed, cell_text
from khuevan.platform.sheets.reading import Cell

MALE_WORDS = frozenset(("nam", "trai", "1", "m", "male", "boy"))
FEMALE_WORDS = frozenset(("nu", "gai", "0", "f", "female", "girl"))
MANY = re.compile(r"[;|\n]")
YES_WORDS = frozenset(("x", "co", "c", "1", "v", "dung", "true", "yes", "y", "✓", "✔", "☑"))
NO_WORDS = frozenset(("", "khong", "k", "ko", "0", "sai", "false", "no", "n", "-"))
NONE_WORDS = NO_WORDS | {"khong co", "khong thuoc dien", "khong thuoc doi tuong", "khong uu tien"}


def parse_sex(cell: Cell, _item: Field, _context: Context) -> Parsed:
    """Read MALE or FEMALE; a lone N may be either word."""
    if isinstance(cell, bool):
        return Parsed(problem=Problem("sheets.sex_unknown"))
    word = fold(cell_text(cell)).strip(" .")
    if word in MALE_WORDS:
        return Parsed("MALE")
    if word in FEMALE_WORDS:
        return Parsed("FEMALE")
    code = "sheets.sex_unclear" if word == "n" else "sheets.sex_unknown"
    return Parsed(problem=Problem(code))


def parse_yes_no(cell: Cell, _item: Field, _context: Context) -> Parsed:
    """Read a box that is ticked, or a yes or no."""
    if isinstance(cell, bool):
        return Parsed(cell)
    word = fold(cell_text(cell)).strip(" .")
    if word in YES_WORDS:
        return Parsed(value=True)
    if word in NO_WORDS:
        return Parsed(value=False)
    return Parsed(problem=Problem("sheets.yes_no_unknown"))


def parse_many(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read several entries of a code list, parted by semicolons or lines; a no means none."""
    text = cell_text(cell)
    if fold(text).strip(" .") in NONE_WORDS:
        return Parsed(())
    found: list[str] = []
    for part in filter(None, map(str.strip, MANY.split(str(cell) if "\n" in str(cell) else text))):
        known = context.codes.get(item.codes) or CodeList(())
        words = [part] if known.find(part) else [one.strip() for one in part.split(",")]
        for word in words:
            parsed = parse_listed(word, item, context)
            if parsed.problem is not None:
                return parsed
            found.append(parsed.value)
    return Parsed(tuple(dict.fromkeys(found)))


def parse_listed(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read an entry of a code list by its code, name or another name it goes by."""
    text = cell_text(cell)
    known = context.codes.get(item.codes) or CodeList(())
    code = known.find(text)
    if code is not None:
        return Parsed(code)
    near = known.nearest(text)
    problem = Problem(known.fault, {"choices": known.summary}, suggestion=near)
    return Parsed(problem=problem)
