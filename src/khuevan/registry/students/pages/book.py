"""A school's registry book: the page, on paper, as a file, how it is numbered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from khuevan.kernel import clock
from khuevan.platform.audit.api import ExportForm, purpose_text, purpose_words
from khuevan.registry.people.api import VIEW_SENSITIVE
from khuevan.registry.schools.api import School, get_school_for, held_on, school_frame
from khuevan.registry.students import actions
from khuevan.registry.students.book_tables import BookTable
from khuevan.registry.students.forms import NumberingForm
from khuevan.registry.students.permissions import EDIT_STUDENTS, EXPORT_STUDENTS, VIEW_REGISTRY
from khuevan.registry.students.selectors import book_of, numbers_of, unnumbered
from khuevan.ui.formats import moment, number
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import file_response

MOST_PRINTED = 3000
ALL_COLUMNS = "name,sex,birth,people,birthplace,hometown,lives,family,came,classes,left,note"


@page(VIEW_REGISTRY, methods=("GET",))
def registry(request: Request, code: str) -> HttpResponse:
    """Show the registry book of a school, by number."""
    school = get_school_for(request.actor, code, VIEW_REGISTRY)
    table = _table(request, school)
    may_edit = held_on(request.actor, EDIT_STUDENTS, school)
    context = {
        **school_frame(request, school, "registry"),
        "actions": (),
        "table": table,
        "book": book_of(actor=request.actor, school_id=school.pk),
        "may_edit": may_edit,
        "may_export": held_on(request.actor, EXPORT_STUDENTS, school),
        "unnumbered": (
            unnumbered(actor=request.actor, school_id=school.pk, on=request.actor.today)
            if may_edit
            else 0
        ),
    }
    part = "more" if table.is_more else "list"
    return render_page(request, "students/registry.html", context, partial=part)


@page(EDIT_STUDENTS)
def numbering(request: Request, code: str) -> HttpResponse:
    """Set how the numbers to come are written; those given stay."""
    school = get_school_for(request.actor, code, EDIT_STUDENTS)
    book = book_of(actor=request.actor, school_id=school.pk)
    initial = {"number_format": book.number_format, "gives_numbers": book.gives_numbers}
    form = NumberingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_numbering(
            actor=request.actor, school_id=school.pk, now=clock.now(), **form.cleaned_data
        )
        messages.success(request, _("Saved. Numbers to come are written this way."))
        return done(request, reverse("students:registry", args=[school.code]))
    context = {**school_frame(request, school, "registry"), "actions": (), "form": form}
    return render_page(request, "students/numbering.html", context, status=form_status(request))


@page(EDIT_STUDENTS, methods=("POST",))
def give_numbers(request: Request, code: str) -> HttpResponse:
    """Give a number to every pupil on roll who has none."""
    school = get_school_for(request.actor, code, EDIT_STUDENTS)
    count = actions.number_pupils(actor=request.actor, school_id=school.pk, now=clock.now())
    words = ngettext("%(count)s number given.", "%(count)s numbers given.", count)
    messages.success(request, words % {"count": number(count)})
    return done(request, reverse("students:registry", args=[school.code]))


@page(EXPORT_STUDENTS, methods=("GET",))
def registry_print(request: Request, code: str) -> HttpResponse:
    """Show the book on paper, as the law names its columns; that it was printed is kept."""
    school = get_school_for(request.actor, code, VIEW_REGISTRY)
    get_school_for(request.actor, code, EXPORT_STUDENTS)
    table, now = _table(request, school, is_whole=True), clock.now()
    found = list(table.matching[: MOST_PRINTED + 1])
    table.prepare(found)
    _note(request, school, min(len(found), MOST_PRINTED), purpose_text("SCHOOL_WORK", _("print")))
    context = {
        **school_frame(request, school, "registry"),
        "table": table,
        "rows": [table.draw(row) for row in found[:MOST_PRINTED]],
        "is_cut": len(found) > MOST_PRINTED,
        "most": MOST_PRINTED,
        "printed_at": now,
    }
    return render_page(request, "students/registry_print.html", context)


@page(EXPORT_STUDENTS)
def registry_export(request: Request, code: str) -> HttpResponse:
    """Ask what the book is for, then give it as a file."""
    school = get_school_for(request.actor, code, VIEW_REGISTRY)
    get_school_for(request.actor, code, EXPORT_STUDENTS)
    form, table = ExportForm(request.POST or None), _table(request, school, is_whole=True)
    if request.method == "POST" and form.is_valid():
        _note(request, school, table.exact_count, form.stated)
        notes = [
            (_("Exported by"), request.actor.label),
            (_("Acting as"), request.actor.role_label),
            (_("At"), moment(timezone.localtime(clock.now()))),
            (_("For"), purpose_words(form.stated)),
        ]
        return file_response(
            table,
            form.cleaned_data["kind"],
            name=pgettext("the book", "Registry book"),
            notes=notes,
        )
    context = {**school_frame(request, school, "registry"), "actions": (), "form": form}
    return render_page(
        request,
        "students/registry_export.html",
        {**context, "table": table},
        status=form_status(request),
    )


def _table(request: Request, school: School, *, is_whole: bool = False) -> BookTable:
    query = request.GET.copy()
    if is_whole:
        query["cols"] = ALL_COLUMNS
    return BookTable(
        numbers_of(actor=request.actor, school_id=school.pk),
        query,
        actor=request.actor,
        school_id=school.pk,
        path=reverse("students:registry", args=[school.code]),
        with_peoples=is_whole and school.pk in request.actor.reach(VIEW_SENSITIVE, "school"),
    )


def _note(request: Request, school: School, count: int, purpose: str) -> None:
    actions.export_note(
        actor=request.actor,
        unit_id=school.pk,
        count=count,
        what="registry",
        purpose=purpose,
        now=clock.now(),
    )
