"""Rows and headings ready to draw, and a table of them for lists that nobody sorts or filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from khuevan.ui.tables.columns import Cell


@dataclass(frozen=True, slots=True)
class Row:
    """A row ready to draw; its label is its first cell and its header."""

    label: Any
    key: str = ""
    url: str = ""
    on: bool = False
    cells: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading: how it is sorted now, and the address that sorts it."""

    label: str | Promise
    align: str = ""
    """`r` for numbers and days, `c` for marks, nothing for words."""
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class ReadyTable:
    """What `ui/components/table.html` draws."""

    caption: str | Promise
    columns: Sequence[Head]
    rows: Sequence[Row] = ()
    select: str = ""
    sticky: bool = False
