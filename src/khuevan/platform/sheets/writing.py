"""Writes spreadsheets that open safely: text stays text, a formula is only letters."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from khuevan.kernel.formulas import disarmed
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.sheets.faults import Fault, faults_by_row
from khuevan.platform.sheets.header_keys import FAULT_HEADER, header_key
from khuevan.platform.sheets.layouts import text_at
from khuevan.platform.sheets.parsing import cell_text, format_date
from khuevan.platform.sheets.reading import Cell, Merge, Row, Sheet, Workbook

WIDEST, NARROWEST = 48, 6
MEASURED_ROWS = 200
SHEET_NAME_LENGTH = 31
SHEET_NAME_SIGNS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
EXCEL_TEXT_LENGTH = 32_767
WHOLE_SHEET = "A1:XFD1048576"

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "dd/mm/yyyy",
}
HEADER_STYLE = {"bold": True, "bg_color": "#F0EDE6", "border": 1, "border_color": "#857F72",
                "text_wrap": True, "valign": "top", "num_format": "@"}  # fmt: skip
ERROR_STYLE = {"bg_color": "#FBE7EE", "font_color": "#9E1148", "num_format": "@"}
WARNING_STYLE = {"bg_color": "#FCF0D3", "font_color": "#7A4F00", "num_format": "@"}

Value = Cell | None


@dataclass(frozen=True, slots=True)
class SheetToWrite:
    """A sheet: titles above, headers, rows; strings are written as text, numbers as numbers."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Value]]
    titles: Sequence[str] = ()
    widths: Sequence[int] = ()


def write_workbook(target: Path | BinaryIO, sheets: Iterable[SheetToWrite]) -> None:
    """Write an .xlsx file row by row; memory does not grow with its length."""
    with _open(target) as book:
        styles = _Styles(book)
        for number, sheet in enumerate(sheets, start=1):
            _write_sheet(book.add_worksheet(sheet_name(sheet.name, number)), sheet, styles)


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a CSV file that Excel opens in UTF-8 and never as formulas."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([disarmed(header) for header in headers])
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def write_marked_copy(
    target: Path | BinaryIO,
    workbook: Workbook,
    faults: Iterable[Fault],
    header_rows: Mapping[str, int],
) -> None:
    """Write the same cells in the same places, faults colored, commented and told in a last column.

    All cells are text, so that a number typed anew keeps its leading zero. `header_rows` tells
    the last header row of each sheet that was recognized.
    """
    by_row = faults_by_row(faults)
    with _open(target) as book:
        styles = _Styles(book)
        for number, sheet in enumerate(workbook.sheets, start=1):
            page = book.add_worksheet(sheet_name(sheet.name, number))
            _write_marked_sheet(page, sheet, by_row, header_rows.get(sheet.name), styles)
            if sheet.is_hidden:
                page.hide()


class _Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.header = book.add_format(HEADER_STYLE)
        self.error = book.add_format(ERROR_STYLE)
        self.warning = book.add_format(WARNING_STYLE)

    def of_row(self, faults: Iterable[Fault]) -> Format:
        """Return the look of the worst of some faults."""
        return self.error if any(fault.is_error for fault in faults) else self.warning


def _open(target: Path | BinaryIO) -> xlsxwriter.Workbook:
    return xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, OPTIONS)


def _write_sheet(page: Worksheet, sheet: SheetToWrite, styles: _Styles) -> None:
    rows = iter(sheet.rows)
    sample = list(islice(rows, MEASURED_ROWS))
    _set_widths(page, sheet.widths or _widths([sheet.headers, *sample]))
    page.ignore_errors({"number_stored_as_text": WHOLE_SHEET})
    line = 0
    for title in sheet.titles:
        page.write_string(line, 0, title, styles.title)
        line += 1
    for column, header in enumerate(sheet.headers):
        page.write_string(line, column, header, styles.header)
    page.freeze_panes(line + 1, 0)
    for part in (sample, rows):
        for row in part:
            line += 1
            for column, value in enumerate(row):
                _write_value(page, line, column, value, styles)


