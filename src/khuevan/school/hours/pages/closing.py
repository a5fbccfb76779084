"""A month is closed and opened again; how the school counts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError
from khuevan.registry.schools.api import get_school_for, school_frame
from khuevan.school.hours import actions
from khuevan.school.hours.forms import OpenForm, RuleForm
from khuevan.school.hours.pages.months import asked_month
from khuevan.school.hours.permissions import CLOSE_MONTH
from khuevan.school.hours.selectors.statements import UNSAID, rule_on
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(CLOSE_MONTH, methods=("POST",))
def close(request: Request, code: str) -> HttpResponse:
    """Close a month: its figures stay as they are."""
    school, month = get_school_for(request.actor, code, CLOSE_MONTH), asked_month(request)
    to = f"{reverse('hours:statement', args=[school.code])}?month={month:%Y-%m}"
    try:
        actions.close_month(actor=request.actor, school=school, month=month, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return done(request, to)
    words = {"month": f"{month:%m/%Y}"}
    messages.success(request, _("%(month)s is closed; the teachers are told.") % words)
    return done(request, to)


@page(CLOSE_MONTH)
def reopen(request: Request, code: str) -> HttpResponse:
    """Open a closed month again, with a reason."""
    school, month = get_school_for(request.actor, code, CLOSE_MONTH), asked_month(request)
    to = f"{reverse('hours:statement', args=[school.code])}?month={month:%Y-%m}"
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.open_month(
                actor=request.actor,
                school=school,
                month=month,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The month is open again."))
            return done(request, to)
    context = {
        **school_frame(request, school, "hours"),
        "form": form,
        "form_title": _("Open %(month)s again") % {"month": f"{month:%m/%Y}"},
        "submit": _("Open again"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


@page(CLOSE_MONTH)
def rule(request: Request, code: str) -> HttpResponse:
    """Say how the school counts overtime from a day on."""
    school = get_school_for(request.actor, code, CLOSE_MONTH)
    to = reverse("hours:statement", args=[school.code])
    month = asked_month(request)
    present = rule_on(school.pk, month)
    initial = {
        "counting": present.counting if present else UNSAID,
        "counts_looking_after": present.counts_looking_after if present else True,
        "counts_holidays": present.counts_holidays if present else True,
        "rate": present.rate if present else None,
        "starts_on": month,
    }
    form = RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.set_rule(
                actor=request.actor, school=school, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Saved."))
            return done(request, to)
    context = {
        **school_frame(request, school, "hours"),
        "form": form,
        "form_title": _("How overtime is counted"),
        "submit": _("Save"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))
