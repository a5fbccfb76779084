"""Another's password with a second person: asking, what is asked of one, confirming, the slip."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import SIGNED_IN
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions
from khuevan.platform.access.actions import resets as deeds
from khuevan.platform.access.actions.accounts import issuing_refusal
from khuevan.platform.access.actions.issuing import whom_to_ask
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.forms.people import AskForm, DeclineForm
from khuevan.platform.access.models import OPEN_RESETS, ResetRequest, ResetState
from khuevan.platform.access.pages.users import slip
from khuevan.platform.access.permissions import CONFIRM_RESETS, MANAGE_USERS
from khuevan.platform.access.rules import Receiver
from khuevan.platform.access.selectors import (
    get_user_for,
    open_request_for,
    own_requests,
    requests_to_answer,
    reset_request,
    unit_names,
)
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Pill

PART = 50
STATES = {
    ResetState.WAITING: ("info", "clock"),
    ResetState.CONFIRMED: ("ok", "circle-check"),
    ResetState.DECLINED: ("neutral", "ban"),
    ResetState.WITHDRAWN: ("neutral", "ban"),
    ResetState.ISSUED: ("neutral", "key-round"),
    ResetState.EXPIRED: ("neutral", "clock"),
}


@page(SIGNED_IN, methods=("GET",))
def reset_list(request: Request) -> HttpResponse:
    """List the requests one is asked to confirm, and one's own."""
    now = clock.now()
    asked = [_row(one, now) for one in requests_to_answer(actor=request.actor, now=now)[:PART]]
    own = [_row(one, now) for one in own_requests(actor=request.actor)[:PART]]
    return render_page(request, "access/resets.html", {"asked": asked, "own": own})


@page(MANAGE_USERS)
def ask(request: Request, uuid: UUID) -> HttpResponse:
    """Ask for a password that one may not issue alone; say first whether anybody can confirm."""
    now, actor = clock.now(), request.actor
    user = get_user_for(actor, uuid, MANAGE_USERS)
    open_one = open_request_for(user.pk, now=now)
    if open_one is not None and _may_know(request, open_one, now):
        return done(request, _url(open_one))
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            asked = actions.ask_for_reset(
                actor=actor, user=user, reason=form.cleaned_data["reason"], now=now
            )
            messages.success(request, _("Asked. You are told as soon as somebody answers."))
            return done(request, _url(asked))
    context = {
        "form": form,
        "account": user,
        "person": user.person,
        "may_alone": issuing_refusal(actor, user.person) is None,
        "whom": whom_to_ask(user.person, actor),
        "is_asked": open_one is not None,
        "can_ask": user.is_active
        and isinstance(actor, GrantActor)
        and user.person_id != actor.person_id
        and bool(deeds.confirmers(actor, user.person, now=now)),
    }
    return render_page(request, "access/ask_reset.html", context, status=form_status(request))


@page(SIGNED_IN, methods=("GET",))
def reset(request: Request, uuid: UUID) -> HttpResponse:
    """Show a request to who asked, to the owner and to who may confirm it."""
    now, asked = clock.now(), _known(request, uuid)
    return render_page(request, "access/reset.html", _context(request, asked, now))


@page(CONFIRM_RESETS, methods=("POST",))
def confirm(request: Request, uuid: UUID) -> HttpResponse:
    """Answer for a request as the second person."""
    asked = actions.confirm_reset(
        actor=request.actor, request=_known(request, uuid), now=clock.now()
    )
    messages.success(request, _("Confirmed."))
    return done(request, _url(asked))


@page(SIGNED_IN, methods=("POST",))
def decline(request: Request, uuid: UUID) -> HttpResponse:
    """Decline a request, or withdraw one's own."""
    asked = _known(request, uuid)
    form = DeclineForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    asked = actions.decline_reset(
        actor=request.actor, request=asked, reason=reason, now=clock.now()
    )
    is_own = asked.state == ResetState.WITHDRAWN
    messages.success(request, _("Request withdrawn.") if is_own else _("Request declined."))
    return done(request, reverse("access:resets"))


@page(SIGNED_IN, methods=("POST",))
def collect(request: Request, uuid: UUID) -> HttpResponse:
    """Issue the password that was confirmed, and show it once."""
    asked = _known(request, uuid)
    issued = actions.collect_password(actor=request.actor, request=asked, now=clock.now())
    return slip(request, issued, back_url=_url(asked))


def _known(request: Request, uuid: UUID) -> ResetRequest:
    asked = reset_request(uuid)
    if not _may_know(request, asked, clock.now()):
        raise NotFound
    return asked


def _may_know(request: Request, asked: ResetRequest, now: datetime) -> bool:
    persons = {asked.requester_id, asked.owner_id, asked.confirmer_id}
    if request.actor.person_id is not None and request.actor.person_id in persons:
        return True
    return asked.state == ResetState.WAITING and deeds.may_confirm(request.actor, asked, now=now)


def _context(request: Request, asked: ResetRequest, now: datetime) -> dict[str, Any]:
    actor = request.actor
    is_open = asked.state in OPEN_RESETS and asked.expires_at > now
    is_receiver = deeds.receiver_id(asked) == actor.person_id
    is_ready = is_open and asked.state == ResetState.CONFIRMED and is_receiver
    fits = is_ready and deeds.wears_that_hat(actor, asked)
    return {
        **_row(asked, now),
        "form": DeclineForm(),
        "is_open": is_open,
        "is_owner": asked.owner_id == actor.person_id,
        "is_requester": asked.requester_id == actor.person_id,
        "can_confirm": is_open
        and asked.state == ResetState.WAITING
        and deeds.may_confirm(actor, asked, now=now),
        "can_collect": fits,
        "other_hat": is_ready and not fits,
        "to_confirmer": asked.receiver == Receiver.CONFIRMER,
        "units": sorted(unit_names(asked.unit_ids, on=actor.today).values()),
    }


def _row(asked: ResetRequest, now: datetime) -> dict[str, Any]:
    state = ResetState(asked.state)
    if state in OPEN_RESETS and asked.expires_at <= now:
        state = ResetState.EXPIRED
    tone, icon = STATES[state]
    return {"asked": asked, "url": _url(asked), "pill": Pill(tone, icon, state.label)}


def _url(asked: ResetRequest) -> str:
    return reverse("access:reset", args=[asked.uuid])
