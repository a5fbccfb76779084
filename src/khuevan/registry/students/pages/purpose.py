"""Why a record is opened from outside the pupil's school: asked once a sign-in for each record."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.platform.audit.api import (
    LONGEST_NOTE,
    PurposeForm,
    PurposeNeeded,
    state_purpose,
    stated_purpose,
)
from khuevan.registry.students.frame import Record, pill_of, read_record
from khuevan.registry.students.permissions import VIEW_STUDENTS
from khuevan.registry.students.selectors import get_student_for, standing_of
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

View = Callable[..., HttpResponse]


def asks_purpose(view: View) -> View:
    """Send whoever opens a record without saying why to the page that asks, and then back."""

    @wraps(view)
    def asking(request: Request, uuid: UUID, **further: Any) -> HttpResponseBase:
        try:
            return view(request, uuid, **further)
        except PurposeNeeded:
            return _ask(request, uuid)

    return asking  # type: ignore[return-value]  # wraps() hides the signature


@page(VIEW_STUDENTS)
def purpose(request: Request, uuid: UUID) -> HttpResponse:
    """Ask what the record is opened for; what is said stands in the list that the family reads."""
    actor = request.actor
    student = get_student_for(actor, uuid)
    standing = standing_of(student, on=actor.today)
    back = _back(request, uuid)
    if standing.is_daily_work_of(actor):
        return redirect(back)
    form = PurposeForm(request.POST or None, initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        state_purpose(request, uuid, form.stated)
        return done(request, back)
    record = read_record(actor, student, standing)
    context = {
        "form": form,
        "who": _who(record),
        "hours": settings.RECORD_PURPOSE_HOURS,
        "back_url": reverse("students:list"),
    }
    return render_page(request, "students/purpose.html", context, status=form_status(request))


def purpose_of(request: Any, uuid: UUID) -> str:
    """Return why this sign-in opens a record, as far as it has been said."""
    return stated_purpose(request, uuid)


def _ask(request: Request, uuid: UUID) -> HttpResponse:
    wanted = request.get_full_path() if request.method == "GET" and not request.htmx else ""
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return done(request, reverse("students:purpose", args=[uuid]) + query)


def _back(request: Request, uuid: UUID) -> str:
    """Return the page of this record that was asked for: no other place can be named."""
    own, wanted = reverse("students:record", args=[uuid]), request.GET.get("next", "")
    is_of_record = wanted.startswith(own) and ".." not in wanted
    return wanted if is_of_record else own


def _usual(request: Request) -> dict[str, str]:
    """Return what a support session says by itself: its reason."""
    reason = getattr(request.actor, "purpose", "")
    return {"purpose": "ASSISTANCE", "note": reason[:LONGEST_NOTE]} if reason else {}


def _who(record: Record) -> str:
    room = record.placement.homeroom_class.name if record.placement else ""
    parts = (
        record.student.person.full_name,
        _("Class %(name)s") % {"name": room} if room else str(pill_of(record).label),
        record.name_of(record.enrollment.school) if record.enrollment else "",
    )
    return " · ".join(part for part in parts if part)
