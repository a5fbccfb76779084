"""What a file is that is not the list it was brought as: told before anything is misread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khuevan.platform.sheets.errors import AnotherList, NoHeader, OldFont
from khuevan.platform.sheets.importers import Importer, importers
from khuevan.platform.sheets.layouts import Recognized
from khuevan.platform.sheets.reading import Sheet
from khuevan.platform.sheets.recognition import SEARCHED_ROWS, recognize_all

CLEARLY = 2
"""How many columns more another kind of list must explain."""
OLD_FONT = re.compile(
    r"Hä (?:vµ )?tªn|Ngµy sinh|\bLíp\b|Giíi t[ÝƯ]nh|D©n téc"
    r"|Hoï (?:vaø )?teân|Ngaøy sinh|\bLôùp\b|Giôùi tính|Daân toäc"
)
"""Headers as Unicode shows them that were typed in TCVN3, or in VNI."""


def require_fit(importer: Importer, sheets: Sequence[Sheet], found: Sequence[Recognized]) -> None:
    """Refuse a file whose columns say that it is something else.

    :raises AnotherList: when another kind of list explains clearly more columns
    :raises OldFont: when no header is known, because of the letters of an old font
    :raises NoHeader: when no header is known
    """
    if found and all(_is_plain(one) for one in found):
        return
    own = max((len(one.matched) for one in found), default=0)
    lists = [
        one
        for other in importers
        if other is not importer
        for one in recognize_all(sheets, other.layouts)
        if not one.missing and len(one.matched) >= own + CLEARLY
    ]
    if lists:
        best = max(lists, key=lambda one: len(one.matched))
        raise AnotherList(list=best.layout.label)
    if not found:
        if any(OLD_FONT.search(text) for text in _first_texts(sheets)):
            raise OldFont
        needed = [item.header for item in importer.layouts[0].fields if item.required]
        raise NoHeader(columns=", ".join(needed))


def _is_plain(found: Recognized) -> bool:
    """Tell a list most of whose columns are known: nothing else need be tried."""
    headers = [column for column in found.columns if column.header]
    return not found.missing and len(found.matched) * 2 > len(headers)


def _first_texts(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        for row in sheet.rows[:SEARCHED_ROWS]:
            yield from (cell for cell in row.cells if isinstance(cell, str))
