"""The mark sheet of a gradebook as a workbook in vnEdu's shape."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import names_on
from khuevan.school.gradebooks.actions.taking_out import note_sheet_taken
from khuevan.school.gradebooks.imports.outgoing import SECONDARY, rows_of
from khuevan.school.gradebooks.permissions import VIEW_MARKS
from khuevan.school.gradebooks.selectors.books import get_book_for, period_now, periods_of
from khuevan.school.gradebooks.workbooks import build_mark_sheet
from khuevan.ui.asked import whole_number
from khuevan.ui.downloads import XLSX, download, file_name
from khuevan.ui.page import page
from khuevan.ui.request import Request


@page(VIEW_MARKS, methods=("GET",))
def workbook(request: Request, uuid: UUID) -> HttpResponse:
    """Give the sheet of a term, with what is entered; to be filled in and loaded by the office."""
    book = get_book_for(request.actor, uuid)
    if book.form not in SECONDARY:
        raise NotFound
    today = request.actor.today
    asked = whole_number(request.GET.get("period", ""))
    term = asked if asked in periods_of(book) else period_now(book, today)
    rows = list(rows_of([book], term, today))
    school = names_on([book.school_id], today).get(book.school_id, "")
    note_sheet_taken(actor=request.actor, book=book, count=len(rows), now=clock.now())
    name = _("Marks %(room)s %(subject)s %(term)s") % {
        "room": book.homeroom_class.name,
        "subject": book.subject_name,
        "term": term,
    }
    return download(
        build_mark_sheet(book, term, rows, school=school),
        name=file_name(name, "xlsx"),
        media_type=XLSX,
    )
