"""Work beside lessons that counts as periods: of a school, recorded, ended; the school's zone."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.periods import last_day
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.forms import ZONES, WorkForm, ZoneForm
from khuevan.registry.curriculum.models import ConvertedWork, Pace
from khuevan.registry.curriculum.norms import ConversionRow, conversion_row, conversions_on
from khuevan.registry.curriculum.pages.ending import end_page
from khuevan.registry.curriculum.permissions import MANAGE_PLANS, VIEW_LOADS
from khuevan.registry.curriculum.selectors.works import (
    TENTHS,
    converted_works,
    get_work_for,
    taught_of,
    zone_on,
)
from khuevan.registry.curriculum.shown import fraction_words, sure_pill
from khuevan.registry.schools.api import get_school_for, held_on, school_frame
from khuevan.registry.staff.api import MANAGE_STAFF, get_member_for
from khuevan.ui.formats import day, tenths
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

ONE_DAY = timedelta(days=1)


@page(VIEW_LOADS, methods=("GET",))
def works(request: Request, code: str) -> HttpResponse:
    """Show the work beside lessons of a school, with its factor and text."""
    school = get_school_for(request.actor, code, VIEW_LOADS)
    today = request.actor.today
    zone = zone_on(school.pk, today)
    context = {
        **school_frame(request, school, "loads"),
        "actions": (),
        "rows": [_row(one, today) for one in converted_works(actor=request.actor, school=school)],
        "manages": held_on(request.actor, MANAGE_STAFF, school),
        "plans": held_on(request.actor, MANAGE_PLANS, school),
        "zone": dict(ZONES)[zone],
    }
    return render_page(request, "curriculum/works.html", context)


@page(MANAGE_STAFF)
def new_work(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Record work of somebody that counts as periods."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    member = get_member_for(request.actor, uuid, MANAGE_STAFF)
    today = request.actor.today
    kinds = [(one.code, _kind_words(one)) for one in conversions_on(today)]
    initial = {"starts_on": today, "factor": 1}
    form = WorkForm(request.POST or None, kinds=kinds, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        last = values["last_day"]
        with form.domain_errors():
            actions.record_work(
                actor=request.actor,
                school=school,
                member=member,
                new=actions.NewWork(
                    code=values["code"],
                    periods=values["periods"],
                    pace=values["pace"],
                    tenths=int(values["factor"] * TENTHS),
                    starts_on=values["starts_on"],
                    ends_on=last + ONE_DAY if last else None,
                    what=values["what"],
                    agreement=values["agreement"],
                ),
                now=clock.now(),
            )
            messages.success(request, _("Recorded."))
            return done(request, reverse("curriculum:works", args=[school.code]))
    context = {
        **school_frame(request, school, "loads"),
        "form": form,
        "form_title": _("Converted work of %(name)s") % {"name": member.person.full_name},
        "submit": _("Save"),
        "cancel_url": reverse("curriculum:load", args=[school.code, uuid]),
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


@page(MANAGE_STAFF)
def end_work(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """End work of somebody."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    work = get_work_for(request.actor, uuid, MANAGE_STAFF)
    return end_page(
        request,
        school,
        what=taught_of(work).what,
        name=work.person.full_name,
        end=lambda on: actions.end_work(actor=request.actor, uuid=uuid, on=on, now=clock.now()),
        said=_("The work is ended."),
        to=reverse("curriculum:works", args=[school.code]),
    )


@page(MANAGE_STAFF, methods=("POST",))
def withdraw_work(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Take back work that was recorded by mistake."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    actions.withdraw_work(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("Taken back."))
    return done(request, reverse("curriculum:works", args=[school.code]))


@page(MANAGE_PLANS)
def zone(request: Request, code: str) -> HttpResponse:
    """Say in which zone a school lies: norms and duties depend on it."""
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    to = reverse("curriculum:works", args=[school.code])
    today = request.actor.today
    initial = {"zone": zone_on(school.pk, today), "starts_on": today}
    form = ZoneForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.set_zone(
                actor=request.actor, school=school, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Recorded."))
            return done(request, to)
    context = {
        **school_frame(request, school, "loads"),
        "form": form,
        "form_title": _("Zone of the school (Circular 20/2023)"),
        "submit": _("Save"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


def _row(work: ConvertedWork, today: date) -> dict[str, Any]:
    taught, kind = taught_of(work), conversion_row(work.code, work.starts_on)
    is_over = work.ends_on is not None and work.ends_on <= today
    return {
        "uuid": work.uuid,
        "name": work.person.full_name,
        "url": reverse("curriculum:load", args=[work.school.code, work.staff_member.uuid]),
        "what": taught.what,
        "periods": fraction_words(Fraction(work.periods)),
        "pace": Pace(work.pace).label,
        "factor": tenths(work.tenths),
        "credited": fraction_words(taught.credited),
        "source": taught.source,
        "sure": sure_pill(kind.confidence) if kind else None,
        "agreement": work.agreement,
        "since": day(work.starts_on),
        "until": day(last_day(work.ends_on)) if work.ends_on else "",
        "is_over": is_over,
    }


def _kind_words(kind: ConversionRow) -> str:
    """Return a kind of work with the factors the law allows."""
    words = {"work": kind.label, "least": tenths(kind.least), "most": tenths(kind.most)}
    if kind.least == kind.most:
        return _("%(work)s (× %(most)s)") % words
    return _("%(work)s (× %(least)s to %(most)s)") % words
