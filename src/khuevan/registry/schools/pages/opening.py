"""Opening a school: by the Department, by the commune that founds it, as a licensed facility."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.areas.api import Area, AreaKind, areas_on
from khuevan.platform.organizations.api import OrgUnitVersion, UnitKind, versions_on
from khuevan.registry.schools import actions
from khuevan.registry.schools.competence import AskedSchool, types_decided_by
from khuevan.registry.schools.deciding import usual_signature
from khuevan.registry.schools.legal_forms import OpenSchoolForm
from khuevan.registry.schools.models import Boarding, Matter, Ownership, SchoolType
from khuevan.registry.schools.permissions import (
    FOUND_SCHOOLS,
    LICENSE_FACILITIES,
    MANAGE_SCHOOLS,
)
from khuevan.registry.schools.rules import levels_of_type
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

PARENTS = (UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE)


@page(MANAGE_SCHOOLS)
def school_new(request: Request) -> HttpResponse:
    """Open a school of any type."""
    return _opening(
        request,
        MANAGE_SCHOOLS,
        _("Open a school"),
        _("Open the school"),
        kind=SchoolType.UPPER_SECONDARY,
    )


@page(FOUND_SCHOOLS)
def school_found(request: Request) -> HttpResponse:
    """Open a school that one's own commune founds: up to lower secondary, private ones too."""
    return _opening(
        request,
        FOUND_SCHOOLS,
        _("Open a school of the commune"),
        _("Open the school"),
        kind=SchoolType.PRIMARY,
        only=[
            one
            for one in types_decided_by(UnitKind.COMMUNE, Matter.FOUNDING, on=request.actor.today)
            if one != SchoolType.INDEPENDENT_PRESCHOOL
        ],
    )


@page(LICENSE_FACILITIES)
def facility_new(request: Request) -> HttpResponse:
    """License an independent preschool facility, which is its commune's to do."""
    return _opening(
        request,
        LICENSE_FACILITIES,
        _("License an independent preschool facility"),
        _("License the facility"),
        kind=SchoolType.INDEPENDENT_PRESCHOOL,
        only=(SchoolType.INDEPENDENT_PRESCHOOL,),
    )


def _opening(
    request: Request,
    permission: Permission,
    title: str,
    submit: str,
    *,
    kind: SchoolType,
    only: Collection[str] = (),
) -> HttpResponse:
    parents = _parents(request.actor, permission)
    form = OpenSchoolForm(
        request.POST or None,
        request.FILES or None,
        parents=parents,
        areas=_areas(request.actor, parents),
        only=only,
        initial=_at_first(request.actor, kind, parents),
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            on = form.cleaned_data["starts_on"]
            opened = actions.open_school(
                actor=request.actor, data=form.school, starts_on=on, now=clock.now()
            )
            is_coming = on > request.actor.today
            told = _("%(name)s opens on %(on)s.") if is_coming else _("%(name)s is open.")
            messages.success(request, told % {"name": form.school.name, "on": day(on)})
            return done(request, reverse("schools:school", args=[opened.code]))
    context = {"form": form, "form_title": title, "submit": submit}
    return render_page(request, "schools/new.html", context, status=form_status(request))


def _at_first(actor: Actor, kind: SchoolType, parents: Sequence[OrgUnitVersion]) -> dict[str, Any]:
    """Return what a new school usually is: its levels, its owner, under whom, who signs."""
    is_facility = kind == SchoolType.INDEPENDENT_PRESCHOOL
    ownership = Ownership.PRIVATE if is_facility else Ownership.PUBLIC
    levels = levels_of_type(kind)
    under = next((one for one in parents if one.unit.kind == UnitKind.DEPARTMENT), None)
    under = under or next(iter(parents), None)
    asked = None
    if under is not None:
        asked = AskedSchool(kind, levels, ownership, under.unit_id, under.area_id)
    return {
        "school_type": kind.value,
        "levels": list(levels),
        "boarding": Boarding.DAY if is_facility else Boarding.NONE,
        "ownership": ownership,
        "parent": str(under.unit_id) if under else "",
        "starts_on": actor.today,
        **usual_signature(asked, Matter.FOUNDING, on=actor.today),
    }


def _parents(actor: Actor, permission: Permission) -> list[OrgUnitVersion]:
    reach = actor.reach(permission, "school")
    rows = versions_on(actor.today).filter(unit__kind__in=PARENTS)
    if not reach.everything:
        rows = rows.filter(unit_id__in=reach.ids)
    return list(rows.order_by("unit__kind", "sort_key", "unit_id"))


def _areas(actor: Actor, parents: Sequence[OrgUnitVersion]) -> list[Area]:
    """Return the communes where a school may stand: a commune's schools stand in it."""
    if all(one.unit.kind == UnitKind.COMMUNE for one in parents):
        own = [one.area_id for one in parents if one.area_id is not None]
        return list(areas_on(actor.today).filter(pk__in=own))
    codes = {one.parent_code for one in _homes(actor)}
    rows = areas_on(actor.today).filter(kind=AreaKind.COMMUNE, parent_code__in=codes)
    return list(rows)


def _homes(actor: Actor) -> list[Area]:
    """Return a commune of each province that units stand in, to know the provinces."""
    ids = versions_on(actor.today).exclude(area=None).values("area_id")
    rows = areas_on(actor.today).filter(kind=AreaKind.COMMUNE, pk__in=ids)
    return list(rows.order_by("parent_code", "code").distinct("parent_code"))
