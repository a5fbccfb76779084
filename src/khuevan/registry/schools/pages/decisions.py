"""The decisions on a school: permitted to operate, closed, put right, withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools import actions
from khuevan.registry.schools.decisions import decision_line, get_decision_for
from khuevan.registry.schools.errors import AlreadyClosed, SchoolNotFound
from khuevan.registry.schools.errors_of_founding import OpensLater
from khuevan.registry.schools.legal_forms import (
    CloseSchoolForm,
    CorrectDecisionForm,
    PermitForm,
    WithdrawDecisionForm,
)
from khuevan.registry.schools.models import Matter, School, SchoolDecision
from khuevan.registry.schools.pages.legal import form_page, usual
from khuevan.registry.schools.permissions import DECIDE_SCHOOLS
from khuevan.registry.schools.selectors import (
    get_known_school_for,
    get_open_school_for,
    get_school_for,
)
from khuevan.ui.formats import day as written
from khuevan.ui.page import done, page
from khuevan.ui.request import Request


@page(DECIDE_SCHOOLS)
def close(request: Request, code: str) -> HttpResponse:
    """Close a school by a decision; refused while pupils, staff or classes remain."""
    try:
        school = get_open_school_for(request.actor, code, DECIDE_SCHOOLS)
    except (AlreadyClosed, OpensLater) as refusal:
        messages.error(request, str(refusal))
        return done(request, reverse("schools:facts", args=[code]))
    initial = usual(request, school, Matter.DISSOLUTION)
    form = CloseSchoolForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.domain_errors():
            actions.close_school(
                actor=request.actor,
                school_id=school.pk,
                on=said["on"],
                signed=form.signed,
                successor=_successor(request, said["successor"]),
                now=clock.now(),
            )
            messages.success(
                request, _("The school closes on %(on)s.") % {"on": written(said["on"])}
            )
            return done(request, reverse("schools:list"))
    title = _("Close the school")
    return form_page(request, school, form, title, title, danger=True)


@page(DECIDE_SCHOOLS)
def permit(request: Request, code: str) -> HttpResponse:
    """Write down the permission to operate."""
    school = get_school_for(request.actor, code, DECIDE_SCHOOLS)
    initial = {**usual(request, school, Matter.OPERATION), "on": request.actor.today}
    form = PermitForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.permit_operation(
                actor=request.actor,
                school_id=school.pk,
                on=form.cleaned_data["on"],
                signed=form.signed,
                now=clock.now(),
            )
            messages.success(request, _("The permission to operate is recorded."))
            return done(request, reverse("schools:facts", args=[code]))
    return form_page(request, school, form, _("Permission to operate"), _("Record the permission"))


@page(DECIDE_SCHOOLS)
def decision_correct(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Put right what was written down wrongly of a decision."""
    school, one = get_decision_for(request.actor, uuid, code=code)
    initial = {
        "number": one.number,
        "decided_on": one.decided_on,
        "signed_as": one.signed_as,
        "signer": one.signer,
        "signer_position": one.signer_position,
        "authorization": one.authorization,
        "authorized_on": one.authorized_on,
    }
    form = CorrectDecisionForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        has_scan=one.file is not None,
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.correct_decision(
                actor=request.actor,
                uuid=uuid,
                signed=form.signed,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The decision is corrected."))
            return done(request, reverse("schools:facts", args=[code]))
    title = _("Correct a decision: %(matter)s") % {"matter": _matter(one)}
    return form_page(request, school, form, title, _("Correct the decision"))


@page(DECIDE_SCHOOLS)
def decision_withdraw(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Withdraw a decision with what it brought, where nothing rests on it."""
    school, one = get_decision_for(request.actor, uuid, code=code)
    form = WithdrawDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            kept = actions.withdraw_decision(
                actor=request.actor,
                uuid=uuid,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The decision is withdrawn."))
            there = reverse("schools:facts", args=[code])
            return done(request, there if kept is not None else reverse("schools:list"))
    title = _("Withdraw a decision: %(matter)s") % {"matter": _matter(one)}
    said = {"note": _brought(one), "which": decision_line(one)}
    submit = _("Withdraw the decision")
    return form_page(request, school, form, title, submit, danger=True, **said)


def _matter(one: SchoolDecision) -> str:
    return str(Matter(one.matter).label)


def _brought(one: SchoolDecision) -> str:
    """Return what goes with a decision that is withdrawn."""
    day = {"on": written(one.counts_from)}
    if one.matter == Matter.FOUNDING:
        return _("The school that opens on %(on)s goes away, with its code and places.") % day
    if one.matter in (Matter.MERGER, Matter.DISSOLUTION):
        return _("The school is open as before %(on)s, with its campuses and rooms.") % day
    if one.matter == Matter.OPERATION:
        return _("The permission that counts from %(on)s no longer holds.") % day
    return _("The school is by law again what it was before %(on)s.") % day


def _successor(request: Request, code: str) -> School | None:
    if not code:
        return None
    try:
        return get_known_school_for(request.actor, code)
    except NotFound as error:
        raise SchoolNotFound(code=code) from error
