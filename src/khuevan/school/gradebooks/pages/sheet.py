"""The mark sheet of one gradebook, its blank form on paper, and where its marks are sent."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.platform.organizations.api import names_on
from khuevan.school.gradebooks.columns import columns_of, period_label
from khuevan.school.gradebooks.drawing import draw_sheet
from khuevan.school.gradebooks.imports.outgoing import SECONDARY
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.permissions import ENTER_MARKS, VIEW_MARKS
from khuevan.school.gradebooks.scripting import script_of
from khuevan.school.gradebooks.selectors.books import (
    get_book_for,
    period_now,
    periods_of,
)
from khuevan.school.gradebooks.selectors.learners import learners_of
from khuevan.school.gradebooks.selectors.sheets import WHOLE_YEAR, sheet_of
from khuevan.school.gradebooks.shown import book_label
from khuevan.school.gradebooks.slots import BookForm, period_of
from khuevan.ui.asked import whole_number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_MARKS, methods=("GET",))
def sheet(request: Request, uuid: UUID) -> HttpResponse:
    """Show a gradebook; whoever teaches the subject enters its marks in it."""
    book = get_book_for(request.actor, uuid)
    today = request.actor.today
    period = _asked_period(request, book)
    found = sheet_of(actor=request.actor, book=book, period=period, on=today)
    name = book_label(book)
    title = _("Class %(room)s · %(subject)s") % {"room": book.homeroom_class.name, "subject": name}
    drawn = draw_sheet(found, title)
    present = sum(1 for one in found.learners if one.left_on is None)
    context = {
        "title": title,
        "book": book,
        "count": present,
        "period": period_label(book, period),
        "periods": [
            {
                "label": period_label(book, one),
                "url": f"?period={one}",
                "current": one == period,
            }
            for one in _periods(book)
        ],
        "drawn": drawn,
        "may_enter": found.may_enter,
        "is_wide": len(drawn.columns) > len("8 columns"),
        "print_url": f"{reverse('gradebooks:print', args=[book.uuid])}?period={period}",
        "workbook_url": f"{reverse('gradebooks:workbook', args=[book.uuid])}?period={period}"
        if book.form in SECONDARY
        else "",
        "script": script_of(request.actor, found, drawn),
    }
    return render_page(request, "gradebooks/sheet.html", context)


@page(VIEW_MARKS, methods=("GET",))
def blank(request: Request, uuid: UUID) -> HttpResponse:
    """Show a sheet to print and write on: names down, empty columns across."""
    book = get_book_for(request.actor, uuid)
    today = request.actor.today
    period = _asked_period(request, book) or period_now(book, today)
    slots = [one for one in book.slots if period_of(one) == period]
    learners = [one for one in learners_of(book, today) if one.left_on is None]
    context = {
        "book": book,
        "name": book_label(book),
        "period": period_label(book, period),
        "school_name": names_on([book.school_id], today).get(book.school_id, ""),
        "columns": columns_of(book, slots, frozenset()),
        "learners": learners,
        "averages": [period] if book.form == BookForm.SCORE else [],
        "back": f"{reverse('gradebooks:sheet', args=[book.uuid])}?period={period}",
        "teacher": request.actor.label if request.actor.may(ENTER_MARKS) else "",
        "today": today,
    }
    return render_page(request, "gradebooks/print.html", context)


def _periods(book: Gradebook) -> list[int]:
    found = periods_of(book)
    return found if book.form == BookForm.TRAITS else [*found, WHOLE_YEAR]


def _asked_period(request: Request, book: Gradebook) -> int:
    asked = whole_number(request.GET.get("period", ""))
    return asked if asked in _periods(book) else period_now(book, request.actor.today)
