"""The mark sheet of a class and subject as a workbook in vnEdu's shape, to be filled in and loaded.

The pupils' codes stand in a hidden column: a row that comes back is its pupil's by code and name.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from khuevan.school.gradebooks.imports.layouts import MARKS_LAYOUT
from khuevan.school.gradebooks.imports.outgoing import Row
from khuevan.school.gradebooks.imports.plan import TERMS
from khuevan.school.gradebooks.models import Gradebook

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
A4_PAPER = 9
TITLE_ROW, SCHOOL_ROW, HEADER_ROW = 0, 1, 3
TOLD_ABOVE = {"class_name", "subject", "term"}
HIDDEN = "moet_code"
WIDTHS = {"ordinal": 5, "moet_code": 14, "full_name": 28, "birth_date": 12, "remark": 40}
MARK_WIDTH = 9


def build_mark_sheet(book: Gradebook, term: int, rows: Sequence[Row], *, school: str) -> bytes:
    """Return the sheet of a gradebook for a term, with what is entered already."""
    own = {*WIDTHS, *(name for row in rows for name in row)} - TOLD_ABOVE
    fields = [one for one in MARKS_LAYOUT.fields if one.name in own]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as workbook:
        looks = {
            "title": workbook.add_format({"bold": True, "font_size": 13}),
            "head": workbook.add_format({"bold": True, "border": 1, "align": "center"}),
            "text": workbook.add_format({"border": 1, "num_format": "@"}),
            "mark": workbook.add_format({"border": 1, "num_format": "@", "align": "center"}),
        }
        page = workbook.add_worksheet(f"{book.homeroom_class.name} {book.subject_name}"[:31])
        page.set_paper(A4_PAPER)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADER_ROW)
        page.write_string(TITLE_ROW, 0, _title(book, term), looks["title"])
        page.write_string(SCHOOL_ROW, 0, school)
        for column, one in enumerate(fields):
            options = {"hidden": True} if one.name == HIDDEN else {}
            page.set_column(column, column, WIDTHS.get(one.name, MARK_WIDTH), None, options)
            page.write_string(HEADER_ROW, column, one.header, looks["head"])
        for line, row in enumerate(rows, start=HEADER_ROW + 1):
            _write_row(page, line, [(one.name, row.get(one.name, "")) for one in fields], looks)
        page.freeze_panes(HEADER_ROW + 1, 1 + [one.name for one in fields].index("full_name"))
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    return buffer.getvalue()


def _write_row(
    page: Any, line: int, cells: Sequence[tuple[str, str]], looks: dict[str, Any]
) -> None:
    for column, (name, text) in enumerate(cells):
        page.write_string(line, column, text, looks["text" if name in WIDTHS else "mark"])


def _title(book: Gradebook, term: int) -> str:
    """Return what tells the reader of the file whose marks these are."""
    room, year = book.homeroom_class.name, book.academic_year.code
    named = TERMS.name_of(str(term))
    return f"Lớp: {room}   Môn học: {book.subject_name}   Học kỳ: {named}   Năm học: {year}"
