"""The page of one's access tokens, and the public description of the interface."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from khuevan.exchange.api import actions
from khuevan.exchange.api.forms import TokenForm
from khuevan.exchange.api.models import ApiToken
from khuevan.exchange.api.permissions import MANAGE_TOKENS
from khuevan.exchange.api.root import PREFIX, api
from khuevan.exchange.api.selectors import offered_permissions, own_tokens
from khuevan.kernel import clock
from khuevan.kernel.actor import PUBLIC
from khuevan.ui.formats import day, moment
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

MOST_SHOWN = 100
SECRET_COOKIE, SHOWN_WITHIN = "khuevan_new_token", 60


@page(PUBLIC, methods=("GET",))
def openapi(request: Request) -> HttpResponse:
    """Give the description of the interface: it names no data."""
    return JsonResponse(_description(), json_dumps_params={"ensure_ascii": False})


@page(MANAGE_TOKENS)
def tokens(request: Request) -> HttpResponse:
    """Show one's tokens, and create one; its secret is shown on the next page and never again."""
    actor = request.actor
    form = TokenForm(request.POST or None, offered=offered_permissions(actor))  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        _token, made = actions.create_token(
            actor=actor,  # type: ignore[arg-type]
            name=form.cleaned_data["name"],
            permissions=form.cleaned_data["permissions"],
            expires_at=now + timedelta(days=form.cleaned_data["days"]),
            now=now,
        )
        return _carrying(done(request, reverse("rest:tokens")), request, made)
    secret = request.get_signed_cookie(SECRET_COOKIE, "", salt=_salt(request), max_age=SHOWN_WITHIN)
    context = {
        "form": form,
        "secret": secret,
        "me_url": request.build_absolute_uri(f"{PREFIX}me"),
        "tokens": [_row(one) for one in own_tokens(actor=actor)[:MOST_SHOWN]],
        "role": actor.role_label,
        "description_url": reverse("rest:openapi"),
    }
    response = render_page(request, "api/tokens.html", context, status=form_status(request))
    response.delete_cookie(SECRET_COOKIE, path=reverse("rest:tokens"))
    return response


@page(MANAGE_TOKENS, methods=("POST",))
def revoke(request: Request, uuid: UUID) -> HttpResponse:
    """Revoke one of one's tokens."""
    token = actions.revoke_token(actor=request.actor, uuid=uuid, now=clock.now())  # type: ignore[arg-type]
    messages.success(request, _("Token %(name)s is revoked.") % {"name": token.name})
    return done(request, reverse("rest:tokens"))


def _carrying(response: HttpResponse, request: Request, secret: str) -> HttpResponse:
    """Give a new secret to the browser for the next page: our tables hold its hash alone."""
    response.set_signed_cookie(
        SECRET_COOKIE,
        secret,
        salt=_salt(request),
        max_age=SHOWN_WITHIN,
        path=reverse("rest:tokens"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _salt(request: Request) -> str:
    """Return what ties a secret on its way to whoever made it."""
    return f"{SECRET_COOKIE}-{request.actor.person_id}"


@cache
def _description() -> dict[str, Any]:
    with override("en"):
        return dict(api.get_openapi_schema())


def _row(token: ApiToken) -> dict[str, Any]:
    now = clock.now()
    ended = token.revoked_at or (token.expires_at if token.expires_at <= now else None)
    used = token.last_used_at
    return {
        "name": token.name,
        "beginning": token.beginning,
        "role": token.hat_label,
        "count": len(token.permissions),
        "until": day(timezone.localtime(token.expires_at).date()),
        "used": moment(timezone.localtime(used)) if used else "",
        "is_ended": ended is not None,
        "revoke_url": reverse("rest:revoke", args=[token.uuid]),
    }
