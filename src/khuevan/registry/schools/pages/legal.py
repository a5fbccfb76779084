"""What a school is by law: opened, changed from a day on, corrected, recoded, closed."""

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
from khuevan.registry.schools.errors import SchoolNotFound
from khuevan.registry.schools.facts import FACTS, SchoolFacts, codes_of, school_facts, versions_of
from khuevan.registry.schools.forms import (
    ChangeFactsForm,
    CloseSchoolForm,
    CodeForm,
    CorrectFactsForm,
    OpenSchoolForm,
)
from khuevan.registry.schools.founding import Founded, founder_of
from khuevan.registry.schools.frame import held_on, school_frame
from khuevan.registry.schools.models import Boarding, Ownership, School, SchoolType
from khuevan.registry.schools.permissions import (
    FOUND_SCHOOLS,
    LICENSE_FACILITIES,
    MANAGE_SCHOOLS,
    VIEW_SCHOOLS,
)
from khuevan.registry.schools.rules import levels_of_type
from khuevan.registry.schools.selectors import get_known_school_for, get_school_for, schools
from khuevan.ui.forms import Form
from khuevan.ui.page import Request, done, form_status, page, render_page

PARENTS = (UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE)
FOUNDED_BY_COMMUNES = (
    SchoolType.PRESCHOOL,
    SchoolType.NURSERY,
    SchoolType.KINDERGARTEN,
    SchoolType.PRIMARY,
    SchoolType.LOWER_SECONDARY,
    SchoolType.PRIMARY_LOWER_SECONDARY,
    SchoolType.ETHNIC_BOARDING,
    SchoolType.ETHNIC_SEMI_BOARDING,
    SchoolType.BOARDING_GENERAL,
)
"""What a commune is offered; whether it is competent is asked of the law of the day."""


@page(VIEW_SCHOOLS, methods=("GET",))
def facts(request: Request, code: str) -> HttpResponse:
    """Show what a school was by law, period by period, and the codes it had."""
    school = get_known_school_for(request.actor, code)
    context = {
        "versions": [SchoolFacts.of(row) for row in versions_of(school.pk)],
        "codes": codes_of(school.pk),
        "today": request.actor.today,
        "may_manage": held_on(request.actor, MANAGE_SCHOOLS, school),
    }
    return render_page(
        request, "schools/facts.html", {**school_frame(request, school, "facts"), **context}
    )


@page(MANAGE_SCHOOLS)
def facts_change(request: Request, code: str) -> HttpResponse:
    """Make a school something else by law from a day on."""
    school = get_school_for(request.actor, code, MANAGE_SCHOOLS)
    form = ChangeFactsForm(request.POST or None, initial=_now_so(request, school, decision=False))
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_facts(
                actor=request.actor,
                school_id=school.pk,
                facts=form.facts,
                on=form.cleaned_data["on"],
                now=clock.now(),
            )
            messages.success(request, _("The change is recorded."))
            return done(request, reverse("schools:facts", args=[code]))
    return _form_page(request, school, form, _("Change from a day on"), _("Record the change"))


