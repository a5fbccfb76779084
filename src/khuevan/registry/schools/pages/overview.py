"""The list of schools, a school's overview and its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.audit.api import VIEW_AUDIT
from khuevan.platform.organizations.api import version_of
from khuevan.registry.people.api import happening
from khuevan.registry.schools.decisions import decision_line, school_decisions
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.figures import figures_for, panels_for
from khuevan.registry.schools.frame import held_on, school_frame, sees_several, works_on
from khuevan.registry.schools.models import Matter, Ownership, School, SchoolType
from khuevan.registry.schools.permissions import (
    FOUND_SCHOOLS,
    LICENSE_FACILITIES,
    MANAGE_CAMPUSES,
    MANAGE_SCHOOLS,
    VIEW_SCHOOLS,
)
from khuevan.registry.schools.selectors import (
    closed_schools,
    coming_schools,
    facilities,
    get_known_school_for,
    history_of,
    schools,
)
from khuevan.registry.schools.tables import FacilityTable, SchoolTable
from khuevan.ui.formats import day, moment
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import FILE_TYPES, file_response, newest_part


@page(VIEW_SCHOOLS, methods=("GET",))
def school_list(request: Request) -> HttpResponse:
    """Show the schools within reach; whoever reaches one school only goes to its page."""
    if not sees_several(request.actor):
        return _own_school(request)
    table = _table(request)
    part = "more" if table.is_more else "list"
    context = {
        "table": table,
        "may_open": request.actor.may(MANAGE_SCHOOLS),
        "may_found": request.actor.may(FOUND_SCHOOLS),
    }
    return render_page(request, "schools/list.html", context, partial=part)


@page(VIEW_SCHOOLS, methods=("GET",))
def facility_list(request: Request) -> HttpResponse:
    """Show the independent preschool facilities within reach, with their licenses."""
    table = _facilities(request)
    part = "more" if table.is_more else "list"
    context = {"table": table, "may_license": request.actor.may(LICENSE_FACILITIES)}
    return render_page(request, "schools/facilities.html", context, partial=part)


@page(VIEW_SCHOOLS, methods=("GET",))
def facility_file(request: Request, kind: str) -> HttpResponse:
    """Give the list of facilities as a file."""
    if kind not in FILE_TYPES:
        raise Http404
    notes = [(_("Exported by"), request.actor.label), (_("At"), moment(clock.now()))]
    name = _("Independent preschool facilities")
    return file_response(_facilities(request), kind, name=name, notes=notes)


@page(VIEW_SCHOOLS, methods=("GET",))
def school_file(request: Request, kind: str) -> HttpResponse:
    """Give the list of schools as a file: no personal data, so no questions."""
    name = _("Schools")
    if kind not in FILE_TYPES:
        raise Http404
    notes = [(_("Exported by"), request.actor.label), (_("At"), moment(clock.now()))]
    return file_response(_table(request), kind, name=name, notes=notes)


@page(VIEW_SCHOOLS, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Show a school's facts and figures."""
    found = get_known_school_for(request.actor, code)
    on = request.actor.today
    at_work = works_on(found, on)
    told = figures_for(request.actor) if at_work else []
    kpis = [{"label": one.label, **one.kpi(request.actor, found, on)} for _key, one in told]
    panels = [
        {
            "template": one.template,
            "width": one.width,
            "values": one.build(request.actor, found, on),
        }
        for one in (panels_for(request.actor) if at_work else [])
    ]
    context: dict[str, Any] = {"kpis": kpis, "panels": panels, "facts": _facts(found, on)}
    context["may_manage"] = at_work and held_on(request.actor, MANAGE_CAMPUSES, found)
    return render_page(
        request,
        "schools/overview.html",
        {**school_frame(request, found, "overview"), **context},
    )


@page(VIEW_AUDIT, methods=("GET",))
def school_history(request: Request, code: str) -> HttpResponse:
    """Show what happened in a school, newest first."""
    found = get_known_school_for(request.actor, code, VIEW_AUDIT)
    shown, more = newest_part(request, history_of(actor=request.actor, school=found))
    context = {"events": [happening(entry) for entry in shown], "more_url": more}
    return render_page(
        request, "schools/history.html", {**school_frame(request, found, "history"), **context}
    )


def _facilities(request: Request) -> FacilityTable:
    on = request.actor.today
    rows = facilities(actor=request.actor, on=on)
    path = reverse("schools:facilities")
    return FacilityTable(rows, request.GET, actor=request.actor, on=on, path=path)


def _table(request: Request) -> SchoolTable:
    on = request.actor.today
    reading = schools
    if SchoolTable.COMING in request.GET:
        reading = coming_schools
    elif SchoolTable.CLOSED in request.GET:
        reading = closed_schools
    rows = reading(actor=request.actor, on=on)
    return SchoolTable(rows, request.GET, actor=request.actor, on=on, path=reverse("schools:list"))


def _facts(found: School, on: date) -> list[dict[str, object]]:
    """Return what is known of a school, as label and value."""
    by_law = SchoolFacts.told_by(found)
    parent_id: int | None = getattr(found, "parent_id", None)
    parent = version_of(parent_id, on=on) if parent_id else None
    opens_on: date | None = getattr(found, "opens_on", None)
    return [
        {"label": _("Code"), "value": found.code},
        {"label": _("Type"), "value": SchoolType(found.school_type).label},
        {"label": _("Ownership"), "value": Ownership(found.ownership).label},
        {"label": _("Special features"), "value": " · ".join(by_law.marks)},
        {"label": _("Managed by"), "value": parent.name if parent else ""},
        {"label": _("Commune"), "value": getattr(found, "area_name", "")},
        {"label": _("Address"), "value": found.address},
        {"label": _("Phone"), "value": found.phone},
        {"label": _("Website"), "value": found.website, "url": found.website},
        {"label": _("Opens on") if opens_on else _("Founded"), "value": day(found.founded_on)},
        {"label": _("Founding decision"), "value": _founding(found)},
    ]


def _founding(found: School) -> str:
    """Return the founding decision as a line; nothing where it isn't recorded."""
    papers = (one for one in school_decisions(found.pk) if one.matter == Matter.FOUNDING)
    paper = next(papers, None)
    return decision_line(paper) if paper else ""


def _own_school(request: Request) -> HttpResponse:
    own = schools(actor=request.actor, on=request.actor.today).first()
    if own is None:
        return render_page(request, "schools/none.html")
    return redirect("schools:school", code=own.code)
