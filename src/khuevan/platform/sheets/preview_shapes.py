"""What the check page is made of: plain values that its templates draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from khuevan.platform.sheets.controls import Control
from khuevan.ui.components import Word

LONG = 34
"""Characters that stand in one line."""


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the list the reader looks at; kept in the address."""

    shown: str = ""
    row: int = 0
    column: int = -1
    page: int = 0
    kind: str = ""

    def query(self) -> str:
        """Return the part of the address that leads here again."""
        column = str(self.column) if self.column >= 0 else ""
        named = {
            "show": self.shown,
            "at": self.row,
            "col": column,
            "page": self.page,
            "kind": self.kind,
        }
        return urlencode({name: value for name, value in named.items() if value})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the preview."""

    value: str
    words: Sequence[Word] = ()
    fault: str = ""
    doubt: str = ""
    url: str = ""
    """Where this cell is mended, for a row that waits for it."""
    is_current: bool = False
    """Whether the form under the row mends this cell."""

    @property
    def css(self) -> str:
        """Return the classes of the cell; a long text may take several lines."""
        length = sum(len(word.text) + 1 for word in self.words) or len(self.value)
        named = {"fault": self.fault, "doubt": self.doubt, "long": length > LONG}
        return " ".join(name for name, is_so in named.items() if is_so)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview."""

    number: int
    cells: Sequence[Cell]
    pill: dict[str, Any]
    fix: Fix | None = None
    take_back_url: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """The form under the current row: mend the cell, or leave the row out."""

    place: str
    """Row, letter and header of the cell, as the spreadsheet shows them."""
    reason: str
    skip_url: str
    column: int = -1
    url: str = ""
    control: Control | None = None
    is_warning: bool = False
    is_question: bool = False
    """True where each choice is an answer of its own button."""
    others: Sequence[dict[str, str]] = ()
    """The row's other cells, each with the address where it is mended."""


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One fault in the list beside the sheet."""

    place: str
    column: str
    what: str
    fix: str
    url: str
    current: bool
    is_warning: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything the check page draws."""

    chips: Sequence[dict[str, Any]]
    sheet: dict[str, Any]
    view: View
    faults: Sequence[FaultLine] = ()
    position: str = ""
    previous_url: str = ""
    next_url: str = ""
    more: Sequence[dict[str, str]] = ()
    lines: Sequence[Line] = field(default_factory=tuple)
    kinds: Sequence[dict[str, Any]] = ()
    """What kinds of faults there are, where there are several."""
