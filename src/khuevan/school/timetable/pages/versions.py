"""The versions of a school's timetable: listed, made, published, removed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import monday_of
from khuevan.registry.schools.api import (
    academic_year_on,
    get_school_for,
    held_on,
    school_frame,
    schools,
)
from khuevan.school.timetable import actions
from khuevan.school.timetable.boards import clashes_of
from khuevan.school.timetable.forms import NewTimetableForm, PublishForm
from khuevan.school.timetable.models import Timetable
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES, VIEW_TIMETABLES
from khuevan.school.timetable.selectors.notice import earliest_start, monday_from, notice_of
from khuevan.school.timetable.selectors.versions import (
    count_unplaced,
    get_timetable_for,
    timetable_on,
    timetables,
)
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

WEEK = timedelta(days=7)


@page(VIEW_TIMETABLES, methods=("GET",))
def start(request: Request) -> HttpResponse:
    """Go to the timetables of the school one acts in, else to the schools to choose from."""
    hat = request.actor.hat
    reach = schools(actor=request.actor, on=request.actor.today)
    own = reach.filter(pk=hat.unit_id).first() if hat else None
    return redirect("timetable:versions", own.code) if own else redirect("schools:list")


@page(VIEW_TIMETABLES, methods=("GET",))
def versions(request: Request, code: str) -> HttpResponse:
    """Show the versions of a school's timetable, the one that holds today marked."""
    school = get_school_for(request.actor, code, VIEW_TIMETABLES)
    holds = timetable_on(school.pk, request.actor.today)
    rows = list(timetables(actor=request.actor, school=school).select_related("academic_year"))
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "rows": [{"row": row, "holds": holds is not None and row.pk == holds.pk} for row in rows],
        "manages": held_on(request.actor, MANAGE_TIMETABLES, school),
    }
    return render_page(request, "timetable/versions.html", context)


@page(MANAGE_TIMETABLES)
def new(request: Request, code: str) -> HttpResponse:
    """Make a version of a school's timetable."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    today = request.actor.today
    year = academic_year_on(today)
    if year is None:
        raise NotFound
    rows = timetables(actor=request.actor, school=school).filter(academic_year=year)
    known = [(str(row.uuid), f"{row.name}, {day(row.starts_on)}") for row in rows]
    first = max(monday_of(today) + WEEK, monday_from(earliest_start(school.pk, today)))
    form = NewTimetableForm(
        request.POST or None,
        versions=known,
        initial={
            "name": _("Timetable %(number)s") % {"number": len(known) + 1},
            "starts_on": first,
            "copy_of": known[0][0] if known else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        with form.domain_errors():
            made = actions.make_timetable(
                actor=request.actor,
                school=school,
                year=year,
                name=values["name"],
                starts_on=values["starts_on"],
                days=int(values["days"]),
                copy_of=UUID(values["copy_of"]) if values["copy_of"] else None,
                now=clock.now(),
            )
            return done(request, editor_url(made))
    context = {
        **school_frame(request, school, "timetables"),
        "form": form,
        "form_title": _("A new timetable"),
        "submit": _("Make"),
        "cancel_url": reverse("timetable:versions", args=[school.code]),
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


@page(MANAGE_TIMETABLES)
def publish(request: Request, uuid: UUID) -> HttpResponse:
    """Publish a timetable; ask once more where it isn't whole, and why where it comes late."""
    timetable = get_timetable_for(request.actor, uuid)
    if timetable.is_published and request.method == "GET":  # somebody goes back after publishing
        return redirect(editor_url(timetable))
    school = get_school_for(request.actor, timetable.school.code, MANAGE_TIMETABLES)
    earliest = monday_from(earliest_start(school.pk, request.actor.today))
    is_late = timetable.starts_on < earliest
    form = PublishForm(request.POST or None)
    anyway = request.POST.get("anyway", "") == "1"
    draft = not timetable.is_published
    clashes, unplaced = (clashes_of(timetable), count_unplaced(timetable)) if draft else (0, 0)
    asks = bool(clashes or unplaced) and not anyway
    if request.method == "POST" and draft and (asks or is_late) and "reason" not in request.POST:
        return done(request, request.path)  # to be asked there, on a page to go back to
    if request.method == "POST" and not asks and form.is_valid():
        with form.domain_errors():
            made = actions.publish_timetable(
                actor=request.actor,
                uuid=uuid,
                accepts_clashes=anyway,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            words = {"name": made.name, "day": day(made.starts_on)}
            said = _("%(name)s is published and holds from %(day)s.") % words
            messages.success(request, said)
            return done(request, reverse("timetable:versions", args=[school.code]))
    form.fields["reason"].required = is_late
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "form": form,
        "title": _("Publish “%(name)s”") % {"name": timetable.name},
        "clashes": clashes,
        "unplaced": unplaced,
        "timetable": timetable,
        "days": notice_of(school.pk),
        "earliest": earliest,
        "is_late": is_late,
        "cancel_url": editor_url(timetable),
    }
    return render_page(request, "timetable/publish.html", context, status=form_status(request))


@page(MANAGE_TIMETABLES, methods=("POST",))
def remove(request: Request, uuid: UUID) -> HttpResponse:
    """Remove a draft."""
    school = actions.remove_timetable(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("The draft is removed."))
    return done(request, reverse("timetable:versions", args=[school.code]))


def editor_url(timetable: Timetable) -> str:
    """Return the page on which a timetable is seen and made."""
    return reverse("timetable:editor", args=[timetable.uuid])
