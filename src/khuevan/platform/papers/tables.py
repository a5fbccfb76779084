"""The plain table paper: what a list needs to be printed without a template of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from khuevan.platform.papers.rendering import render_pdf


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column: its label, its width ("2fr" or "18mm") and how it is set (l, c, r)."""

    label: str
    width: str = "1fr"
    align: str = "l"


@dataclass(frozen=True, slots=True)
class TablePaper:
    """A list ready to print: all values are texts as they should stand on paper."""

    heading: str
    columns: Sequence[PaperColumn]
    rows: Sequence[Sequence[str]]
    unit: str = ""
    over: str = ""
    """The unit above, set over the unit's name."""
    made: str = ""
    notes: Sequence[str] = ()
    foot: Sequence[str] = ()
    is_flipped: bool = False


def render_table(paper: TablePaper, *, lang: str, at: datetime) -> bytes:
    """Return a list as a PDF, its header row repeated on every page."""
    data = {
        "heading": paper.heading,
        "columns": [
            {"label": one.label, "width": one.width, "align": one.align} for one in paper.columns
        ],
        "rows": [list(row) for row in paper.rows],
        "unit": paper.unit,
        "over": paper.over,
        "made": paper.made,
        "notes": list(paper.notes),
        "foot": list(paper.foot),
        "flipped": paper.is_flipped,
    }
    return render_pdf("table", data, lang=lang, at=at, title=paper.heading)
