"""What may stand in a cell: read from what was typed on a keypad or keyboard, and written.

`75` is 7,5, `10` is 10, `05` is 0,5; a comma or a point may stand between.
"""

from __future__ import annotations

import re

from khuevan.kernel.vietnamese import fold
from khuevan.school.gradebooks.errors import NoSuchLevel, NoSuchMark, NoSuchTest
from khuevan.school.gradebooks.slots import Content, Word
from khuevan.ui.formats import tenths

TOP = 100
_WHOLE = re.compile(r"[0-9]|10")
_KEYPAD = re.compile(r"[0-9]{2}|100")
_DECIMAL = re.compile(r"([0-9]|10)[.,]([0-9])")
_WORDS = {
    "": Word.CLEARED,
    "-": Word.CLEARED,
    "b": Word.MAKE_UP_DUE,
    "bu": Word.MAKE_UP_DUE,
    "m": Word.EXEMPT,
    "mien": Word.EXEMPT,
}
_LETTERS: dict[Content, dict[str, int]] = {
    Content.VERDICT: {"d": 1, "dat": 1, "1": 1, "cd": 0, "c": 0, "chua dat": 0, "0": 0},
    Content.LEVEL: {"t": 3, "3": 3, "h": 2, "2": 2, "c": 1, "1": 1},
    Content.TRAIT: {"t": 3, "3": 3, "d": 2, "2": 2, "c": 1, "1": 1},
}
_WRITTEN: dict[Content, dict[int, str]] = {
    Content.VERDICT: {1: "Đ", 0: "CĐ"},
    Content.LEVEL: {3: "T", 2: "H", 1: "C"},
    Content.TRAIT: {3: "T", 2: "Đ", 1: "C"},
}
_SAID = {Word.CLEARED: "", Word.MAKE_UP_DUE: "bù", Word.EXEMPT: "M"}


def read_cell(content: Content, typed: str) -> int:
    """Return what was typed into a cell as its value.

    :raises NoSuchMark, NoSuchTest, NoSuchLevel:
    """
    text = fold(typed).strip()
    if text in _WORDS:
        return _WORDS[text]
    if content in _LETTERS:
        value = _LETTERS[content].get(text)
        if value is None:
            raise NoSuchLevel(typed=typed, known=", ".join(_WRITTEN[content].values()))
        return value
    if content is Content.TEST:
        if not _WHOLE.fullmatch(text):
            raise NoSuchTest(typed=typed)
        return int(text) * 10
    value = _mark(text)
    if value is None:
        raise NoSuchMark(typed=typed)
    return value


def _mark(text: str) -> int | None:
    if _WHOLE.fullmatch(text):
        return int(text) * 10
    if _KEYPAD.fullmatch(text):
        return int(text)
    found = _DECIMAL.fullmatch(text)
    value = int(found[1]) * 10 + int(found[2]) if found else TOP + 1
    return value if value <= TOP else None


def fits(content: Content, value: int) -> bool:
    """Return whether a value may stand in a cell of a column."""
    if value in set(Word):
        return True
    if content in _WRITTEN:
        return value in _WRITTEN[content]
    return 0 <= value <= TOP and (content is not Content.TEST or value % 10 == 0)


def write_cell(content: Content, value: int | None) -> str:
    """Return a cell's value as it is shown: 75 is 7,5."""
    if value is None:
        return ""
    if value < 0:
        return _SAID[Word(value)]
    return _WRITTEN[content][value] if content in _WRITTEN else tenths(value)
