"""What a school is by law and by which decisions: changed from a day on, corrected, recoded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.organizations.api import scan_url
from khuevan.platform.regulations.api import sureness
from khuevan.registry.schools import actions
from khuevan.registry.schools.competence import asked_on, cautions
from khuevan.registry.schools.deciding import usual_signature
from khuevan.registry.schools.decisions import in_force_until, school_decisions
from khuevan.registry.schools.facts import FACTS, SchoolFacts, codes_of, school_facts, versions_of
from khuevan.registry.schools.forms import CodeForm
from khuevan.registry.schools.frame import held_on, school_frame, works_on
from khuevan.registry.schools.legal_forms import ChangeFactsForm, CorrectFactsForm
from khuevan.registry.schools.models import Matter, Ownership, School, SchoolDecision
from khuevan.registry.schools.permissions import DECIDE_SCHOOLS, MANAGE_SCHOOLS, VIEW_SCHOOLS
from khuevan.registry.schools.selectors import get_known_school_for, get_school_for
from khuevan.ui.formats import day
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Pill


@page(VIEW_SCHOOLS, methods=("GET",))
def facts(request: Request, code: str) -> HttpResponse:
    """Show what a school was by law, period by period, and the codes it had."""
    school = get_known_school_for(request.actor, code)
    is_at_work = works_on(school, request.actor.today)
    decisions = _decisions(request, school)
    context = {
        "decisions": decisions,
        "may_mend": any(row.may_mend for row in decisions),
        "versions": [SchoolFacts.of(row) for row in versions_of(school.pk)],
        "codes": codes_of(school.pk),
        "today": request.actor.today,
        "may_manage": is_at_work and held_on(request.actor, MANAGE_SCHOOLS, school),
        "may_decide": is_at_work and held_on(request.actor, DECIDE_SCHOOLS, school),
    }
    return render_page(
        request, "schools/facts.html", {**school_frame(request, school, "facts"), **context}
    )


@page(DECIDE_SCHOOLS)
def facts_change(request: Request, code: str) -> HttpResponse:
    """Make a school something else by law from a day on."""
    school = get_school_for(request.actor, code, DECIDE_SCHOOLS)
    initial = {
        **_now_so(request, school, decision=False),
        **usual(request, school, Matter.CONVERSION),
    }
    form = ChangeFactsForm(
        request.POST or None, request.FILES or None, initial={**initial, "decided_on": None}
    )
    if initial["ownership"] == Ownership.PUBLIC:
        form.fields["ownership"].help_text = cautions(Matter.PRIVATE, request.actor.today)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_facts(
                actor=request.actor,
                school_id=school.pk,
                facts=form.facts,
                on=form.cleaned_data["on"],
                signed=form.decided,
                now=clock.now(),
            )
            messages.success(request, _("The change is recorded."))
            return done(request, reverse("schools:facts", args=[code]))
    return form_page(request, school, form, _("Change from a day on"), _("Record the change"))


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
    return form_page(request, school, form, _("Correct a wrong entry"), _("Correct the entry"))


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
            said = {"code": form.cleaned_data["code"], "on": day(form.cleaned_data["on"])}
            messages.success(request, _("The school's code is %(code)s from %(on)s.") % said)
            return done(request, reverse("schools:facts", args=[changed.code]))
    return form_page(request, school, form, _("Change the code"), _("Record the change"))


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as the page shows it: until when, how sure, its scan, who may put it right."""

    one: SchoolDecision
    until: date | None
    sureness: Pill | None
    caution: str
    scan: str
    may_mend: bool


def _decisions(request: Request, school: School) -> list[DecisionRow]:
    """Return the decisions on a school, newest first, those withdrawn last."""
    rows = school_decisions(school.pk, withdrawn=True)
    reach = request.actor.reach(DECIDE_SCHOOLS, "school")
    may_mend = school.pk in reach or getattr(school, "parent_id", None) in reach
    return [
        DecisionRow(
            one,
            in_force_until(one, rows),
            sureness(one.confidence) if one.confidence else None,
            cautions(one.matter, one.decided_on),
            scan_url(one.file),
            may_mend and not one.is_withdrawn,
        )
        for one in rows
    ]


def usual(request: Request, school: School, matter: Matter) -> dict[str, Any]:
    """Return who usually signs a decision on a school today."""
    on = request.actor.today
    return usual_signature(asked_on(school, on), matter, on=on)


def _now_so(request: Request, school: School, *, decision: bool = True) -> dict[str, Any]:
    found = school_facts(school.pk, on=request.actor.today)
    told = {name: getattr(found, name) for name in FACTS}
    told["national_standard"] = found.national_standard or ""
    return {**told, "decision": found.decision if decision else "", "on": request.actor.today}


def form_page(
    request: Request,
    school: School,
    form: Form,
    title: str,
    submit: str,
    *,
    danger: bool = False,
    **more: str,
) -> HttpResponse:
    """Show a form on the page of what a school is by law; `which` and `note` stand above it."""
    context = {
        **more,
        "form": form,
        "danger": danger,
        "form_title": title,
        "submit": submit,
        "cancel_url": reverse("schools:facts", args=[school.code]),
    }
    frame = school_frame(request, school, "facts")
    return render_page(
        request, "schools/form.html", {**frame, **context}, status=form_status(request)
    )
