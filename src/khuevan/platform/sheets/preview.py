"""What the check page shows: counts to filter by, faults by place, the sheet as it was uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.platform.sheets.checking import recognized_of
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.layouts import Column
from khuevan.platform.sheets.models import ImportRow, Outcome, SheetImport
from khuevan.ui.components import Word, changed_words

WINDOW = 10
"""Rows of the sheet around a fault."""
PAGE = 100
FAULTY = ("REFUSED", "WARNED")

CHIPS: tuple[tuple[str, str | Promise, str], ...] = (
    ("ALL", gettext_lazy("All"), ""),
    ("REFUSED", gettext_lazy("Faults"), "circle-alert"),
    ("WARNED", gettext_lazy("Warnings"), "triangle-alert"),
    ("CHANGED", gettext_lazy("Updates"), "pencil"),
    ("NEW", gettext_lazy("New"), "plus"),
    ("UNCHANGED", gettext_lazy("Unchanged"), "equal"),
    ("SKIPPED", gettext_lazy("Left out"), "minus"),
)
PILLS = {
    Outcome.NEW: ("info", "plus"),
    Outcome.CHANGED: ("ok", "pencil"),
    Outcome.UNCHANGED: ("quiet", "equal"),
    Outcome.REFUSED: ("bad", "circle-alert"),
    Outcome.SKIPPED: ("quiet", "minus"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the preview."""

    value: str
    words: Sequence[Word] = ()
    fault: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview."""

    number: int
    cells: Sequence[Cell]
    pill: dict[str, Any]
    fix: dict[str, Any] | None = None


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
    faults: Sequence[FaultLine]
    sheet: dict[str, Any]
    shown: str
    position: str = ""
    previous_url: str = ""
    next_url: str = ""
    more_url: str = ""
    lines: Sequence[Line] = field(default_factory=tuple)


def build_preview(
    sheet_import: SheetImport, rows: Sequence[ImportRow], *, shown: str, at: int, page: int
) -> Preview:
    """Return the check page's data for one filter, at one row."""
    shown = (
        shown if shown in {code for code, _label, _icon in CHIPS} else _first_filter(sheet_import)
    )
    url = reverse("sheets:import", args=[sheet_import.uuid])
    picked = [row for row in rows if _is_shown(row, shown)]
    faults = _faults(picked, shown) if shown in FAULTY else []
    current = next((fault for fault in faults if fault.row == at), faults[0] if faults else None)
    visible = _window(rows, current.row) if current else picked[page * PAGE : (page + 1) * PAGE]
    columns = _columns(sheet_import, visible)
    lines = [_line(sheet_import, row, columns, current) for row in visible]
    numbers = list(dict.fromkeys(fault.row for fault in faults))
    place = numbers.index(current.row) if current else -1
    return Preview(
        chips=_chips(sheet_import, shown, url),
        faults=[_fault_line(fault, shown, url, current) for fault in faults],
        sheet={
            "caption": sheet_import.file_name,
            "letters": [column.letter for column in columns],
            "headings": [column.header for column in columns],
            "outcome_label": _("What will happen"),
            "rows": lines,
        },
        shown=shown,
        position=_position(shown, place, len(numbers)),
        previous_url=f"{url}?show={shown}&at={numbers[place - 1]}" if place > 0 else "",
        next_url=f"{url}?show={shown}&at={numbers[place + 1]}"
        if -1 < place < len(numbers) - 1
        else "",
        more_url=f"{url}?show={shown}&page={page + 1}"
        if not current and len(picked) > (page + 1) * PAGE
        else "",
        lines=lines,
    )


def _first_filter(sheet_import: SheetImport) -> str:
    return next((code for code in FAULTY if sheet_import.count(code)), "ALL")


def _is_shown(row: ImportRow, shown: str) -> bool:
    if shown == "ALL":
        return True
    return row.is_warned if shown == "WARNED" else row.outcome == shown


def _faults(rows: Sequence[ImportRow], shown: str) -> list[Fault]:
    found = [Fault.from_data(data) for row in rows for data in row.faults]
    return [fault for fault in found if fault.is_error or shown == "WARNED"]


def _window(rows: Sequence[ImportRow], number: int) -> Sequence[ImportRow]:
    place = next(index for index, row in enumerate(rows) if row.number == number)
    start = max(0, min(place - 3, len(rows) - WINDOW))
    return rows[start : start + WINDOW]


def _columns(sheet_import: SheetImport, rows: Sequence[ImportRow]) -> list[Column]:
    importer = importers.get(sheet_import.kind)
    wanted = set(importer.shown)
    for row in rows:
        wanted |= set(row.changes) | {data["field_name"] for data in row.faults}
    return [column for column in recognized_of(sheet_import).columns if column.field in wanted]


def _chips(sheet_import: SheetImport, shown: str, url: str) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{label} {sheet_import.count(code)}",
            "url": f"{url}?show={code}",
            "icon": icon,
            "on": code == shown,
        }
        for code, label, icon in CHIPS
        if code == "ALL" or sheet_import.count(code)
    ]


def _position(shown: str, place: int, total: int) -> str:
    if place < 0:
        return ""
    words = (
        _("Fault %(place)s of %(total)s")
        if shown == "REFUSED"
        else _("Warning %(place)s of %(total)s")
    )
    return words % {"place": place + 1, "total": total}


def _fault_line(fault: Fault, shown: str, url: str, current: Fault | None) -> FaultLine:
    return FaultLine(
        place=fault.place,
        column=fault.column_name,
        what=fault.reason,
        fix=fault.hint,
        url=f"{url}?show={shown}&at={fault.row}#row-{fault.row}",
        current=current is not None and fault == current,
        is_warning=not fault.is_error,
    )


def _line(
    sheet_import: SheetImport, row: ImportRow, columns: Sequence[Column], current: Fault | None
) -> Line:
    faults = [Fault.from_data(data) for data in row.faults]
    tone, icon = PILLS[Outcome(row.outcome)]
    label = str(Outcome(row.outcome).label)
    if row.is_warned and row.outcome == Outcome.NEW:
        tone, icon, label = "warn", "triangle-alert", _("Warning")
    is_current = current is not None and current.row == row.number
    return Line(
        number=row.number,
        cells=[_cell(row, column, faults) for column in columns],
        pill={"tone": tone, "icon": icon, "label": label},
        fix=_fix(sheet_import, faults) if is_current and sheet_import.is_open else None,
    )


def _cell(row: ImportRow, column: Column, faults: Sequence[Fault]) -> Cell:
    value = row.cells[column.index] if column.index < len(row.cells) else ""
    here = [fault for fault in faults if fault.column == column.index]
    if any(fault.is_error for fault in here):
        return Cell(value or _("empty"), fault=True)
    doubt = " ".join(fault.reason for fault in here)
    if column.field in row.changes:
        old, new = row.changes[column.field]
        return Cell(value, words=changed_words(old, new), doubt=doubt)
    return Cell(value, doubt=doubt)


def _fix(sheet_import: SheetImport, faults: Sequence[Fault]) -> dict[str, Any] | None:
    fault = next((one for one in faults if one.column >= 0), None)
    if fault is None:
        return None
    return {
        "url": reverse("sheets:fix", args=[sheet_import.uuid, fault.row, fault.column]),
        "skip_url": reverse("sheets:leave_out", args=[sheet_import.uuid, fault.row]),
        "name": fault.row,
        "label": f"{fault.reason} {fault.column_name}:",
        "value": fault.suggestion or fault.value,
    }
