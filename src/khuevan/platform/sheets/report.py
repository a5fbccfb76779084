"""Spreadsheets the wizard gives back: the list with its faults marked, and an empty one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from khuevan.platform.files.api import StoredFile, open_content
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.layouts import Layout
from khuevan.platform.sheets.models import ImportRow, SheetImport
from khuevan.platform.sheets.reading import read_workbook
from khuevan.platform.sheets.writing import SheetToWrite, write_marked_copy, write_workbook


def write_marked(
    target: BinaryIO, *, file: StoredFile, rows: Sequence[ImportRow], sheet_import: SheetImport
) -> None:
    """Write the uploaded file's cells again, faults colored and told in a last column."""
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix) as copy:
        with open_content(file) as content:
            shutil.copyfileobj(content, copy)
        copy.flush()
        workbook = read_workbook(Path(copy.name))
    write_marked_copy(
        target,
        workbook,
        faults_of(rows),
        {sheet_import.sheet_name: sheet_import.header_rows[1]},
    )


def write_template(target: BinaryIO, *, layout: Layout) -> None:
    """Write an empty list with a layout's own headers."""
    headers = [item.header for item in layout.fields]
    write_workbook(target, [SheetToWrite(str(layout.label)[:31], headers, [])])
