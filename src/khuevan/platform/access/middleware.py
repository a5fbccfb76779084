"""Puts the actor on every request, ends idle sessions, asks for what a sign-in still lacks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation

from khuevan.kernel import clock
from khuevan.kernel.actor import PUBLIC
from khuevan.platform.access import kept
from khuevan.platform.access.actions.devices import note_device
from khuevan.platform.access.actions.support import note_support_view
from khuevan.platform.access.actor import GrantActor, NobodyActor
from khuevan.platform.access.selectors import actor_for_person, nobody
from khuevan.platform.access.sign_in import has_second_factor
from khuevan.platform.access.slips import is_void
from khuevan.platform.accounts.api import User

LANGUAGE_COOKIE = "language"
HAT_KEY, SEEN_KEY, SINCE_KEY = "hat", "seen_at", "signed_in_at"
SUPPORT_KEY = "support_session"
"""The hat of the support session that this sign-in opened; in any other it is no hat."""
WHILE_SIGNING_IN = "while_signing_in"
"""Set on views that somebody whose sign-in is not complete may open."""

_SEEN_EVERY = 60
_OWNER_COOKIE_AGE = 14 * 24 * 3600


class ActorMiddleware:
    """Sets `request.actor` and the language: at most three queries, none for a public visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request as the person in the hat of this session."""
        user = _live_user(request)
        language = choose_language(request, user)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        actor = _actor(request, user)
        if isinstance(actor, GrantActor) and user and _is_idle(request, actor):
            request.ended_for = user.pk  # type: ignore[attr-defined]
            logout(request)
            actor = nobody(on=clock.today())
        request.actor = actor  # type: ignore[attr-defined]
        key = request.session.session_key if user else None
        response = self.get_response(request)
        _note_device(request, key)
        response.headers.setdefault("Content-Language", language)
        _remember_owner(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Hold back a person who must first change the password or show the second factor."""
        permission = getattr(view, "permission", None)
        actor = request.actor  # type: ignore[attr-defined]
        if permission is None or permission is PUBLIC or not actor.is_signed_in:
            return None
        if not getattr(view, WHILE_SIGNING_IN, False):
            missing = _missing_step(request, actor)
            if missing:
                return _send(request, missing)
        if actor.purpose:
            _note_support(request, actor)
        return None


def choose_language(request: HttpRequest, user: User | None) -> str:
    """Return the user's language, else the visitor's cookie, else Vietnamese."""
    known = dict(settings.LANGUAGES)
    wanted = user.language if user else request.COOKIES.get(LANGUAGE_COOKIE, "")
    return wanted if wanted in known else settings.LANGUAGE_CODE


def _live_user(request: HttpRequest) -> User | None:
    """Return the session's user, unless the session has reached its greatest age."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = request.user
    if not isinstance(user, User):
        return None
    if is_void(user, on=clock.today(), now=clock.now()):
        logout(request)
        return None
    since = request.session.get(SINCE_KEY)
    now = int(time.time())
    if since is None:
        request.session[SINCE_KEY] = now
    elif now - since > settings.SESSION_COOKIE_AGE:
        request.ended_for = user.pk  # type: ignore[attr-defined]
        logout(request)
        return None
    return user


def _actor(request: HttpRequest, user: User | None) -> GrantActor | NobodyActor:
    today = clock.today()
    if user is None:
        return nobody(on=today)
    actor = actor_for_person(
        user.person,
        on=today,
        now=clock.now(),
        hat_key=request.session.get(HAT_KEY, ""),
        support_key=request.session.get(SUPPORT_KEY, ""),
    )
    if actor.hat and actor.hat.needs_second_factor and not has_second_factor(request, user.pk):
        actor.waiting, actor.hat = actor.hat, None
    return actor


def _is_idle(request: HttpRequest, actor: GrantActor) -> bool:
    """Return whether a session of staff has rested too long; note that it is used now.

    The real clock, since a pinned day would jump at midnight. What a page asks for by itself,
    marked by the header X-Background, is no use.
    """
    now = int(time.time())
    seen = request.session.get(SEEN_KEY, now)
    if actor.is_staff and now - seen > settings.SESSION_IDLE_SECONDS:
        return True
    is_new = SEEN_KEY not in request.session
    if is_new or (now - seen >= _SEEN_EVERY and "X-Background" not in request.headers):
        request.session[SEEN_KEY] = now
        request.is_seen = not is_new  # type: ignore[attr-defined]
    return False


def _note_device(request: HttpRequest, key: str | None) -> None:
    """Note once a minute when a device was used; and its session's new key, as after a new hat."""
    new = request.session.session_key
    if key and new and (key != new or getattr(request, "is_seen", False)):
        note_device(old_key=key, session_key=new, now=timezone.now())


def _missing_step(request: HttpRequest, actor: GrantActor) -> str:
    user = request.user
    if isinstance(user, User) and user.must_change_password:
        return "account_change_password"
    return "access:second_factor" if actor.waiting else ""


def _send(request: HttpRequest, route: str) -> HttpResponseBase:
    back = request.get_full_path() if request.method == "GET" else "/"
    url = f"{reverse(route)}?{urlencode({'next': back})}"
    if getattr(request, "htmx", None):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _note_support(request: HttpRequest, actor: GrantActor) -> None:
    note_support_view(
        actor=actor,
        unit_id=actor.hat.unit_id if actor.hat else None,
        path=request.path[:200],
        reason=actor.purpose,
        now=clock.now(),
    )


def _remember_owner(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the device know, by a mark that names nobody, whose half-filled forms these are."""
    if not request.actor.is_signed_in or not isinstance(request.user, User):  # type: ignore[attr-defined]
        return
    mark = kept.owner_mark(request.user.pk)
    if request.COOKIES.get(kept.OWNER_COOKIE) != mark:
        response.set_cookie(
            kept.OWNER_COOKIE,
            mark,
            max_age=_OWNER_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
