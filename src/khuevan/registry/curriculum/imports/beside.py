"""The code lists beside vnEdu's list of lessons: names of the timetable, and names of vnEdu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khuevan.platform.sheets.api import Beside, Sheet, cell_text, header_key, text_at
from khuevan.registry.curriculum.imports.names import CLASS, SUBJECT

PAIRS = {
    (header_key("MonTKB"), header_key("MonVNEDU")): SUBJECT,
    (header_key("LopTKB"), header_key("LopVNEDU")): CLASS,
}
HEADER_ROWS = 5
MOST = 2000


def beside(sheets: Sequence[Sheet]) -> Beside:
    """Return each pair of names both ways: a school may have its classes under either."""
    found = [pair for sheet in sheets for pair in _pairs(sheet)]
    return [*found, *((kind, other, word) for kind, word, other in found)][:MOST]


def _pairs(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for place, row in enumerate(sheet.rows[:HEADER_ROWS]):
        keys = [header_key(cell_text(cell)) for cell in row.cells]
        for (one, other), kind in PAIRS.items():
            if one in keys and other in keys:
                first, second = keys.index(one), keys.index(other)
                for told in sheet.rows[place + 1 :]:
                    words = cell_text(text_at(told, first)), cell_text(text_at(told, second))
                    if all(words) and words[0] != words[1]:
                        yield kind, *words
                return
