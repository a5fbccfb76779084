"""Columns the file does not have: one value for all rows, such as the class of a class list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from khuevan.platform.sheets.code_lists import CodeList
from khuevan.platform.sheets.layouts import Field, Layout, Recognized
from khuevan.platform.sheets.parsing import Context

MOST_WORDS = 8
AFTER_WORD = re.compile(r"\blớp\b[\s:.]*(\S{1,12}(?:\s\S{1,3})?)", re.IGNORECASE)


def fillable(layout: Layout, taken: set[str]) -> list[Field]:
    """Return the required fields without a column that one value of a code list may fill."""
    return [
        item
        for item in layout.fields
        if item.required and item.kind == "listed" and item.name not in taken
    ]


def guess_added(
    context: Context, recognized: Recognized, texts: Sequence[Sequence[str]]
) -> list[dict[str, Any]]:
    """Return columns to add with the value that the sheet's name or titles tell.

    A class list often says its class only above the table or on its tab.
    """
    missing = fillable(recognized.layout, set(recognized.matched))
    start = width_of(texts, [column.index for column in recognized.columns])
    guesses = [(item, _guess(recognized, item, context.codes.get(item.codes))) for item in missing]
    told = [(item, value) for item, value in guesses if value]
    return [added_column(item, value, start + place) for place, (item, value) in enumerate(told)]


def answer_columns(layout: Layout, taken: set[str], start: int) -> list[dict[str, Any]]:
    """Return columns for the answers to what the check may ask, where the list has none."""
    asked = [item for item in layout.fields if item.is_answer and item.name not in taken]
    return [added_column(item, "", start + place) for place, item in enumerate(asked)]


def added_column(item: Field, value: str, index: int) -> dict[str, Any]:
    """Return an added column as it is stored."""
    return {
        "index": index,
        "header": item.header,
        "field": item.name,
        "added": True,
        "value": value,
    }


def width_of(texts: Sequence[Sequence[str]], indexes: Sequence[int]) -> int:
    """Return the first column that neither a header nor a row uses."""
    return max(max(indexes, default=-1) + 1, max((len(cells) for cells in texts), default=0))


def fill(cells: list[str], column: Mapping[str, Any]) -> None:
    """Put an added column's value into a row."""
    cells += [""] * (column["index"] + 1 - len(cells))
    cells[column["index"]] = column["value"]


def _guess(recognized: Recognized, field: Field, known: CodeList | None) -> str:
    if known is None:
        return ""
    titles = [str(cell) for row in recognized.title_rows for cell in row.cells if cell != ""]
    behind = _behind(field.title_word) if field.title_word else AFTER_WORD
    said = [match for text in titles for match in behind.findall(text)]
    told = [known.find(recognized.sheet.name), *(_longest(text, known) for text in said)]
    found = {code for code in told if code}
    return known.name_of(found.pop()) if len(found) == 1 else ""


def _behind(word: str) -> re.Pattern[str]:
    """Return the pattern of what stands behind a word in a title, up to the next thing told."""
    return re.compile(rf"\b(?:{word})\b[\s:.]*([^:;|\n]{{1,60}})", re.IGNORECASE)


def _longest(text: str, known: CodeList) -> str | None:
    """Return what the longest beginning of a text names: what is named may be of several words."""
    words = re.split(r"\s{2,}|\s[-–]\s|,\s", text)[0].split()[:MOST_WORDS]
    named = (known.find(" ".join(words[:count])) for count in range(len(words), 0, -1))
    return next((code for code in named if code), None)
