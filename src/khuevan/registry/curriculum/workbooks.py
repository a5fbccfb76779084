"""The plans of classes for the year as a workbook: a sheet a class, a column a week."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from khuevan.registry.curriculum.selectors.plans import ClassPlan
from khuevan.registry.curriculum.year_shown import year_rows

A4_PAPER = 9
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
TITLE_LINE, HEAD_LINE = 0, 2
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
LONGEST_NAME = 31


def build_workbook(plans: Sequence[ClassPlan], *, school_name: str) -> bytes:
    """Return a workbook of the plans of some classes for the year."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    styles = {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"}),
        "text": book.add_format({"border": 1, "text_wrap": True}),
        "count": book.add_format({"border": 1, "align": "center"}),
        "sum": book.add_format({"border": 1, "align": "center", "bold": True}),
    }
    used: set[str] = set()
    for plan in plans:
        _write_class(
            book.add_worksheet(_sheet_name(plan.room.name, used)), plan, styles, school_name
        )
    if not plans:
        book.add_worksheet(_("No class this year.")[:LONGEST_NAME])
    book.close()
    return buffer.getvalue()


def _write_class(sheet: Any, plan: ClassPlan, styles: dict[str, Any], school_name: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4_PAPER)
    sheet.fit_to_pages(1, 0)
    words = {"room": plan.room.name, "year": plan.room.academic_year.code, "school": school_name}
    sheet.write_string(
        TITLE_LINE, 0, _("%(school)s: plan of class %(room)s, %(year)s") % words, styles["title"]
    )
    totals = plan.week_totals
    heads = [
        _("Subject"), _("Learnt as"), _("Assessed by"), _("In the year"), _("Term I"), _("Term II"),
        _("Within it"),
    ]  # fmt: skip
    for place, name in enumerate([*heads, *map(str, range(1, len(totals) + 1))]):
        sheet.write_string(HEAD_LINE, place, str(name), styles["head"])
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 2, 16)
    sheet.set_column(3, len(heads) - 1, 8)
    sheet.set_column(len(heads), len(heads) + len(totals), 3.5)
    line = HEAD_LINE
    for row in year_rows(plan):
        line += 1
        for place, name in enumerate((row["label"], row["kind"], row["assessed"])):
            sheet.write_string(line, place, str(name), styles["text"])
        counts = [row["annual"], row["first"], row["second"], row["integrated"], *row["weeks"]]
        for place, count in enumerate(counts, start=3):
            sheet.write_number(line, place, count, styles["count"])
    first = plan.frame.first_term_weeks if plan.frame else len(totals)
    sheet.write_string(line + 1, 0, _("All subjects"), styles["head"])
    sums = [plan.annual, sum(totals[:first]), sum(totals[first:])]
    for place, count in enumerate(sums, start=3):
        sheet.write_number(line + 1, place, count, styles["sum"])
    for place, count in enumerate(totals, start=len(heads)):
        sheet.write_number(line + 1, place, count, styles["sum"])
    sheet.freeze_panes(HEAD_LINE + 1, 1)


def _sheet_name(name: str, used: set[str]) -> str:
    told = name.translate(FORBIDDEN)[:LONGEST_NAME] or "1"
    while told.casefold() in used:
        told = f"{told[: LONGEST_NAME - 2]} 2"
    used.add(told.casefold())
    return told
