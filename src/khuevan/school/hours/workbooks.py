"""The statement of a month as a workbook, as schools sign it."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from khuevan.school.hours.selectors.statements import Statement
from khuevan.school.hours.shown import amount, notes_of, row_of, totals_of
from khuevan.ui.formats import money

A4_PAPER = 9
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def heads_of(statement: Statement) -> list[str]:
    """Return what the columns are called."""
    weeks = len(statement.lines[0].hours.weeks) if statement.lines else 0
    heads = [_("No."), _("Full name"), _("Position and duties"), _("Norm a week")]
    heads += [_("Week %(number)s") % {"number": number} for number in range(1, weeks + 1)]
    heads += [_("Owed"), _("Lessons held"), _("Converted work"), _("Above"), _("Corrections")]
    heads.append(_("In all"))
    return [*heads, _("Amount")] if statement.rate else heads


def cells_of(statement: Statement) -> list[list[str]]:
    """Return a row for each teacher."""
    found = []
    for number, line in enumerate(statement.lines, 1):
        row = row_of(line, statement)
        post = ", ".join(part for part in (str(row["position"]), row["duties"]) if part)
        cells = [str(number), row["name"], post, row["norm"], *row["weeks"], row["owed"]]
        cells += [row["held"], row["converted"], row["over"], row["carried"], row["total"]]
        found.append([*cells, row["money"]] if statement.rate else cells)
    return found


def build_workbook(statement: Statement, school_name: str) -> bytes:
    """Return the statement as a workbook with its signatures; all cells are texts."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    sheet = book.add_worksheet(f"{statement.month:%m-%Y}")
    sheet.set_landscape()
    sheet.set_paper(A4_PAPER)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5)
    styles = _styles(book)
    heads = heads_of(statement)
    last = len(heads) - 1
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 28)
    sheet.set_column(3, last, 9)
    half = max(4, last // 2)
    _across(sheet, 0, 0, 2, school_name, styles["bold"])
    _across(sheet, 0, half, last, COUNTRY, styles["bold"])
    _across(sheet, 1, half, last, MOTTO, styles["bold"])
    title = _("STATEMENT OF OVERTIME, %(month)s") % {"month": f"{statement.month:%m/%Y}"}
    _across(sheet, 3, 0, last, title, styles["title"])
    for place, head in enumerate(heads):
        sheet.write_string(5, place, str(head), styles["head"])
    sheet.repeat_rows(5)
    line = 6
    for cells in cells_of(statement):
        for place, text in enumerate(cells):
            sheet.write_string(line, place, text, styles["text" if place in (1, 2) else "cell"])
        line += 1
    line = _write_sum(sheet, line, statement, last, styles)
    for note in notes_of(statement):
        told = f"{note['text']} {note.get('source', '')}".strip()
        _across(sheet, line, 0, last, told, styles["note"])
        line += 1
    _sign(sheet, line + 1, last, styles)
    book.close()
    return buffer.getvalue()


def _write_sum(sheet: Any, line: int, statement: Statement, last: int, styles: Any) -> int:
    totals = totals_of(statement)
    place = last - 1 if statement.rate else last
    _across(sheet, line, 0, place - 1, _("Sum"), styles["head"])
    sheet.write_string(line, place, amount(totals.total), styles["head"])
    if statement.rate:
        told = money(round(totals.total * statement.rate))
        sheet.write_string(line, last, told, styles["head"])
    return line + 2


def _sign(sheet: Any, line: int, last: int, styles: Any) -> None:
    """Leave room for who made it and for the principal."""
    half = max(4, last // 2)
    _across(sheet, line, half, last, _("………, day …… month …… year ………"), styles["italic"])
    _across(sheet, line + 1, 0, 2, _("Made by"), styles["bold"])
    _across(sheet, line + 1, half, last, _("Principal"), styles["bold"])
    _across(sheet, line + 2, 0, 2, _("(sign, full name)"), styles["italic"])
    _across(sheet, line + 2, half, last, _("(sign, seal, full name)"), styles["italic"])


def _across(sheet: Any, line: int, first: int, last: int, text: Any, style: Any) -> None:
    sheet.merge_range(line, first, line, last, "", style)
    sheet.write_string(line, first, str(text), style)


def _styles(book: Any) -> dict[str, Any]:
    font = {"font_name": "Times New Roman", "font_size": 11}
    boxed = {**font, "border": 1, "valign": "vcenter", "text_wrap": True}
    middle = {**font, "align": "center"}
    return {
        "bold": book.add_format({**middle, "bold": True}),
        "italic": book.add_format({**middle, "italic": True}),
        "title": book.add_format({**middle, "bold": True, "font_size": 14}),
        "head": book.add_format({**boxed, "bold": True, "align": "center"}),
        "cell": book.add_format({**boxed, "align": "center"}),
        "text": book.add_format(boxed),
        "note": book.add_format({**font, "italic": True, "text_wrap": True}),
    }
