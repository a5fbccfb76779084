"""Support sessions: opening one, closing it, and what the unit reads about them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import SIGNED_IN
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions
from khuevan.platform.access.forms.people import SupportForm
from khuevan.platform.access.middleware import HAT_KEY, SUPPORT_KEY
from khuevan.platform.access.permissions import OPEN_SUPPORT, VIEW_SUPPORT
from khuevan.platform.access.selectors import (
    open_support_session,
    support_hat_key,
    support_sessions,
    unit_names,
)
from khuevan.platform.organizations.api import unit_by_code
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import newest_part


@page(VIEW_SUPPORT, methods=("GET",))
def support_list(request: Request) -> HttpResponse:
    """List the support sessions on one's units."""
    now = clock.now()
    found, next_url = newest_part(request, support_sessions(actor=request.actor))
    names = unit_names((one.unit_id for one in found), on=request.actor.today)
    rows = [
        {
            "session": one,
            "unit": names.get(one.unit_id, ""),
            "is_open": one.closed_at is None and one.expires_at > now,
            "is_own": one.person_id == request.actor.person_id,
        }
        for one in found
    ]
    may_open = request.actor.may(OPEN_SUPPORT)
    context = {"rows": rows, "may_open": may_open, "next_url": next_url}
    return render_page(request, "access/support.html", context)


@page(OPEN_SUPPORT)
def open_session(request: Request) -> HttpResponse:
    """Open a session on a unit and wear its hat."""
    form = SupportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            try:
                unit = unit_by_code(form.cleaned_data["unit"].strip())
            except NotFound:
                form.add_error("unit", _("There is no unit with this code."))
            else:
                session = actions.start_support_session(
                    actor=request.actor,
                    unit=unit,
                    reason=form.cleaned_data["reason"],
                    minutes=form.cleaned_data["minutes"],
                    now=clock.now(),
                )
                request.session[HAT_KEY] = support_hat_key(session)
                request.session[SUPPORT_KEY] = support_hat_key(session)
                request.session.cycle_key()
                messages.success(request, _("Support session opened."))
                return done(request, "/")
    status = form_status(request)
    return render_page(request, "access/open_support.html", {"form": form}, status=status)


@page(SIGNED_IN, methods=("POST",))
def close_session(request: Request, uuid: UUID) -> HttpResponse:
    """Close one's own session."""
    now = clock.now()
    session = open_support_session(actor=request.actor, uuid=uuid, now=now)
    actions.close_support_session(actor=request.actor, session=session, now=now)
    for key in (HAT_KEY, SUPPORT_KEY):
        request.session.pop(key, None)
    request.session.cycle_key()
    messages.success(request, _("Support session closed."))
    return done(request, reverse("access:support"))
