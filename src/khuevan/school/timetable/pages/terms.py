"""How early a school publishes its timetables, and how far its campuses are apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.schools.api import Campus, School, get_school_for, school_frame
from khuevan.school.timetable.actions.terms import remove_way, set_notice, set_way
from khuevan.school.timetable.asked.facts import sites_of, ways_between
from khuevan.school.timetable.forms import NoticeForm, WayForm
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.selectors.notice import notice_of
from khuevan.ui.asked import posted_uuid
from khuevan.ui.formats import number
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_TIMETABLES)
def terms(request: Request, code: str) -> HttpResponse:
    """Show and set how many working days ahead a school publishes; show its ways."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    initial = {"working_days": notice_of(school.pk)}
    sites = sites_of(school.pk, request.actor.today)
    form = NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            set_notice(
                actor=request.actor,
                school=school,
                working_days=form.cleaned_data["working_days"],
                now=clock.now(),
            )
            messages.success(request, _("Saved."))
            return done(request, _url(school))
    return _render(request, school, sites, form, _way_form(None, sites))


@page(MANAGE_TIMETABLES, methods=("POST",))
def way(request: Request, code: str) -> HttpResponse:
    """Say how far two campuses are apart."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    sites = sites_of(school.pk, request.actor.today)
    form = _way_form(request.POST, sites)
    if form.is_valid():
        said = form.cleaned_data
        with form.domain_errors():
            set_way(
                actor=request.actor,
                school=school,
                one=UUID(said["one"]),
                other=UUID(said["other"]),
                km=said["km"],
                minutes=said["minutes"],
                now=clock.now(),
            )
            messages.success(request, _("Saved. Drafts are checked by it from now on."))
            return done(request, _url(school))
    notice = NoticeForm(initial={"working_days": notice_of(school.pk)})
    return _render(request, school, sites, notice, form)


@page(MANAGE_TIMETABLES, methods=("POST",))
def way_remove(request: Request, code: str) -> HttpResponse:
    """Let a way be counted from the main campus again."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    one, other = posted_uuid(request, "one"), posted_uuid(request, "other")
    remove_way(actor=request.actor, school=school, one=one, other=other, now=clock.now())
    messages.success(request, _("The way is counted from the main campus again."))
    return done(request, _url(school))


def _way_form(posted: QueryDict | None, sites: Mapping[int, Campus]) -> WayForm:
    choices = [(str(site.uuid), site.name) for site in sites.values()]
    initial = {"one": choices[0][0], "other": choices[1][0]} if len(choices) > 1 else {}
    return WayForm(posted, sites=choices, initial=initial)


def _render(
    request: Request,
    school: School,
    sites: Mapping[int, Campus],
    notice: NoticeForm,
    way_form: WayForm,
) -> HttpResponse:
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "notice_form": notice,
        "form": way_form if len(sites) > 1 else None,
        "ways": _ways(sites),
        "rules_url": reverse("timetable:rules", args=[school.code]),
    }
    return render_page(request, "timetable/terms.html", context, status=form_status(request))


def _ways(sites: Mapping[int, Campus]) -> list[dict[str, Any]]:
    by_name = {site.name: site for site in sites.values()}
    return [
        {
            "one": by_name[way.one],
            "other": by_name[way.other],
            "km": number(way.km) if way.km else "",
            "minutes": number(way.minutes) if way.minutes else "",
            "is_said": way.is_said,
        }
        for way in ways_between(sites)
    ]


def _url(school: School) -> str:
    return reverse("timetable:terms", args=[school.code])
