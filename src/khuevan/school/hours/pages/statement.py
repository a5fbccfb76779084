"""The statement of a school's month: on the screen, on paper, as a workbook; one teacher's line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import get_school_for, held_on, name_of, school_frame
from khuevan.school.hours.forms import OpenForm
from khuevan.school.hours.pages.months import around, asked_month, beside
from khuevan.school.hours.permissions import CLOSE_MONTH, VIEW_STATEMENT
from khuevan.school.hours.selectors.statements import Line, Statement, statement_of
from khuevan.school.hours.shown import amount, notes_of, row_of, totals_of, week_row
from khuevan.school.hours.workbooks import build_workbook, cells_of, heads_of
from khuevan.ui.downloads import XLSX, download, file_name
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_STATEMENT, methods=("GET",))
def statement(request: Request, code: str) -> HttpResponse:
    """Show the overtime of everybody who teaches at a school in a month."""
    school = get_school_for(request.actor, code, VIEW_STATEMENT)
    month = asked_month(request)
    told = statement_of(actor=request.actor, school=school, month=month)
    rows = [row_of(line, told) for line in told.lines]
    closes = held_on(request.actor, CLOSE_MONTH, school)
    context = {
        **school_frame(request, school, "hours"),
        **frame_of(told),
        "actions": (),
        "months": around(month),
        "rows": rows,
        "totals": totals_words(told),
        "above": sum(row["is_above"] for row in rows),
        "corrected": [row for row in rows if row["correction"]],
        "is_empty": not any(line.hours.given for line in told.lines),
        "closes": closes,
        "can_close": closes and told.closed is None and told.is_over and bool(rows),
        "form": OpenForm() if closes and told.closed is not None else None,
    }
    return render_page(request, "hours/statement.html", context)


@page(VIEW_STATEMENT, methods=("GET",))
def teacher(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show the weeks of a teacher's month with the lessons behind each figure."""
    school = get_school_for(request.actor, code, VIEW_STATEMENT)
    told = statement_of(actor=request.actor, school=school, month=asked_month(request))
    line = next((one for one in told.lines if one.year.serving.member.uuid == uuid), None)
    if line is None:
        raise NotFound
    back = f"{reverse('hours:statement', args=[school.code])}?month={told.month:%Y-%m}"
    context = {
        **school_frame(request, school, "hours"),
        **frame_of(told),
        **line_context(line, told),
        "actions": (),
        "back": back,
    }
    return render_page(request, "hours/teacher.html", context)


@page(VIEW_STATEMENT, methods=("GET",))
def workbook(request: Request, code: str) -> HttpResponse:
    """Give the statement of a month as a workbook to sign."""
    school = get_school_for(request.actor, code, VIEW_STATEMENT)
    told = statement_of(actor=request.actor, school=school, month=asked_month(request))
    name = _("overtime %(month)s %(code)s") % {
        "month": f"{told.month:%m-%Y}",
        "code": school.code,
    }
    content = build_workbook(told, name_of(school))
    return download(content, name=file_name(name, "xlsx"), media_type=XLSX)


@page(VIEW_STATEMENT, methods=("GET",))
def printed(request: Request, code: str) -> HttpResponse:
    """Show the statement of a month to print on A4, with room for signatures."""
    school = get_school_for(request.actor, code, VIEW_STATEMENT)
    told = statement_of(actor=request.actor, school=school, month=asked_month(request))
    context = {
        **frame_of(told),
        "school_name": name_of(school),
        "heads": heads_of(told),
        "cells": cells_of(told),
        "totals": totals_words(told),
        "span": len(heads_of(told)) - (2 if told.rate else 1),
        "back": f"{reverse('hours:statement', args=[school.code])}?month={told.month:%Y-%m}",
    }
    return render_page(request, "hours/print.html", context)


def frame_of(told: Statement) -> dict[str, Any]:
    """Return what every page of a month says."""
    return {
        "statement": told,
        "month": f"{told.month:%m/%Y}",
        "month_key": f"{told.month:%Y-%m}",
        **beside(told.month),
        "notes": notes_of(told),
        "until": told.until if told.until < told.last else None,
    }


def line_context(line: Line, told: Statement) -> dict[str, Any]:
    """Return a teacher's month, week by week."""
    serving = line.year.serving
    return {
        "row": row_of(line, told),
        "weeks": [
            week_row(week, line.year.given[week.monday], serving.weeks.get(week.monday))
            for week in line.hours.weeks
        ],
    }


def totals_words(told: Statement) -> dict[str, str]:
    """Return the sums of a statement in words."""
    sums = totals_of(told)
    return {
        "owed": amount(sums.owed),
        "given": amount(sums.given),
        "over": amount(sums.over),
        "total": amount(sums.total),
    }
