"""Delegating one's roles for a time."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import SIGNED_IN
from khuevan.kernel.periods import last_day
from khuevan.platform.access import actions
from khuevan.platform.access.forms.people import DelegateForm
from khuevan.platform.access.models import DelegationKind
from khuevan.platform.access.permissions import DELEGATE
from khuevan.platform.access.selectors import (
    delegable_grants,
    delegation_for,
    delegations,
    grant_lines,
)
from khuevan.platform.accounts.api import User
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import newest_part


@page(SIGNED_IN, methods=("GET",))
def delegation_list(request: Request) -> HttpResponse:
    """List delegations: one's own, and those of one's unit for whoever keeps them."""
    today = request.actor.today
    found, next_url = newest_part(request, delegations(actor=request.actor))
    rows = [
        {
            "delegation": row,
            "last_day": last_day(row.ends_on),
            "state": "ended"
            if row.ended_at or row.ends_on <= today
            else "now"
            if row.starts_on <= today
            else "later",
        }
        for row in found
    ]
    may_delegate = request.actor.may(DELEGATE)
    context = {"rows": rows, "may_delegate": may_delegate, "next_url": next_url}
    return render_page(request, "access/delegations.html", context)


@page(DELEGATE)
def delegate(request: Request) -> HttpResponse:
    """Let a colleague hold some of one's own roles for a time."""
    own = list(delegable_grants(actor=request.actor))
    lines = grant_lines(own, actor=request.actor)
    form = DelegateForm(
        request.POST or None,
        kinds=DelegationKind.choices,
        grants=[(line.grant.pk, f"{line.role}, {line.place}") for line in lines],
        initial={"starts_on": request.actor.today, "kind": DelegationKind.ABSENCE},
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            user = _colleague(form.cleaned_data["to_username"])
            if user is None:
                form.add_error("to_username", _("There is no active account of that name."))
            else:
                starts_on, ends_on = form.period
                chosen = set(form.cleaned_data["grants"])
                actions.delegate(
                    actor=request.actor,
                    to_person=user.person,
                    kind=form.cleaned_data["kind"],
                    grants=[grant for grant in own if grant.pk in chosen],
                    starts_on=starts_on,
                    ends_on=ends_on,
                    instrument=form.cleaned_data["instrument"],
                    reason=form.cleaned_data["reason"],
                    now=clock.now(),
                )
                messages.success(request, _("Delegated."))
                return done(request, reverse("access:delegations"))
    return render_page(request, "access/delegate.html", {"form": form}, status=form_status(request))


@page(SIGNED_IN, methods=("POST",))
def end(request: Request, uuid: UUID) -> HttpResponse:
    """End a delegation today."""
    delegation = delegation_for(request.actor, uuid)
    actions.end_delegation(actor=request.actor, delegation=delegation, now=clock.now())
    messages.success(request, _("Delegation ended."))
    return done(request, reverse("access:delegations"))


def _colleague(username: str) -> User | None:
    return (
        User.objects.unscoped(because="a colleague is named by username; nothing is shown of them")
        .filter(username__iexact=username.strip(), is_active=True)
        .select_related("person")
        .first()
    )
