"""Cuts the data rows out of a recognized sheet; whatever is left out is listed with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from khuevan.kernel.vietnamese import fold
from khuevan.platform.sheets.header_keys import header_key
from khuevan.platform.sheets.layouts import Layout, Recognized, is_value, text_at
from khuevan.platform.sheets.reading import Row

FILLED_DOWN = 2000  # rows over which a cell merged downwards is repeated at most

FOOTER = re.compile(
    r"\W*(?:tong (?:so|cong)|nguoi lap|(?:pho )?hieu truong|thu truong|xac nhan|\(?ky\b|ky ten"
    r"|danh sach (?:nay|co|gom)|an dinh|ghi chu\b|.*\bngay\W.*\bthang\W.*\bnam\b)"
)
COLUMN_NUMBER = re.compile(r"\(?\s*(?:[0-9]{1,2}|[A-Z])\s*\)?")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A filled row that is no data, and why: REPEATED_HEADER, COLUMN_NUMBERS or OUTSIDE."""

    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """The data rows below a header, and the rows left out: none disappears unnamed."""

    rows: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def table_of(recognized: Recognized) -> Table:
    """Cut the data rows out of the sheet."""
    table = Table()
    matched = recognized.matched
    ordinal = {c.index for name, c in matched.items() if _kind(recognized, name) == "ordinal"}
    data = {column.index for column in matched.values()} - ordinal
    expected = {c.index for name, c in matched.items() if name in _required(recognized.layout)}
    keys = {column.index: header_key(column.header) for column in matched.values()}
    previous = recognized.header_rows[1]
    for row in _filled_down(recognized):
        if row.number <= recognized.header_rows[1] or _is_only_numbered(row, ordinal):
            continue
        reason = _why_no_data(row, keys, data, expected, is_after_gap=row.number > previous + 1)
        if reason:
            table.skipped.append(Skipped(row, reason))
        else:
            table.rows.append(row)
            previous = row.number
    return table


def _required(layout: Layout) -> set[str]:
    """Return the names of the required fields and of the parts that may stand for them."""
    required = [item for item in layout.fields if item.required]
    return {name for item in required for name in (item.name, *item.splits_into)}


def _is_only_numbered(row: Row, ordinal: set[int]) -> bool:
    """Tell a prepared row, numbered but not filled."""
    filled = [index for index, cell in enumerate(row.cells) if cell != ""]
    return all(index in ordinal and is_value(row.cells[index]) for index in filled)


def _kind(recognized: Recognized, name: str) -> str:
    return recognized.layout.by_name[name].kind


def _filled(row: Row, indexes: Iterable[int]) -> int:
    return sum(1 for index in indexes if text_at(row, index) != "")


def _filled_down(recognized: Recognized) -> Iterable[Row]:
    """Yield the rows with cells merged downwards repeated in each row they cover."""
    down = {
        (number, merge.left): merge.top
        for merge in recognized.sheet.merges
        if merge.left == merge.right and merge.top > recognized.header_rows[1]
        for number in range(merge.top + 1, min(merge.bottom, merge.top + FILLED_DOWN) + 1)
    }
    if not down:
        return recognized.sheet.rows
    tops = {row.number: row for row in recognized.sheet.rows}
    columns = sorted({left for _, left in down})
    return [_with_merged(row, columns, down, tops) for row in recognized.sheet.rows]


def _with_merged(
    row: Row, columns: list[int], down: Mapping[tuple[int, int], int], tops: Mapping[int, Row]
) -> Row:
    cells = list(row.cells)
    for index in columns:
        top = tops.get(down.get((row.number, index), 0))
        if top is not None:
            cells += [""] * (index + 1 - len(cells))
            cells[index] = text_at(top, index)
    return Row(row.number, cells)


def _why_no_data(
    row: Row,
    keys: Mapping[int, str],
    data: set[int],
    expected: set[int],
    *,
    is_after_gap: bool,
) -> str:
    texts = {index: text_at(row, index) for index in keys if text_at(row, index) != ""}
    same = sum(header_key(str(text)) == keys[index] for index, text in texts.items())
    if same >= 2 and same * 2 > len(texts):
        return "REPEATED_HEADER"
    if len(texts) >= 3 and all(COLUMN_NUMBER.fullmatch(str(text)) for text in texts.values()):
        return "COLUMN_NUMBERS"
    return "OUTSIDE" if _is_outside(row, data, expected, is_after_gap=is_after_gap) else ""


def _is_outside(row: Row, data: set[int], expected: set[int], *, is_after_gap: bool) -> bool:
    """Tell totals and signatures: few cells, and their words or not those a row must have."""
    filled = _filled(row, data)
    if filled > 2 and expected and _filled(row, expected) == len(expected):
        return False  # a principal among the staff is no signature
    if filled > 2 and filled * 4 > len(data):
        return False
    if any(FOOTER.match(fold(str(cell))) for cell in row.cells):
        return True
    has_needed = bool(expected) and _filled(row, expected) * 2 >= len(expected)
    return not filled or (is_after_gap and not has_needed)
