"""Rows of a rule by law, read from a csv file: from when until when, by which text, how sure."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from khuevan.kernel.periods import holds


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A row of a rule during a period. A subclass names its own columns and their types."""

    starts_on: date
    ends_on: date | None
    source: str = ""
    confidence: str = ""
    note: str = ""

    def holds(self, on: date) -> bool:
        """Return whether the row is in force on a day."""
        return holds(self, on)


Row = TypeVar("Row", bound=RuleRow)

_READ: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: lambda text: int(text or 0),
    bool: lambda text: text == "1",
    date: date.fromisoformat,
    date | None: lambda text: date.fromisoformat(text) if text else None,
    tuple[str, ...]: lambda text: tuple(text.split()),
    frozenset[str]: lambda text: frozenset(text.split()),
}
"""How a column is read, by the type of its field; several words stand apart by blanks."""


def rule_rows(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """Return the rows of a file, read once; a column that no field names is left out."""
    read: Any = _rows
    rows: tuple[Row, ...] = read(path, kind)
    return rows


@cache
def _rows(path: Path, kind: Any) -> tuple[Any, ...]:
    types = get_type_hints(kind)
    names = [one.name for one in fields(kind)]
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            kind(**{name: _READ[types[name]](row[name]) for name in names if name in row})
            for row in csv.DictReader(file)
        )


def told_sources(rows: Iterable[RuleRow]) -> str:
    """Return which texts say so, for people to read; a dash where none is named."""
    return "; ".join(dict.fromkeys(one.source for one in rows if one.source)) or "–"
