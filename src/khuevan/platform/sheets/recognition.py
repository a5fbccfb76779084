"""How a sheet is recognized by its header text, in any order of columns, below title rows.

Pure functions. What a person matched by hand comes in as a mapping and goes out as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from khuevan.kernel.vietnamese import fold, normalize
from khuevan.platform.sheets.day_parts import whole_days
from khuevan.platform.sheets.header_keys import FAULT_HEADER, header_key
from khuevan.platform.sheets.layouts import PUT_ASIDE, Column, Layout, Recognized, is_value, text_at
from khuevan.platform.sheets.reading import Merge, Row, Sheet

SEARCHED_ROWS = 40  # filled rows among which the header is looked for
HEADER_DEPTH = 3
LOOKED_AT = 60  # rows below a header whose cells may say what an unclear header means
FEWEST_MATCHES = 2
PART = 100  # added to the rank of a header known by one of its rows only
IGNORED = "-"  # in a mapping: a person said this column is not needed

BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
A_YEAR = re.compile(r"(?:năm học\s*)?\b20\d\d\s*[-–/]\s*(?:20)?\d\d\b|\bnăm học\b", re.IGNORECASE)
LEFT_OFF = (BRACKETS, A_YEAR)


def recognize(
    sheet: Sheet, known: Iterable[Layout], remembered: Mapping[str, str] | None = None
) -> Recognized | None:
    """Find the header and the layout it fits best; None if no layout fits.

    `remembered` maps header keys to field names (or IGNORED) and comes before every alias.
    """
    best: tuple[tuple[float, ...], Recognized] | None = None
    sheet = whole_days(sheet)
    for layout in known:
        for position in range(min(SEARCHED_ROWS, len(sheet.rows))):
            for depth in range(1, HEADER_DEPTH + 1):
                found = _try_header(sheet, layout, position, depth, remembered or {})
                score = _score(found, position, depth) if found else None
                if found and score and (best is None or score > best[0]):
                    best = score, found
    return best[1] if best else None


def recognize_all(
    sheets: Iterable[Sheet], known: Iterable[Layout], remembered: Mapping[str, str] | None = None
) -> list[Recognized]:
    """Recognize the sheets that hold data; code lists and notes beside them are left out."""
    known = list(known)
    found = [one for sheet in sheets if (one := recognize(sheet, known, remembered))]
    complete = [one for one in found if not one.missing and not one.sheet.is_hidden]
    if complete or not found:
        return complete
    best = max(found, key=_richness)
    return [one for one in found if one is best or _is_of_one_shape(one, best)]


def _is_of_one_shape(one: Recognized, best: Recognized) -> bool:
    """Tell a sheet of the same list, such as that of another class beside the best one."""
    return (
        not one.sheet.is_hidden
        and one.layout is best.layout
        and one.matched.keys() == best.matched.keys()
    )


def _try_header(
    sheet: Sheet, layout: Layout, position: int, depth: int, remembered: Mapping[str, str]
) -> Recognized | None:
    rows = sheet.rows[position : position + depth]
    if len(rows) < depth or (depth > 1 and not _are_stacked(rows)):
        return None
    if _goes_on(rows[-1], sheet.rows[position + depth : position + depth + 1], sheet.merges):
        return None
    found = _match(sheet, layout, position, depth, remembered)
    required = {item.name for item in layout.fields if item.required}
    has_required = bool(required - {item.name for item in found.missing})
    return found if has_required and len(found.matched) >= FEWEST_MATCHES else None


def _are_stacked(rows: Sequence[Row]) -> bool:
    """Tell a header of several rows from a header with a data row below it."""
    if rows[-1].number != rows[0].number + len(rows) - 1:
        return False
    if any(is_value(cell) for row in rows for cell in row.cells):
        return False
    width = max(len(row.cells) for row in rows)
    full = sum(all(text_at(row, index) != "" for row in rows) for index in range(width))
    return full * 2 <= width


def _goes_on(last: Row, after: Sequence[Row], merges: Sequence[Merge]) -> bool:
    """Tell whether a heading merged over several columns has its own headings in the next row."""
    if not after or not _are_stacked([last, *after]):
        return False
    return any(
        sum(text_at(after[0], index) != "" for index in range(merge.left, merge.right + 1)) > 1
        for merge in merges
        if merge.top == merge.bottom == last.number and merge.right - merge.left < 100
    )


def _score(found: Recognized, position: int, depth: int) -> tuple[float, ...]:
    sure = sum(1 for column in found.columns if column.field and column.is_sure)
    return (-len(found.missing), len(found.matched), sure, -depth, -position)


def _richness(found: Recognized) -> tuple[bool, int, int, int]:
    return (
        not found.sheet.is_hidden,
        -len(found.missing),
        len(found.matched),
        len(found.sheet.rows),
    )


def _match(
    sheet: Sheet, layout: Layout, position: int, depth: int, remembered: Mapping[str, str]
) -> Recognized:
    rows = sheet.rows[position : position + depth]
    headers = _headers(rows, sheet.merges)
    claims = [_claim(layout, parts, remembered) for parts in headers]
    columns = [
        Column(index, " ".join(parts), *claim)
        for index, (parts, claim) in enumerate(zip(headers, claims, strict=True))
        if parts and header_key(parts[-1]) != header_key(FAULT_HEADER)
    ]
    columns = _by_values(layout, columns, remembered, sheet.rows[position + depth :])
    columns = _split_names(layout, columns, headers, sheet.rows[position + depth :])
    columns, ambiguous = _settle(columns)
    return Recognized(
        layout, sheet, (rows[0].number, rows[-1].number), tuple(columns), tuple(ambiguous)
    )


def _by_values(
    layout: Layout, columns: list[Column], remembered: Mapping[str, str], below: Sequence[Row]
) -> list[Column]:
    """Give a column whose header may mean two things to the field that its cells look like."""
    known = {header_key(header): one for one in layout.by_values for header in one.headers}
    return [
        Column(column.index, column.header, entry.name, column.rank)
        if (entry := known.get(key := header_key(column.header)))
        and key not in remembered
        and (texts := _texts(below, column.index))
        and entry.looks_so(texts)
        else column
        for column in columns
    ]


def _texts(rows: Sequence[Row], index: int) -> list[str]:
    """Return the first filled cells of a column, as text."""
    filled = (cell for row in rows[:LOOKED_AT] if (cell := text_at(row, index)) != "")
    return [normalize(str(cell)) for cell in filled]


def _headers(rows: Sequence[Row], merges: Sequence[Merge]) -> list[list[str]]:
    """Return, for each column, the different texts of its header rows from the top."""
    width = max(len(row.cells) for row in rows)
    headers: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        texts = [normalize(str(cell)) if cell != "" else "" for cell in row.cells]
        texts += [""] * (width - len(texts))
        if len(rows) > 1:
            _spread(texts, row.number, merges)
        for index, text in enumerate(texts):
            if text and text not in headers[index]:
                headers[index].append(text)
    return headers


def _spread(texts: list[str], number: int, merges: Sequence[Merge]) -> None:
    """Write the text of a merged heading over all the columns it spans."""
    for merge in merges:
        if merge.top == number and merge.left < len(texts):
            last = min(merge.right + 1, len(texts))
            texts[merge.left : last] = [texts[merge.left]] * (last - merge.left)


def _claim(layout: Layout, parts: list[str], remembered: Mapping[str, str]) -> tuple[str, int]:
    """Return the field a header names and how well it does: whole, without what spans it above,
    then by its lowest part.
    """
    whole = " ".join(parts)
    tails = [" ".join(parts[place:]) for place in range(1, len(parts) - 1)]
    for text in dict.fromkeys([whole, *tails, *parts[:0:-1], *parts[:1]]):
        key = header_key(text)
        if (name := remembered.get(key)) == IGNORED:
            return "", PUT_ASIDE
        if name in layout.by_name:  # what was matched may belong to another layout of the kind
            return name, 0
        for candidate in (key, *(header_key(one.sub("", text)) for one in LEFT_OFF)):
            known = layout.exact_headers.get(candidate)
            known = known or layout.loose_headers.get(fold(candidate))
            if candidate and known:
                return known[0], known[1] + (0 if text == whole else PART)
    return "", 0


def _split_names(
    layout: Layout, columns: list[Column], headers: list[list[str]], below: Sequence[Row]
) -> list[Column]:
    """Read one heading over two filled columns as the two parts of what it names."""
    by_index = {column.index: column for column in columns}
    for column in columns:
        parts = layout.by_name[column.field].splits_into if column.field else ()
        after = column.index + 1
        if len(parts) != 2 or not _is_blank_header(headers, after, column.header):
            continue
        sample = [row for row in below if text_at(row, column.index) != ""][:20]
        if sample and sum(text_at(row, after) != "" for row in sample) * 2 > len(sample):
            by_index[column.index] = Column(column.index, column.header, parts[0])
            by_index[after] = Column(after, column.header, parts[1])
    return [by_index[index] for index in sorted(by_index)]


def _is_blank_header(headers: list[list[str]], index: int, same_as: str) -> bool:
    return index >= len(headers) or not headers[index] or " ".join(headers[index]) == same_as


def _settle(columns: list[Column]) -> tuple[list[Column], list[tuple[str, tuple[Column, ...]]]]:
    """Leave each field to one column: the surest, then the first; name the others."""
    claims: dict[str, list[Column]] = {}
    for column in columns:
        if column.field:
            claims.setdefault(column.field, []).append(column)
    winners = {name: min(same, key=lambda c: (c.rank, c.index)) for name, same in claims.items()}
    settled = [
        column
        if not column.field or winners[column.field] is column
        else Column(column.index, column.header)
        for column in columns
    ]
    return settled, [(name, tuple(same)) for name, same in claims.items() if len(same) > 1]
