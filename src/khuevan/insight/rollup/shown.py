"""A counted table as the page draws it: every number with the address of its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import quote_plus

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.insight.rollup.asked import Asked
from khuevan.insight.rollup.dimensions import DIMENSIONS, label_of
from khuevan.insight.rollup.rules import TOTAL, permille
from khuevan.insight.rollup.selectors import Counted
from khuevan.ui.asked import whole_number
from khuevan.ui.components import Bar, bars
from khuevan.ui.formats import NOTHING, number

MOST_LINES = 100
"""At once; the lines after them follow on their own page."""
MOST_BARS = 12
DEEPER = {"unit": "school", "school": "grade", "level": "grade", "residence": "school"}
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


class Addresses:
    """The addresses of a table's numbers and lines: their common part is made once."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._starts: dict[tuple[str, ...], str] = {}
        deeper = DEEPER.get(asked.rows, "")
        self._deeper = deeper if deeper != asked.cols else ""

    def rows(self, row: str = TOTAL, col: str = TOTAL) -> str:
        """Return the page of the rows behind a number."""
        keys = ((self.asked.rows, row), (self.asked.cols, col))
        return self._address("rollup:rows", {code: key for code, key in keys if key != TOTAL})

    def line(self, row: str) -> str:
        """Return the table that divides a line, nothing where there is none."""
        return self._address("rollup:table", {self.asked.rows: row}) if self._deeper else ""

    def _address(self, route: str, keys: dict[str, str]) -> str:
        start = self._starts.setdefault((route, *keys), "") or self._start(route, *keys)
        return start + "".join(f"&{code}={quote_plus(key)}" for code, key in keys.items())

    def _start(self, route: str, *codes: str) -> str:
        asked = self.asked
        for code in codes:
            asked = asked.without(code)
        to_rows = route == "rollup:rows"
        told = asked if to_rows else replace(asked, rows=self._deeper)
        start = f"{reverse(route)}?{told.query(without_table=to_rows)}"
        self._starts[(route, *codes)] = start
        return start


def table_address(asked: Asked) -> str:
    """Return the page of a table."""
    return f"{reverse('rollup:table')}?{asked.query()}"


def part_of(counted: Counted, text: str) -> tuple[int, int]:
    """Return the lines to draw, from and until before; the first ones of what is no part."""
    start = whole_number(text) or 0
    start = start if start < len(counted.row_names) else 0
    return start, min(start + MOST_LINES, len(counted.row_names))


def part_address(asked: Asked, start: int) -> str:
    """Return the page of a table from a line on."""
    return f"{table_address(asked)}&from_line={start}"


def lines_of(counted: Counted, part: tuple[int, int]) -> list[Line]:
    """Return some lines to draw."""
    to = Addresses(counted.asked)
    names = islice(counted.row_names.items(), *part)
    return [_line(counted, to, key, name) for key, name in names]


def foot_of(counted: Counted) -> Line:
    """Return the line of totals."""
    return _line(counted, Addresses(counted.asked), TOTAL, _("Total"))


def columns_of(counted: Counted) -> list[str]:
    """Return the headings of the columns between the name and the total."""
    return list(counted.col_names.values())


def bars_of(counted: Counted) -> list[Bar]:
    """Return the largest lines as bars, in the table's order."""
    table, to = counted.table, Addresses(counted.asked)
    if len(counted.row_names) < 2:
        return []
    largest = sorted(counted.row_names, key=lambda key: -table.at(key, TOTAL))[:MOST_BARS]
    kept = [key for key in counted.row_names if key in set(largest)]
    return bars(
        [
            Bar(
                counted.row_names[key],
                table.at(key, TOTAL),
                to.rows(key),
            )
            for key in kept
        ]
    )


def _line(counted: Counted, to: Addresses, row: str, name: str) -> Line:
    table = counted.table
    share = permille(table.at(row, TOTAL), table.total)
    return Line(
        name,
        to.line(row) if row != TOTAL else "",
        [_shown(counted, to, row, col) for col in counted.col_names],
        _shown(counted, to, row, TOTAL),
        NOTHING if share is None else number(share / 10, 1),
    )


def _shown(counted: Counted, to: Addresses, row: str, col: str) -> Shown:
    if (row, col) in counted.table.withheld:
        return Shown(NOTHING)
    value = counted.table.at(row, col)
    return Shown(number(value), to.rows(row, col) if value else "")


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
