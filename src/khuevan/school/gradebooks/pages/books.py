"""The gradebooks one keeps, and those of a school: each with how far it is filled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.schools.api import (
    AcademicYear,
    academic_year_on,
    get_school_for,
    held_on,
    school_frame,
    schools,
)
from khuevan.school.gradebooks import actions
from khuevan.school.gradebooks.columns import period_label
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.permissions import ENTER_MARKS, MANAGE_BOOKS, VIEW_MARKS
from khuevan.school.gradebooks.selectors.books import (
    Filled,
    books_of_school,
    filled,
    own_books,
    periods_now,
)
from khuevan.school.gradebooks.shown import book_label
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request


@page(ENTER_MARKS, methods=("GET",))
def own(request: Request) -> HttpResponse:
    """Show the gradebooks in which one enters marks today; for a sheet's menu only their names."""
    today = request.actor.today
    year = academic_year_on(today)
    books = own_books(actor=request.actor, year=year) if year else []
    how_far, periods = filled(books, today), periods_now(books, today)
    rows = [
        {
            "url": reverse("gradebooks:sheet", args=[book.uuid]),
            "room": book.homeroom_class.name,
            "name": book_label(book),
            "period": period_label(book, periods[book.pk]),
            "filled": how_far[book.pk],
            "print_url": reverse("gradebooks:print", args=[book.uuid]),
        }
        for book in books
    ]
    context = {"title": _("My gradebooks"), "rows": rows, "year": year}
    return render_page(request, "gradebooks/own.html", context, partial="menu")


@page(VIEW_MARKS, methods=("GET",))
def start(request: Request) -> HttpResponse:
    """Go to the gradebooks of the school one acts in, else to the schools to choose from."""
    hat = request.actor.hat
    reach = schools(actor=request.actor, on=request.actor.today)
    own_school = reach.filter(pk=hat.unit_id).first() if hat else None
    if own_school is None:
        return redirect("schools:list")
    return redirect("gradebooks:school", own_school.code)


@page(VIEW_MARKS, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Show a school's gradebooks of this year: classes down, subjects across."""
    found = get_school_for(request.actor, code, VIEW_MARKS)
    today = request.actor.today
    year = academic_year_on(today)
    books = books_of_school(actor=request.actor, school=found, year=year) if year else []
    subjects, rows = _board(books, filled(books, today))
    periods = periods_now(books, today)
    context = {
        **school_frame(request, found, "gradebooks"),
        "actions": (),
        "year": year,
        "subjects": subjects,
        "rows": rows,
        "periods": sorted({period_label(one, periods[one.pk]) for one in books}),
        "manages": held_on(request.actor, MANAGE_BOOKS, found),
    }
    return render_page(request, "gradebooks/school.html", context)


@page(MANAGE_BOOKS, methods=("POST",))
def open_year(request: Request, code: str) -> HttpResponse:
    """Open the gradebooks of a school's year that its plans need and that aren't there."""
    found = get_school_for(request.actor, code, MANAGE_BOOKS)
    try:
        opened = actions.open_books(
            actor=request.actor, school=found, year=_year(request), now=clock.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
        return done(request, reverse("gradebooks:school", args=[found.code]))
    said = ngettext("%(count)s gradebook opened.", "%(count)s gradebooks opened.", opened.made)
    messages.success(request, said % {"count": opened.made})
    if opened.planless:
        without = _("Without a plan of subjects, and so without gradebooks: %(classes)s.")
        messages.warning(request, without % {"classes": ", ".join(opened.planless)})
    return done(request, reverse("gradebooks:school", args=[found.code]))


def _year(request: Request) -> AcademicYear:
    year = academic_year_on(request.actor.today)
    if year is None:
        raise NotFound
    return year


def _board(
    books: Sequence[Gradebook], how_far: dict[int, Filled]
) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the subjects across and the classes down, with a cell for each gradebook."""
    subjects = list(dict.fromkeys(book_label(book) for book in books))
    rows: dict[int, dict[str, Any]] = {}
    for book in books:
        row = rows.setdefault(
            book.homeroom_class_id, {"room": book.homeroom_class.name, "found": {}}
        )
        row["found"][book_label(book)] = {
            "url": reverse("gradebooks:sheet", args=[book.uuid]),
            "filled": how_far[book.pk],
        }
    for row in rows.values():
        row["cells"] = [(name, row["found"].get(name)) for name in subjects]
    return subjects, list(rows.values())
