"""A list as a file: the same columns, filters and scope as on the page, nothing to be run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from khuevan.kernel.formulas import disarmed
from khuevan.ui.downloads import CSV, XLSX, download, file_name
from khuevan.ui.formats import day
from khuevan.ui.tables.columns import Column, local
from khuevan.ui.tables.table import Table

FILE_TYPES = {"xlsx": XLSX, "csv": CSV}
Note = tuple[str, str]


def file_response(
    table: Table[Any], kind: str, *, name: str, notes: Sequence[Note] = ()
) -> HttpResponse:
    """Return the whole list as a download; the notes say who took it out, when and why."""
    content = file_content(table, kind, notes=notes)
    return download(content, name=file_name(name, kind), media_type=FILE_TYPES[kind])


def file_content(table: Table[Any], kind: str, *, notes: Sequence[Note] = ()) -> bytes:
    """Return the whole list as the bytes of a file."""
    columns, rows = table.file_columns, table.file_rows()
    return as_xlsx(columns, rows, notes) if kind == "xlsx" else as_csv(columns, rows)


def as_csv(columns: Sequence[Column[Any]], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows as CSV that Excel opens with its accents."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([str(column.label) for column in columns])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def as_xlsx(
    columns: Sequence[Column[Any]], rows: Iterable[Sequence[Any]], notes: Sequence[Note] = ()
) -> bytes:
    """Return rows as a workbook: texts stay texts, dates are dates, the head stays in sight."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {**options, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, str(column.label), head)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, line, place, value)
    sheet.freeze_panes(1, 1)
    _write_notes(book, notes)
    book.close()
    return buffer.getvalue()


def harmless(value: Any) -> str:
    """Return a CSV value that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{local(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return day(value)
    return disarmed(value) if isinstance(value, str) else str(value)


def _write(sheet: Any, line: int, place: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(line, place, local(value).replace(tzinfo=None))
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, str(value))


def _write_notes(book: Any, notes: Sequence[Note]) -> None:
    if not notes:
        return
    sheet = book.add_worksheet()
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    for line, (label, text) in enumerate(notes):
        sheet.write_string(line, 0, label)
        sheet.write_string(line, 1, text)
