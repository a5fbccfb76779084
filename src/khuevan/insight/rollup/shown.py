"""A counted table as the page draws it: every number with the address of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.insight.rollup.asked import Asked
from khuevan.insight.rollup.dimensions import DIMENSIONS, label_of
from khuevan.insight.rollup.rules import TOTAL, permille
from khuevan.insight.rollup.selectors import Counted
from khuevan.ui.components import Bar, bars
from khuevan.ui.formats import NOTHING, number

MOST_LINES = 300
MOST_BARS = 12
DEEPER = {"unit": "school", "school": "grade", "level": "grade"}
"""What a line is divided by next, when somebody opens it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One number: its words, and where it opens to."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    label: str
    url: str
    cells: list[Shown]
    total: Shown
    share: str


def rows_address(asked: Asked, **keys: str) -> str:
    """Return the page of the rows behind a number."""
    part = asked.narrowed(**{code: key for code, key in keys.items() if key != TOTAL})
    return f"{reverse('rollup:rows')}?{part.query(without_table=True)}"


def table_address(asked: Asked) -> str:
    """Return the page of a table."""
    return f"{reverse('rollup:table')}?{asked.query()}"


def lines_of(counted: Counted) -> list[Line]:
    """Return the lines to draw, at most MOST_LINES of them."""
    return [_line(counted, key, name) for key, name in list(counted.row_names.items())[:MOST_LINES]]


def foot_of(counted: Counted) -> Line:
    """Return the line of totals."""
    return _line(counted, TOTAL, _("Total"))


def columns_of(counted: Counted) -> list[str]:
    """Return the headings of the columns between the name and the total."""
    return list(counted.col_names.values())


def bars_of(counted: Counted) -> list[Bar]:
    """Return the largest lines as bars, in the table's order."""
    table, asked = counted.table, counted.asked
    if len(counted.row_names) < 2:
        return []
    largest = sorted(counted.row_names, key=lambda key: -table.at(key, TOTAL))[:MOST_BARS]
    kept = [key for key in counted.row_names if key in set(largest)]
    return bars(
        [
            Bar(
                counted.row_names[key],
                table.at(key, TOTAL),
                rows_address(asked, **{asked.rows: key}),
            )
            for key in kept
        ]
    )


def _line(counted: Counted, row: str, name: str) -> Line:
    table, asked = counted.table, counted.asked
    share = permille(table.at(row, TOTAL), table.total)
    deeper = DEEPER.get(asked.rows, "")
    url = ""
    if row != TOTAL and deeper and deeper != asked.cols:
        part = asked.narrowed(**{asked.rows: row})
        url = table_address(
            Asked(asked.on, asked.of, asked.basis, deeper, asked.cols, narrow=part.narrow)
        )
    return Line(
        name,
        url,
        [_shown(counted, row, col) for col in counted.col_names],
        _shown(counted, row, TOTAL),
        NOTHING if share is None else number(share / 10, 1),
    )


def _shown(counted: Counted, row: str, col: str) -> Shown:
    table, asked = counted.table, counted.asked
    keys = {asked.rows: row, **({asked.cols: col} if asked.cols else {})}
    value = table.at(row, col)
    return Shown(number(value), rows_address(asked, **keys) if value else "")


def conditions_of(counted: Counted) -> list[dict[str, str]]:
    """Return what narrows the count, in words, each with the address without it."""
    asked = counted.asked
    return [
        {
            "label": f"{label_of(code, asked.basis)}: {words_of(counted, code, key)}",
            "remove_url": table_address(asked.without(code)),
        }
        for code, key in asked.narrow
    ]


def words_of(counted: Counted, code: str, key: str) -> str:
    """Return the words of one key."""
    return dict(counted.frame.lines(code, [key])).get(key, key)


def menu_choices(counted: Counted, code: str) -> list[dict[str, Any]]:
    """Return what a condition can be set to among the schools in reach, the one in force marked."""
    frame, asked = counted.frame, counted.asked
    chosen = dict(asked.narrow).get(code, "")
    if DIMENSIONS[code].column == "school":
        key = frame.key_of(code)
        keys = {key(pk) for pk in frame.places}
    elif DIMENSIONS[code].column == "grade":
        key = frame.key_of(code)
        keys = {key(pk) for pk in frame.grades}
    else:
        keys = {"MALE", "FEMALE"}
    return [
        {"value": value, "label": label, "current": value == chosen}
        for value, label in frame.lines(code, keys)
    ]
