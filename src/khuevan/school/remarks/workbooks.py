"""The comments of a class as a workbook: name, what the marks say, what was written."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.school.remarks.selectors.sheets import Sheet

FIRST = 2
WIDTHS = (5, 28, 14, 80, 12)


def build_workbook(sheet: Sheet, title: str) -> bytes:
    """Return the workbook of a class's comments in a period."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(_("Comments"))
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    font = {"font_name": "Times New Roman", "font_size": 11}
    head = book.add_format({**font, "bold": True, "border": 1, "align": "center"})
    cell = book.add_format({**font, "border": 1, "valign": "vcenter", "text_wrap": True})
    page.write_string(0, 0, title, book.add_format({**font, "bold": True, "font_size": 14}))
    heads = (
        pgettext("number in a list", "No."),
        _("Full name"),
        _("Result"),
        _("Comment"),
        _("State"),
    )
    for column, (width, text) in enumerate(zip(WIDTHS, heads, strict=True)):
        page.set_column(column, column, width)
        page.write_string(FIRST - 1, column, text, head)
    for at, row in enumerate(sheet.rows):
        _write(page, FIRST + at, row, at + 1, cell)
    page.repeat_rows(FIRST - 1)
    book.close()
    return buffer.getvalue()


def _write(page: Any, line: int, row: Any, number: int, cell: Any) -> None:
    state = _("Approved") if row.is_approved else _("Draft") if row.text else ""
    page.write_number(line, 0, number, cell)
    for column, text in enumerate((row.full_name, row.facts.shown, row.text, state), start=1):
        page.write_string(line, column, text, cell)
