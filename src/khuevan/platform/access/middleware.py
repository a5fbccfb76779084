"""Puts the actor on every request."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponseBase

from khuevan.kernel import clock
from khuevan.platform.access.actor import GrantActor, NobodyActor
from khuevan.platform.access.selectors import actor_for_person, nobody


class ActorMiddleware:
    """Sets `request.actor` from the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> GrantActor | NobodyActor:
        user: AbstractBaseUser | None = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return nobody(on=clock.today())
        return actor_for_person(
            user.person,  # type: ignore[attr-defined]
            on=clock.today(),
            now=clock.now(),
            hat_key=request.session.get("hat", ""),
        )
