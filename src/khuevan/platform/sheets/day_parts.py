"""One date in three columns, Ngày | Tháng | Năm below one heading, read as a column of dates."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from khuevan.platform.sheets.header_keys import header_key
from khuevan.platform.sheets.layouts import is_value, text_at
from khuevan.platform.sheets.parsing.base import cell_text
from khuevan.platform.sheets.reading import Cell, Row, Sheet

PARTS = ("ngày", "tháng", "năm")
SEARCHED = 40  # filled rows among which such a heading is looked for
PLAIN = re.compile(r"\d{1,2}")


def whole_days(sheet: Sheet) -> Sheet:
    """Return the sheet with each such date whole in its first column; any other as it is.

    The heading above then names that column alone. A first column that holds more than a day of
    the month says the date itself, as where a person mended it there.
    """
    for place, (upper, lower) in enumerate(
        zip(sheet.rows[:SEARCHED], sheet.rows[1:], strict=False)
    ):
        firsts = _firsts(upper, lower)
        if firsts:
            headings = Row(lower.number, _without(lower.cells, firsts, width=len(PARTS)))
            rows = [*sheet.rows[: place + 1], headings, *_joined(sheet.rows[place + 2 :], firsts)]
            return dataclasses.replace(
                sheet,
                rows=[row for row in rows if any(cell != "" for cell in row.cells)],
                merges=tuple(
                    merge
                    for merge in sheet.merges
                    if not (merge.top <= upper.number <= merge.bottom and merge.left in firsts)
                ),
            )
    return sheet


def _firsts(upper: Row, lower: Row) -> list[int]:
    """Return the first columns of the dates that two rows of headings speak of."""
    if lower.number != upper.number + 1:
        return []
    keys = [header_key(cell) if isinstance(cell, str) else "" for cell in lower.cells]
    return [
        index
        for index in range(len(keys) - len(PARTS) + 1)
        if tuple(keys[index : index + len(PARTS)]) == PARTS and _spans(upper, index)
    ]


def _spans(upper: Row, index: int) -> bool:
    heading = text_at(upper, index)
    after = {text_at(upper, index + part) for part in range(1, len(PARTS))}
    return heading != "" and not is_value(heading) and after <= {"", heading}


def _joined(rows: Sequence[Row], firsts: Sequence[int]) -> list[Row]:
    joined = []
    for row in rows:
        cells = list(row.cells)
        for index in firsts:
            parts = [text_at(row, index + part) for part in range(len(PARTS))]
            if any(part != "" for part in parts[1:]):
                cells[index] = _day(parts)
        joined.append(Row(row.number, _without(cells, [one + 1 for one in firsts], width=2)))
    return joined


def _day(parts: Sequence[Cell]) -> Cell:
    first = cell_text(parts[0])
    if first and not PLAIN.fullmatch(first):
        return parts[0]
    return "/".join(text for part in parts if (text := cell_text(part)))


def _without(cells: Sequence[Cell], firsts: Sequence[int], *, width: int) -> list[Cell]:
    gone = {index + part for index in firsts for part in range(width)}
    return ["" if index in gone else cell for index, cell in enumerate(cells)]
