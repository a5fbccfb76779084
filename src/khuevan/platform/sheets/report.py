"""The spreadsheet the wizard gives back: the list with its faults marked."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from khuevan.platform.files.api import StoredFile, open_content
from khuevan.platform.sheets.checking import faults_of, recognized_of
from khuevan.platform.sheets.data_rows import table_of
from khuevan.platform.sheets.day_parts import whole_days
from khuevan.platform.sheets.models import ImportRow, SheetImport
from khuevan.platform.sheets.parsing import cell_text
from khuevan.platform.sheets.reading import Cell, Row, Sheet, Workbook, read_workbook
from khuevan.platform.sheets.writing import write_marked_copy

Lists = Sequence[tuple[SheetImport, Sequence[ImportRow]]]


def write_marked(target: BinaryIO, *, file: StoredFile, lists: Lists) -> None:
    """Write the uploaded file's cells again, as mended here, with the faults that are left."""
    workbook = _read(file)
    by_sheet = {sheet_import.sheet_name: (sheet_import, rows) for sheet_import, rows in lists}
    sheets = [
        _mended(sheet, *by_sheet[sheet.name]) if sheet.name in by_sheet else sheet
        for sheet in workbook.sheets
    ]
    write_marked_copy(
        target,
        Workbook(workbook.kind, sheets),
        [fault for _sheet_import, rows in lists for fault in faults_of(rows)],
        {one.sheet_name: one.header_rows[1] for one, _rows in lists},
    )


def _read(file: StoredFile) -> Workbook:
    with tempfile.NamedTemporaryFile() as copy:
        with open_content(file) as content:
            shutil.copyfileobj(content, copy)
        copy.flush()
        return read_workbook(Path(copy.name))


def _mended(sheet: Sheet, sheet_import: SheetImport, rows: Sequence[ImportRow]) -> Sheet:
    """Return the sheet with the cells that people mended, and the columns that they added."""
    recognized = dataclasses.replace(recognized_of(sheet_import), sheet=whole_days(sheet))
    before = {row.number: row.cells for row in table_of(recognized).rows}
    now = {row.number: row.cells for row in rows}
    headers = {
        c["index"]: c["header"]
        for c in sheet_import.columns
        if c.get("added") and (c["value"] or _is_used(rows, c["index"]))
    }
    return dataclasses.replace(
        sheet,
        rows=[
            Row(row.number, _with(row.cells, headers))
            if row.number == sheet_import.header_rows[1]
            else Row(row.number, _with(row.cells, dict(_changed(before, now, row.number))))
            for row in sheet.rows
        ],
    )


def _is_used(rows: Sequence[ImportRow], index: int) -> bool:
    """Return whether an added column holds an answer, or a question that waits for one."""
    return any(
        (index < len(row.cells) and row.cells[index])
        or any(fault["column"] == index for fault in row.faults)
        for row in rows
    )


def _changed(
    before: dict[int, list[Cell]], now: dict[int, list[str]], number: int
) -> Iterator[tuple[int, str]]:
    """Give the cells of a row that no longer say what the file says."""
    old = before.get(number, [])
    for index, text in enumerate(now.get(number, [])):
        said = cell_text(old[index]) if index < len(old) else ""
        if text != said:
            yield index, text


def _with(cells: Sequence[Cell], texts: dict[int, str]) -> list[Cell]:
    mended = list(cells)
    for index, text in texts.items():
        mended += [""] * (index + 1 - len(mended))
        mended[index] = text
    return mended
