"""How a pupil is assessed otherwise, and the marks brought along from elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.schools.api import AcademicYear, academic_year_on
from khuevan.registry.staff.api import subject_label
from khuevan.registry.students.api import VIEW_STUDENTS, Student, get_student_for
from khuevan.school.gradebooks import actions
from khuevan.school.gradebooks.actions import ArrangementData
from khuevan.school.gradebooks.actions.carrying import HIGHEST
from khuevan.school.gradebooks.column_names import slot_name
from khuevan.school.gradebooks.forms import ArrangementForm, BroughtForm
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.permissions import MANAGE_BOOKS
from khuevan.school.gradebooks.selectors.arrangements import arrangements, books_of_pupil
from khuevan.school.gradebooks.selectors.carrying import Proposal, brought_by, proposals_for
from khuevan.school.gradebooks.shown import shown_value
from khuevan.school.gradebooks.slots import content_of
from khuevan.ui.asked import whole_number
from khuevan.ui.formats import moment
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_BOOKS)
def pupil(request: Request, uuid: UUID) -> HttpResponse:
    """Show and decide how a pupil is assessed otherwise; propose the marks of a former class."""
    student, year, books = _pupil(request, uuid)
    form = ArrangementForm(request.POST or None)
    names = [(one.subject_name, subject_label(one.subject_name)) for one in books]
    form.offer("subject_name", [("", _("All subjects")), *names])
    to = reverse("gradebooks:arrangements", args=[uuid])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.arrange(
                actor=request.actor,
                student=student,
                year=year,
                data=ArrangementData(**form.cleaned_data),
                now=clock.now(),
            )
            messages.success(request, _("Saved."))
            return done(request, to)
    found = proposals_for(actor=request.actor, student=student, year=year)
    brought = brought_by(student, books)
    context = {
        "name": student.person.full_name,
        "student": student,
        "room": books[0].homeroom_class.name,
        "form": form,
        "arrangements": [
            {
                "kind": one.get_kind_display(),
                "subject": subject_label(one.subject_name) if one.subject_name else "",
                "reason": one.reason,
                "by": one.decided_by.full_name if one.decided_by else "",
                "at": moment(one.decided_at),
                "end_url": reverse("gradebooks:end_arrangement", args=[one.uuid]),
            }
            for one in arrangements(request.actor, year).filter(student=student)
        ],
        "proposals": [_proposal(one) for one in found],
        "count": sum(len(one.fit.fits) for one in found),
        "brought": [
            {
                "subject": subject_label(one.subject_name),
                "value": shown_value(content_of(one.form, one.slots[0]), brought[one.pk].value),
                "paper": brought[one.pk].paper,
            }
            for one in books
            if one.pk in brought
        ],
        "back_url": reverse("students:record", args=[uuid]),
    }
    return render_page(
        request, "gradebooks/arrangements.html", context, status=form_status(request)
    )


def _proposal(one: Proposal) -> dict[str, Any]:
    """Return what a former gradebook offers, and what of it finds no column."""
    return {
        "subject": subject_label(one.book.subject_name),
        "room": one.former.homeroom_class.name,
        "marks": [
            {
                "column": slot_name(one.book.form, slot),
                "value": shown_value(content_of(one.book.form, slot), value),
            }
            for slot, value in sorted(one.fit.fits.items())
        ],
        "left": [
            {
                "column": slot_name(one.former.form, slot),
                "value": shown_value(content_of(one.former.form, slot), value),
            }
            for slot, value in sorted(one.fit.left.items())
        ],
    }


@page(MANAGE_BOOKS, methods=("POST",))
def end(request: Request, uuid: UUID) -> HttpResponse:
    """Let a pupil be assessed as the class again."""
    student = actions.end_arrangement(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("The pupil is assessed as the class again."))
    return done(request, reverse("gradebooks:arrangements", args=[student.uuid]))


@page(MANAGE_BOOKS, methods=("POST",))
def carry(request: Request, uuid: UUID) -> HttpResponse:
    """Take over the marks of the former class."""
    student, year, _books = _pupil(request, uuid)
    try:
        count = actions.carry_marks(
            actor=request.actor,
            student=student,
            year=year,
            count=whole_number(request.POST.get("count", "")) or 0,
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(count)s mark is taken over.", "%(count)s marks are taken over.", count)
        messages.success(request, said % {"count": count})
    return done(request, reverse("gradebooks:arrangements", args=[uuid]))


@page(MANAGE_BOOKS)
def brought(request: Request, uuid: UUID) -> HttpResponse:
    """Keep the results of term I as the report of a pupil who came later says."""
    student, year, books = _pupil(request, uuid)
    mine = [one for one in books if one.form in HIGHEST]
    known = brought_by(student, mine)
    initial = {
        f"term_1_{one.pk}": shown_value(content_of(one.form, one.slots[0]), known[one.pk].value)
        for one in mine
        if one.pk in known
    }
    paper = next((one.paper for one in known.values()), "")
    form = BroughtForm(request.POST or None, books=mine, initial={**initial, "paper": paper})
    to = reverse("gradebooks:arrangements", args=[uuid])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.bring_averages(
                actor=request.actor,
                student=student,
                year=year,
                values=form.values,
                paper=form.cleaned_data["paper"],
                now=clock.now(),
            )
            messages.success(request, _("Saved."))
            return done(request, to)
    context = {"name": student.person.full_name, "form": form, "back": to}
    return render_page(request, "gradebooks/brought.html", context, status=form_status(request))


def _pupil(request: Request, uuid: UUID) -> tuple[Student, AcademicYear, list[Gradebook]]:
    """Return a pupil with the gradebooks of the class of today.

    :raises NotFound: when there are none, or they aren't the actor's to keep
    """
    student = get_student_for(request.actor, uuid, VIEW_STUDENTS)
    year = academic_year_on(request.actor.today)
    if year is None:
        raise NotFound
    books = books_of_pupil(actor=request.actor, student=student, year=year)
    if not books:
        raise NotFound
    return student, year, books
