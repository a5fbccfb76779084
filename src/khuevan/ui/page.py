"""`@page`: the one way to route HTML. It states the permission, which the route matrix reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from khuevan.kernel.actor import PUBLIC, Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.kernel.registry import Registry
from khuevan.ui.request import Request
from khuevan.ui.shell import build_shell

P = ParamSpec("P")


View = Callable[Concatenate[Request, P], HttpResponseBase]

_sign_in_first: list[Callable[[Request], HttpResponseBase]] = []


def on_sign_in_needed(handler: Callable[[Request], HttpResponseBase]) -> None:
    """Set what answers a request that needs a sign-in; `platform.access` does, once."""
    _sign_in_first[:] = [handler]


def page(
    permission: Permission, *, methods: tuple[str, ...] = ("GET", "POST")
) -> Callable[[View[P]], View[P]]:
    """Route a view: checks that the actor holds the permission on something; doors check the row.

    Denied looks like absent: 404. Signed out: the sign-in page, and what was typed is kept.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if ("GET" if request.method == "HEAD" else request.method) not in methods:
                return HttpResponse(status=405)
            if has_null(request):
                raise Http404
            if permission is not PUBLIC:
                if not request.actor.is_signed_in:
                    return _sign_in_first[0](request)
                if not request.actor.may(permission):
                    raise Http404
            try:
                response = view(request, *args, **kwargs)
            except NotFound:
                response = _moved(request)
            if permission is not PUBLIC:
                add_never_cache_headers(response)
            return response

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return decorate


Forward = Callable[[Actor, UUID], UUID | None]
forwards: Registry[Forward] = Registry("forwarding address")
"""Who knows under which id something stands now that an old link names; None for nothing."""


def _moved(request: Request) -> HttpResponseBase:
    """Lead an old link to where its record stands now.

    :raises NotFound: when nobody knows, or it is not for this actor
    """
    match = request.resolver_match
    old = match.kwargs.get("uuid") if match else None
    if match and isinstance(old, UUID) and request.method == "GET":
        for forward in forwards:
            new = forward(request.actor, old)
            if new is not None:
                return redirect(reverse(match.view_name, kwargs={**match.kwargs, "uuid": new}))
    raise NotFound


def render_page(
    request: Request,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
    partial: str = "",
) -> HttpResponse:
    """Render a page in its shell; for htmx only the named partial of the same template."""
    htmx = getattr(request, "htmx", None)
    if partial and htmx and not htmx.boosted and not htmx.history_restore_request:
        return render(request, f"{template}#{partial}", context, status=status)
    full = {**(context or {}), "shell": build_shell(request)}
    return render(request, template, full, status=status)


def has_null(request: HttpRequest) -> bool:
    """Tell an address with a NUL character, which no text of ours holds and PostgreSQL refuses."""
    return "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", "")


def form_status(request: HttpRequest) -> int:
    """Return 422 for a form that came back with faults, 200 for one opened."""
    return 422 if request.method == "POST" else 200


def done(request: HttpRequest, to: str) -> HttpResponse:
    """Answer a POST that worked: a redirect, which htmx follows as a full page."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return redirect(to)
