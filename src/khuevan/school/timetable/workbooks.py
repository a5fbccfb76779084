"""A timetable as a workbook: one sheet for the school, one of all classes, one of all teachers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.school.timetable.grids import Week
from khuevan.school.timetable.models import Half, ScheduledLesson, Timetable
from khuevan.school.timetable.shown import View, lesson_notes, views_of
from khuevan.ui.formats import WEEKDAYS

A3_PAPER = 8
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def build_workbook(timetable: Timetable, lessons: Sequence[ScheduledLesson], week: Week) -> bytes:
    """Return a workbook of a timetable; all cells are texts."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    views = views_of(lessons)
    for label, kind in ((_("Classes"), "class"), (pgettext("whose weeks", "Teachers"), "teacher")):
        chosen = [one for one in views if one.kind == kind]
        _write_sheet(book, str(label), timetable, chosen, lessons, week)
    book.close()
    return buffer.getvalue()


def _write_sheet(
    book: Any,
    label: str,
    timetable: Timetable,
    views: Sequence[View],
    lessons: Sequence[ScheduledLesson],
    week: Week,
) -> None:
    """Write a sheet: days and periods down, classes or teachers across."""
    sheet = book.add_worksheet(label)
    sheet.set_landscape()
    sheet.set_paper(A3_PAPER)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 4})
    sheet.write_string(0, 0, f"{timetable.name}, {timetable.starts_on:%d/%m/%Y}")
    for place, name in enumerate((_("Day"), _("Half-day"), pgettext("of a day", "Period"))):
        sheet.write_string(1, place, str(name), head)
    sheet.set_column(0, 2, 9)
    sheet.set_column(3, 3 + len(views), 16)
    for across, view in enumerate(views):
        sheet.write_string(1, 3 + across, view.label, head)
    line = 2
    for weekday in range(1, week.days + 1):
        for bell in week.bells:
            sheet.write_string(line, 0, str(WEEKDAYS[weekday - 1]), cell)
            sheet.write_string(line, 1, str(Half(bell.half).label), cell)
            sheet.write_string(line, 2, str(bell.number), cell)
            here = [one for one in lessons if _covers(one, weekday, bell.half, bell.number)]
            for across, view in enumerate(views):
                told = [_told(one, view.kind) for one in here if one.pk in view.ids]
                sheet.write_string(line, 3 + across, "; ".join(told), cell)
            line += 1
    sheet.freeze_panes(2, 3)


def _covers(one: ScheduledLesson, weekday: int, half: str, period: int) -> bool:
    if one.weekday != weekday or one.half != half or one.period is None:
        return False
    return one.period <= period < one.period + one.length


def _told(one: ScheduledLesson, kind: str) -> str:
    who = one.person.full_name if one.person else ""
    if kind == "teacher":
        who = one.homeroom_class.name
    told = ", ".join(part for part in (who, *lesson_notes(one)) if part)
    return f"{one.subject_label} ({told})" if told else one.subject_label
