"""The year of each level, days without lessons and days made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.organizations.api import OrgUnitVersion, UnitKind, names_on, versions_on
from khuevan.registry.schools import actions, calendar
from khuevan.registry.schools.errors import YearNotDecided
from khuevan.registry.schools.frame import held_on, school_frame
from khuevan.registry.schools.models import AcademicYear, Closure, EducationLevel, School
from khuevan.registry.schools.permissions import CLOSE_DAYS, DECIDE_YEARS, VIEW_SCHOOLS
from khuevan.registry.schools.selectors import academic_year_on, get_school_for
from khuevan.registry.schools.year_forms import ClosureForm, FrameForm, MakeUpForm
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(VIEW_SCHOOLS, methods=("GET",))
def years(request: Request) -> HttpResponse:
    """Show how each level's year is decided."""
    year = academic_year_on(request.actor.today)
    context = {
        "year": year,
        "levels": calendar.level_years(year) if year else [],
        "may_decide": calendar.decides_years(request.actor),
        "may_close": request.actor.may(CLOSE_DAYS),
    }
    return render_page(request, "schools/years.html", context)


@page(DECIDE_YEARS)
def year_level(request: Request, year: str, level: str) -> HttpResponse:
    """Write down the province's decision on a level's year."""
    found = AcademicYear.objects.filter(code=year).first()
    decides = calendar.decides_years(request.actor)
    if found is None or level not in EducationLevel.values or not decides:
        raise Http404
    known = next(one for one in calendar.level_years(found) if one.level == level)
    form = FrameForm(request.POST or None, initial=FrameForm.initial_of(known))
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.set_frame(
                actor=request.actor, year=found, level=level, data=form.frame, now=clock.now()
            )
            messages.success(
                request, _("The year is decided for %(level)s.") % {"level": known.label}
            )
            return done(request, reverse("schools:years"))
    title = _("School year %(year)s, %(level)s") % {"year": found, "level": known.label}
    return _form_page(request, form, title, _("Save the decision"), reverse("schools:years"))


@page(VIEW_SCHOOLS, methods=("GET",))
def school_calendar(request: Request, code: str) -> HttpResponse:
    """Show a school's year: terms with their teaching days, days off and made up."""
    school = get_school_for(request.actor, code)
    year = academic_year_on(request.actor.today)
    context = {
        "year": year,
        "level_years": _levels(school, year) if year else [],
        "closures": _closures(request.actor, school, year) if year else [],
        "may_close": held_on(request.actor, CLOSE_DAYS, school),
    }
    frame = school_frame(request, school, "calendar")
    return render_page(request, "schools/calendar.html", {**frame, **context})


@page(CLOSE_DAYS)
def closure_new(request: Request) -> HttpResponse:
    """Decide days without lessons for a unit and all below it."""
    initial = {"unit": request.GET.get("unit", ""), "starts_on": request.actor.today}
    form = ClosureForm(request.POST or None, units=_units(request.actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.domain_errors():
            actions.close_days(
                actor=request.actor,
                unit_id=form.units[said["unit"]],
                levels=said["levels"],
                starts_on=said["starts_on"],
                ends_on=said["last_day"] + calendar.ONE_DAY,
                reason=said["reason"],
                note=said["note"],
                decision=said["decision"],
                now=clock.now(),
            )
            messages.success(request, _("The days off are recorded."))
            return done(request, reverse("schools:closures"))
    back = reverse("schools:closures")
    return _form_page(request, form, _("Days without lessons"), _("Record the days off"), back)


@page(CLOSE_DAYS, methods=("GET",))
def closures(request: Request) -> HttpResponse:
    """Show the days without lessons that the actor may decide on, newest first."""
    found = calendar.closures_in_reach(request.actor)
    places = names_on({one.unit_id for one in found}, request.actor.today)
    context = {"closures": [_told(one, places, may=True) for one in found]}
    return render_page(request, "schools/closures.html", context)


@page(CLOSE_DAYS)
def make_up(request: Request, uuid: UUID) -> HttpResponse:
    """Name a day on which the lessons of a closure are made up."""
    closure = calendar.get_closure_for(request.actor, uuid)
    form = MakeUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.add_make_up_day(
                actor=request.actor, uuid=uuid, on=form.cleaned_data["on"], now=clock.now()
            )
            messages.success(request, _("The day is recorded."))
            return done(request, reverse("schools:closures"))
    title = _("Make up: %(reason)s") % {"reason": closure.why}
    return _form_page(request, form, title, _("Record the day"), reverse("schools:closures"))


@page(CLOSE_DAYS, methods=("POST",))
def make_up_withdraw(request: Request, uuid: UUID) -> HttpResponse:
    """Take a single make-up day back."""
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError as error:
        raise Http404 from error
    actions.withdraw_make_up_day(actor=request.actor, uuid=uuid, on=on, now=clock.now())
    messages.success(request, _("The make-up day is taken back."))
    return done(request, reverse("schools:closures"))


@page(CLOSE_DAYS, methods=("POST",))
def closure_withdraw(request: Request, uuid: UUID) -> HttpResponse:
    """Take days without lessons back."""
    actions.withdraw_closure(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("The days off are taken back."))
    return done(request, reverse("schools:closures"))


def _levels(school: School, year: AcademicYear) -> list[dict[str, Any]]:
    taught = set(school.levels)
    found = [one for one in calendar.level_years(year) if one.level in taught]
    return [{"year": one, "terms": _terms(school, one)} for one in found]


def _terms(school: School, known: calendar.LevelYear) -> list[dict[str, Any]]:
    rows = []
    for term in known.terms:
        try:
            days: int | None = len(calendar.teaching_days(school.pk, known.level, term))
        except YearNotDecided:
            days = None
        rows.append({"term": term, "last_day": calendar.last_day(term.ends_on), "days": days})
    return rows


def _closures(actor: Actor, school: School, year: AcademicYear) -> list[dict[str, Any]]:
    found = list(calendar.closures_of(school.pk, first=year.starts_on, end=year.ends_on))
    reach = actor.reach(CLOSE_DAYS, "school")
    places = names_on({one.unit_id for one in found}, actor.today)
    return [_told(one, places, may=one.unit_id in reach) for one in found]


def _told(closure: Closure, places: Mapping[int, str], *, may: bool) -> dict[str, Any]:
    return {
        "closure": closure,
        "place": places.get(closure.unit_id, ""),
        "last_day": calendar.last_day(closure.ends_on),
        "levels": [str(EducationLevel(level).label) for level in closure.levels],
        "made_up": list(closure.make_up_days.all()),
        "may": may,
    }


def _units(actor: Actor) -> list[OrgUnitVersion]:
    """Return the units the actor decides for, the largest first."""
    reach = actor.reach(CLOSE_DAYS, "school")
    rows = versions_on(actor.today).exclude(unit__kind__in=_WITHOUT_SCHOOLS)
    if not reach.everything:
        rows = rows.filter(unit_id__in=reach.ids)
    return sorted(rows.order_by("sort_key", "unit_id"), key=_rank)


_WITHOUT_SCHOOLS = (UnitKind.DIVISION, UnitKind.COMMUNE_DIVISION, UnitKind.DISTRICT)


def _rank(row: OrgUnitVersion) -> int:
    return list(UnitKind.values).index(row.unit.kind)


def _form_page(request: Request, form: Form, title: str, submit: str, back: str) -> HttpResponse:
    context = {"form": form, "form_title": title, "submit": submit, "back": back}
    return render_page(request, "schools/new.html", context, status=form_status(request))
