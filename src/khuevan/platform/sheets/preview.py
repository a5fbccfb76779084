"""What the check page shows: groups to filter by, faults by place, the sheet as it was uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from khuevan.kernel.personal_number import grouped
from khuevan.platform.sheets.checking import recognized_of
from khuevan.platform.sheets.controls import control_for
from khuevan.platform.sheets.faults import Fault, place_of
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.kinds import Kind, key_of, kind_chips, kinds_of
from khuevan.platform.sheets.layouts import Column, Layout
from khuevan.platform.sheets.models import ImportRow, Outcome, SheetImport
from khuevan.platform.sheets.parsing import Context
from khuevan.platform.sheets.preview_shapes import Cell, FaultLine, Fix, Line, Preview, View
from khuevan.platform.sheets.selectors import faults_in, numbers_in, rows_around, rows_by_number
from khuevan.ui.components import changed_words
from khuevan.ui.formats import number

WINDOW = 10
"""Rows of the sheet around a fault."""
ABOVE = 3
PAGE = 100
FAULTS_PAGE = 40
FAULTY = ("REFUSED", "WARNED")

GROUPS: tuple[tuple[str, str | Promise, str], ...] = (
    ("ALL", gettext_lazy("All"), ""),
    ("MOVED", gettext_lazy("Changed meanwhile"), "refresh-cw"),
    ("REFUSED", pgettext_lazy("rows of a list", "Faults"), "circle-alert"),
    ("WARNED", gettext_lazy("Warnings"), "triangle-alert"),
    ("CHANGED", gettext_lazy("Updates"), "pencil"),
    ("NEW", pgettext_lazy("rows of a list", "New"), "plus"),
    ("UNCHANGED", gettext_lazy("Unchanged"), "equal"),
    ("SKIPPED", gettext_lazy("Left out"), "minus"),
)
LOOKED_AT_FIRST = ("MOVED", *FAULTY)
PILLS = {
    Outcome.NEW: ("info", "plus"),
    Outcome.CHANGED: ("ok", "pencil"),
    Outcome.UNCHANGED: ("neutral", "equal"),
    Outcome.REFUSED: ("bad", "circle-alert"),
    Outcome.SKIPPED: ("neutral", "minus"),
}


class PreviewMaker:
    """Builds the check page of one import: a fixed number of queries, however long the list."""

    def __init__(self, sheet_import: SheetImport, context: Context) -> None:
        self.sheet_import = sheet_import
        self.context = context
        self.url = reverse("sheets:import", args=[sheet_import.uuid])
        self.recognized = recognized_of(sheet_import)
        self.kinds: dict[str, Kind] = {}
        self.kind = ""

    def build(self, view: View) -> Preview:
        """Return the page for one group, at one row."""
        view = self._existing(view)
        if view.shown not in FAULTY:
            return self._of_rows(view, numbers_in(self.sheet_import, view.shown))
        faults = faults_in(self.sheet_import, view.shown)
        faults = [one for one in faults if one.is_error or view.shown == "WARNED"]
        self.kinds = kinds_of(faults)
        chosen = self.kinds.get(view.kind)
        self.kind = chosen.key if chosen else ""
        numbers = sorted(chosen.rows if chosen else {fault.row for fault in faults})
        return self._of_faults(view, numbers) if numbers else self._of_rows(view, numbers)

    def _existing(self, view: View) -> View:
        """Return the view, of another group when its own is empty or unknown."""
        known = {code for code, _label, _icon in GROUPS}
        if view.shown in known and (view.shown == "ALL" or self._count(view.shown)):
            return view
        first = next((code for code in LOOKED_AT_FIRST if self._count(code)), "ALL")
        return View(first, view.row, kind=view.kind)

    def _of_faults(self, view: View, numbers: Sequence[int]) -> Preview:
        at = next((number for number in numbers if number >= view.row), numbers[0])
        place = numbers.index(at)
        first = place // FAULTS_PAGE * FAULTS_PAGE
        listed = rows_by_number(self.sheet_import, numbers[first : first + FAULTS_PAGE])
        faults = [fault for row in listed for fault in self._faults_of(row, view.shown)]
        here = [fault for fault in faults if fault.row == at]
        current = next((fault for fault in here if fault.column == view.column), here[0])
        edited = self._edited(view, at, here)
        lines = rows_around(self.sheet_import, at, before=ABOVE, window=WINDOW)
        around = {"previous_url": place - 1, "next_url": place + 1}
        urls = {
            name: self._to(View(view.shown, numbers[other])) if 0 <= other < len(numbers) else ""
            for name, other in around.items()
        }
        return self._preview(
            View(view.shown, at, edited.index if edited else current.column, kind=self.kind),
            lines,
            current,
            edited,
            faults=[self._fault_line(fault, view.shown, current) for fault in faults],
            position=self._position(view.shown, place + 1, len(numbers)),
            more=self._other_pages(view.shown, numbers, first, FAULTS_PAGE),
            **urls,
        )

    def _of_rows(self, view: View, numbers: Sequence[int]) -> Preview:
        first = min(view.page, max(0, (len(numbers) - 1) // PAGE)) * PAGE
        lines = rows_by_number(self.sheet_import, numbers[first : first + PAGE])
        more = self._other_pages(view.shown, numbers, first, PAGE)
        return self._preview(View(view.shown, page=first // PAGE), lines, None, None, more=more)

    def _edited(self, view: View, at: int, here: Sequence[Fault]) -> Column | None:
        """Return the column of a cell without a fault that the reader chose to mend."""
        if view.row != at or view.column in {fault.column for fault in here}:
            return None
        return next((one for one in self._mendable() if one.index == view.column), None)

    def _preview(
        self,
        view: View,
        rows: Sequence[ImportRow],
        current: Fault | None,
        edited: Column | None,
        **parts: Any,
    ) -> Preview:
        columns = self._columns(rows, edited)
        lines = [self._line(row, columns, current, edited) for row in rows]
        return Preview(
            chips=self._chips(view.shown),
            sheet={
                "caption": self.sheet_import.file_name,
                "letters": [column.letter for column in columns],
                "headings": [column.header for column in columns],
                "rows": lines,
            },
            view=view,
            lines=lines,
            kinds=kind_chips(
                self.kinds, self.kind, lambda key: self._at(View(view.shown, kind=key))
            ),
            **parts,
        )

    def _to(self, view: View, anchor: str = "") -> str:
        """Return the address of a place; the kind that is looked at stays while the group does."""
        if view.kind == "" and self.kind and view.shown in FAULTY:
            view = replace(view, kind=self.kind)
        return self._at(view) + anchor

    def _at(self, view: View) -> str:
        return f"{self.url}?{view.query()}"

    def _faults_of(self, row: ImportRow, shown: str) -> list[Fault]:
        found = [Fault.from_data(data) for data in row.faults]
        asked = [fault for fault in found if fault.is_error or shown == "WARNED"]
        return [fault for fault in asked if key_of(fault) == self.kind] if self.kind else asked

    def _mendable(self) -> list[Column]:
        """Return the columns whose cells may be mended; what nobody asked needs no answer."""
        return [
            column
            for column in self.recognized.columns
            if column.field and not self._layout.by_name[column.field].is_answer
        ]

    def _columns(self, rows: Sequence[ImportRow], edited: Column | None) -> list[Column]:
        wanted = set(importers.get(self.sheet_import.kind).shown)
        wanted |= {edited.field} if edited else set()
        for row in rows:
            wanted |= set(row.changes) | {data["field_name"] for data in row.faults}
        return [column for column in self.recognized.columns if column.field in wanted]

    def _count(self, group: str) -> int:
        whole = self.sheet_import.count(group)
        return whole - self.sheet_import.count(f"WARNED_{group}")

    def _chips(self, shown: str) -> list[dict[str, Any]]:
        return [
            {
                "code": code,
                "label": f"{label} {number(self._count(code))}",
                "url": self._at(View(code)),
                "icon": icon,
                "on": code == shown,
            }
            for code, label, icon in GROUPS
            if code == "ALL" or self._count(code)
        ]

    def _position(self, shown: str, place: int, total: int) -> str:
        words = (
            _("Row with faults %(place)s of %(total)s")
            if shown == "REFUSED"
            else _("Row with warnings %(place)s of %(total)s")
        )
        return words % {"place": number(place), "total": number(total)}

    def _other_pages(
        self, shown: str, numbers: Sequence[int], first: int, size: int
    ) -> list[dict[str, str]]:
        """Return links to the parts before and after, named by the rows they begin and end with."""
        parts = [part for part in (first - size, first + size) if 0 <= part < len(numbers)]
        return [
            {
                "url": self._to(
                    View(shown, numbers[part])
                    if shown in FAULTY
                    else View(shown, page=part // size)
                ),
                "label": _("Rows %(first)s to %(last)s")
                % {
                    "first": number(numbers[part]),
                    "last": number(numbers[min(part + size, len(numbers)) - 1]),
                },
                "rel": "prev" if part < first else "next",
            }
            for part in parts
        ]

    def _fault_line(self, fault: Fault, shown: str, current: Fault) -> FaultLine:
        return FaultLine(
            place=fault.place,
            column=fault.column_name,
            what=fault.reason,
            fix=fault.hint,
            url=self._to(View(shown, fault.row, fault.column), f"#row-{fault.row}"),
            current=fault == current,
            is_warning=not fault.is_error,
        )

    def _line(
        self,
        row: ImportRow,
        columns: Sequence[Column],
        current: Fault | None,
        edited: Column | None,
    ) -> Line:
        faults = [Fault.from_data(data) for data in row.faults]
        tone, icon = PILLS[Outcome(row.outcome)]
        if row.is_warned:
            tone, icon = "warn", "triangle-alert"
        is_here = current is not None and current.row == row.number and self.sheet_import.is_open
        is_skipped = row.outcome == Outcome.SKIPPED and self.sheet_import.is_open
        back = reverse("sheets:take_back", args=[self.sheet_import.uuid, row.number])
        fix = self._fix(current, row, edited) if is_here and current else None
        return Line(
            number=row.number,
            cells=[
                replace(
                    self._cell(row, column, faults),
                    is_current=fix is not None and column.index == fix.column,
                )
                for column in columns
            ],
            pill={"tone": tone, "icon": icon, "label": Outcome(row.outcome).label},
            fix=fix,
            take_back_url=back if is_skipped else "",
        )

    def _cell(self, row: ImportRow, column: Column, faults: Sequence[Fault]) -> Cell:
        value = text_of(row, column.index)
        url = self._mend_url(row, column.index)
        here = [fault for fault in faults if fault.column == column.index]
        error = next((fault for fault in here if fault.is_error), None)
        if error:
            return Cell(value or _("empty"), fault=error.reason, url=url)
        doubt = " ".join(fault.reason for fault in here)
        if column.field in row.changes:
            old, new = row.changes[column.field]
            return Cell(value, words=changed_words(old, new), doubt=doubt, url=url)
        kind = self._layout.by_name[column.field].kind
        shown = grouped(value) if kind == "personal_number" else value
        return Cell(shown, doubt=doubt, url=url)

    def _mend_url(self, row: ImportRow, index: int) -> str:
        """Return where a cell is mended, for a refused or doubtful row of an open list."""
        if not self.sheet_import.is_open or not (row.is_warned or row.outcome == Outcome.REFUSED):
            return ""
        shown = "WARNED" if row.is_warned else "REFUSED"
        return self._to(View(shown, row.number, index), f"#row-{row.number}")

    def _fix(self, fault: Fault, row: ImportRow, edited: Column | None) -> Fix:
        skip_url = reverse("sheets:leave_out", args=[self.sheet_import.uuid, fault.row])
        index = edited.index if edited else fault.column
        others = [
            {"label": column.header, "url": self._mend_url(row, column.index)}
            for column in self._mendable()
            if column.index != index
        ]
        place = place_of(fault.row, index)
        if index < 0:
            return Fix(place, fault.reason, skip_url, is_warning=not fault.is_error, others=others)
        item = self._layout.by_name[self._field_at(index)]
        reason = _("%(column)s.") % {"column": edited.header} if edited else fault.reason
        return Fix(
            place=f"{place} · {self._header_at(index)}",
            column=index,
            reason=reason,
            skip_url=skip_url,
            url=reverse("sheets:fix", args=[self.sheet_import.uuid, fault.row, index]),
            control=control_for(
                item,
                self.context,
                value=text_of(row, index) if edited else fault.suggestion or text_of(row, index),
                label=_("Change it to:"),
            ),
            is_warning=not fault.is_error,
            is_question=item.is_answer,
            others=others,
        )

    def _header_at(self, index: int) -> str:
        return next(column.header for column in self.recognized.columns if column.index == index)

    def _field_at(self, index: int) -> str:
        return next(column.field for column in self.recognized.columns if column.index == index)

    @property
    def _layout(self) -> Layout:
        return self.recognized.layout


def text_of(row: ImportRow, index: int) -> str:
    """Return a cell's text, blank beyond the end of the row."""
    return str(row.cells[index]) if 0 <= index < len(row.cells) else ""