def _write_value(page: Worksheet, line: int, column: int, value: Value, styles: _Styles) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(line, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(line, column, value.replace(tzinfo=None), styles.moment)
    elif isinstance(value, date):
        _write_day(page, line, column, value, styles)
    elif isinstance(value, int | float) and abs(value) < 1e15:
        page.write_number(line, column, value)
    else:
        page.write_string(line, column, str(value)[:EXCEL_TEXT_LENGTH], styles.text)


def _write_day(page: Worksheet, line: int, column: int, day: date, styles: _Styles) -> None:
    """Write a date; as text where the spreadsheet calendar does not reach."""
    if day.year >= 1901:
        page.write_datetime(line, column, day, styles.day)
    else:
        page.write_string(line, column, format_date(day), styles.text)


def _write_marked_sheet(
    page: Worksheet,
    sheet: Sheet,
    by_row: Mapping[tuple[str, int], list[Fault]],
    header_row: int | None,
    styles: _Styles,
) -> None:
    page.ignore_errors({"number_stored_as_text": WHOLE_SHEET})
    told_in = _fault_column(sheet)
    _set_widths(page, _widths([row.cells for row in sheet.rows[:MEASURED_ROWS]]))
    if header_row is not None:
        page.set_column(told_in, told_in, WIDEST)
        page.freeze_panes(header_row, 0)
    wide = _merged_headings(sheet, header_row or 0)
    for row in sheet.rows:
        found = by_row.get((sheet.name, row.number), [])
        is_header = row.number == header_row
        style = styles.header if is_header else styles.text
        _write_marked_cells(page, row, found, told_in, style, styles)
        for merge in wide.get(row.number, ()):
            text = cell_text(text_at(row, merge.left))
            page.merge_range(row.number - 1, merge.left, row.number - 1, merge.right, text, style)
        told = FAULT_HEADER if is_header else "\n".join(map(_told, found))
        if told:
            look = style if is_header else styles.of_row(found)
            page.write_string(row.number - 1, told_in, told, look)


def _write_marked_cells(
    page: Worksheet, row: Row, found: list[Fault], told_in: int, plain: Format, styles: _Styles
) -> None:
    line = row.number - 1
    marked = {fault.column: fault for fault in reversed(found) if fault.column >= 0}
    for column in range(max(len(row.cells), max(marked, default=-1) + 1)):
        if column == told_in:
            continue
        fault = marked.get(column)
        text = cell_text(text_at(row, column))[:EXCEL_TEXT_LENGTH]
        look = plain if fault is None else styles.of_row([fault])
        if text:
            page.write_string(line, column, text, look)
        elif fault:
            page.write_blank(line, column, None, look)
        if fault:
            page.write_comment(line, column, f"{fault.reason} {fault.hint}".strip())


def _merged_headings(sheet: Sheet, header_row: int) -> dict[int, list[Merge]]:
    """Return the headings that span columns: they still have to be understood next time."""
    wide: dict[int, list[Merge]] = {}
    for merge in sheet.merges:
        if merge.top == merge.bottom <= header_row and merge.left < merge.right:
            wide.setdefault(merge.top, []).append(merge)
    return wide


def _told(fault: Fault) -> str:
    told = _("%(reason)s %(hint)s") % {"reason": fault.reason, "hint": fault.hint}
    return f"{fault.column_name}: {told}".strip() if fault.column_name else told.strip()


def _fault_column(sheet: Sheet) -> int:
    """Return the column to tell faults in: that of an earlier marked copy, or the next free one."""
    key = header_key(FAULT_HEADER)
    width = 0
    for row in sheet.rows:
        for index, cell in enumerate(row.cells):
            if isinstance(cell, str) and cell and header_key(cell) == key:
                return index
        width = max(width, len(row.cells))
    return width


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
    columns = max((len(row) for row in rows), default=0)
    widths = [NARROWEST] * columns
    for row in rows:
        for index, value in enumerate(row):
            text = cell_text(value) if value is not None else ""
            widths[index] = max(widths[index], min(WIDEST, len(text) + 2))
    return widths


def _set_widths(page: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths):
        page.set_column(column, column, width)


def sheet_name(name: str, number: int) -> str:
    """Return a name as a sheet may bear it: 31 characters, without the signs Excel refuses."""
    clean = normalize(name.translate(SHEET_NAME_SIGNS))[:SHEET_NAME_LENGTH].strip()
    return clean or f"Sheet{number}"


def _csv_value(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return disarmed(value if isinstance(value, str) else cell_text(value))
