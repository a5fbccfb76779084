"""People's names: capitals repaired, old fonts and notes on a person told."""

from __future__ import annotations

import re

from khuevan.kernel.vietnamese import title_name
from khuevan.platform.sheets.faults import Problem, Severity
from khuevan.platform.sheets.layouts import Field
from khuevan.platform.sheets.parsing.base import Context, Parsed, cell_text, parse_text
from khuevan.platform.sheets.reading import Cell

OLD_FONT = re.compile("[¨©ª®¸µ¶·¹»¼½¾¬¦§¢£¤¥]")  # TCVN3 and VNI letters seen as Latin-1
NOT_IN_A_NAME = re.compile(r"[^\w\s'’.,\-·]|_")
NOTE_ON_A_PERSON = re.compile(
    r"\s*[(\[][^)\]]*[)\]]\s*$|[\s,–-]+(?:đã mất|đã chết)\s*$", re.IGNORECASE
)
DIGIT = re.compile(r"\d")


def parse_name(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read a person's name, or a part of one; repair capitals."""
    parsed = parse_text(cell, item, context)
    text = parsed.value
    if text is None:
        return parsed
    if OLD_FONT.search(text):
        return Parsed(problem=Problem("sheets.name_old_font"))
    if DIGIT.search(text):
        return Parsed(problem=Problem("sheets.name_digits"))
    strange = NOT_IN_A_NAME.search(text)
    if strange:
        return Parsed(problem=Problem("sheets.name_strange", {"sign": strange.group()}))
    return Parsed(title_name(text))


def parse_relative_name(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read a parent's name; a note on the person is left off, and said to be."""
    text = cell_text(cell)
    note = NOTE_ON_A_PERSON.search(text)
    bare = text[: note.start()].strip() if note else text
    if not note or not bare:
        return parse_name(cell, item, context)
    parsed = parse_name(bare, item, context)
    told = note.group().strip(" ()[]-–,")
    dropped = Problem("sheets.name_note_dropped", {"note": told}, Severity.WARNING)
    return Parsed(parsed.value, parsed.problem or dropped)


def parse_full_name(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read a full name; a single word is doubtful."""
    parsed = parse_name(cell, item, context)
    if parsed.value and " " not in parsed.value:
        return Parsed(parsed.value, Problem("sheets.name_one_word", severity=Severity.WARNING))
    return parsed