@page(MANAGE_SCHOOLS)
def facts_correct(request: Request, code: str) -> HttpResponse:
    """Put right what was entered wrong about today's period."""
    school = get_school_for(request.actor, code, MANAGE_SCHOOLS)
    form = CorrectFactsForm(request.POST or None, initial=_now_so(request, school))
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.correct_facts(
                actor=request.actor,
                school_id=school.pk,
                facts=form.facts,
                on=request.actor.today,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The entry is corrected."))
            return done(request, reverse("schools:facts", args=[code]))
    return _form_page(request, school, form, _("Correct a wrong entry"), _("Correct the entry"))


@page(MANAGE_SCHOOLS)
def code_change(request: Request, code: str) -> HttpResponse:
    """Give a school another code from a day on."""
    school = get_school_for(request.actor, code, MANAGE_SCHOOLS)
    form = CodeForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            changed = actions.change_code(
                actor=request.actor, school_id=school.pk, now=clock.now(), **form.cleaned_data
            )
            said = {"code": form.cleaned_data["code"], "on": _said(form.cleaned_data["on"])}
            messages.success(request, _("The school's code is %(code)s from %(on)s.") % said)
            return done(request, reverse("schools:facts", args=[changed.code]))
    return _form_page(request, school, form, _("Change the code"), _("Record the change"))


@page(MANAGE_SCHOOLS)
def close(request: Request, code: str) -> HttpResponse:
    """Close a school; refused while pupils, staff or classes remain."""
    school = get_school_for(request.actor, code, MANAGE_SCHOOLS)
    form = CloseSchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.domain_errors():
            actions.close_school(
                actor=request.actor,
                school_id=school.pk,
                on=said["on"],
                decision=said["decision"],
                successor=_successor(request, said["successor"]),
                now=clock.now(),
            )
            messages.success(request, _("The school closes on %(on)s.") % {"on": _said(said["on"])})
            return done(request, reverse("schools:list"))
    return _form_page(request, school, form, _("Close the school"), _("Close the school"))


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
        only=FOUNDED_BY_COMMUNES,
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
        parents=parents,
        areas=_areas(request.actor),
        only=only,
        initial=_at_first(request.actor, kind, parents),
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            opened = actions.open_school(
                actor=request.actor,
                data=form.school,
                starts_on=form.cleaned_data["starts_on"],
                now=clock.now(),
            )
            messages.success(request, _("%(name)s is open.") % {"name": form.school.name})
            return done(request, _after_opening(request, opened))
    context = {"form": form, "form_title": title, "submit": submit}
    return render_page(request, "schools/new.html", context, status=form_status(request))


def _at_first(actor: Actor, kind: SchoolType, parents: Sequence[OrgUnitVersion]) -> dict[str, Any]:
    """Return what a new school usually is: its levels, its owner, under whom, who signs."""
    is_facility = kind == SchoolType.INDEPENDENT_PRESCHOOL
    ownership = Ownership.PRIVATE if is_facility else Ownership.PUBLIC
    levels = levels_of_type(kind)
    under = next((one for one in parents if one.unit.kind == UnitKind.DEPARTMENT), None)
    under = under or next(iter(parents), None)
    founder = None
    if under is not None:
        asked = Founded(kind, levels, ownership, under.unit_id, under.area_id)
        founder = founder_of(asked, on=actor.today)
    return {
        "school_type": kind.value,
        "levels": list(levels),
        "boarding": Boarding.DAY if is_facility else Boarding.NONE,
        "ownership": ownership,
        "parent": str(under.unit_id) if under else "",
        "founding_signed_by": founder.who if founder else "",
        "starts_on": actor.today,
    }


def _after_opening(request: Request, opened: School) -> str:
    """Return the new school's page, or the list while it has not begun."""
    begun = schools(actor=request.actor, on=request.actor.today).filter(pk=opened.pk).exists()
    return reverse("schools:school", args=[opened.code]) if begun else reverse("schools:list")


def _parents(actor: Actor, permission: Permission) -> list[OrgUnitVersion]:
    reach = actor.reach(permission, "school")
    rows = versions_on(actor.today).filter(unit__kind__in=PARENTS)
    if not reach.everything:
        rows = rows.filter(unit_id__in=reach.ids)
    return list(rows.order_by("unit__kind", "sort_key", "unit_id"))


def _areas(actor: Actor) -> list[Area]:
    codes = {one.parent_code for one in _homes(actor)}
    rows = areas_on(actor.today).filter(kind=AreaKind.COMMUNE, parent_code__in=codes)
    return list(rows)


def _homes(actor: Actor) -> list[Area]:
    """Return a commune of each province that units stand in, to know the provinces."""
    ids = versions_on(actor.today).exclude(area=None).values("area_id")
    rows = areas_on(actor.today).filter(kind=AreaKind.COMMUNE, pk__in=ids)
    return list(rows.order_by("parent_code", "code").distinct("parent_code"))


def _successor(request: Request, code: str) -> School | None:
    if not code:
        return None
    known = schools(actor=request.actor, on=request.actor.today)
    found: School | None = known.filter(code=code).first()
    if found is None:
        raise SchoolNotFound(code=code)
    return found


def _now_so(request: Request, school: School, *, decision: bool = True) -> dict[str, Any]:
    found = school_facts(school.pk, on=request.actor.today)
    told = {name: getattr(found, name) for name in FACTS}
    told["national_standard"] = found.national_standard or ""
    return {**told, "decision": found.decision if decision else "", "on": request.actor.today}


def _said(day: Any) -> str:
    return f"{day:%d/%m/%Y}"


def _form_page(
    request: Request, school: School, form: Form, title: str, submit: str
) -> HttpResponse:
    context = {
        "form": form,
        "form_title": title,
        "submit": submit,
        "cancel_url": reverse("schools:facts", args=[school.code]),
    }
    frame = school_frame(request, school, "facts")
    return render_page(
        request, "schools/form.html", {**frame, **context}, status=form_status(request)
    )
