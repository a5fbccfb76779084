"""Cells of files as values: as they are written, for a file has no keypad."""

from __future__ import annotations

from khuevan.kernel.errors import DomainError
from khuevan.school.gradebooks.cells import read_cell
from khuevan.school.gradebooks.slots import Content, Word

NOTHING = frozenset({"", "-", "–", "x"})


class Unread(ValueError):
    """What stands in the cell is no mark and no level."""


def read_written(content: Content, text: str) -> int | None:
    """Return the value that a cell of a file holds; None where it holds none.

    On a keypad 75 is 7,5; in a file nobody can know, so it is refused.

    :raises Unread:
    """
    told = text.strip()
    if told.lower() in NOTHING:
        return None
    is_number = content in {Content.SCORE, Content.TEST}
    if is_number and told.isdecimal() and told != "10" and len(told) > 1:
        raise Unread(text)
    try:
        value = read_cell(content, told)
    except DomainError as error:
        raise Unread(text) from error
    return None if value == Word.CLEARED else value
