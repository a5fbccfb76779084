"""How refusals and faults are told: a page to people, a problem document (RFC 9457) to programs."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlsplit

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.errors import DomainError
from khuevan.ui.request import Request
from khuevan.ui.shell import build_shell

API_PREFIX = "/api/"
PROBLEM_TYPE = "application/problem+json"
NEVER_KEPT = frozenset(("csrfmiddlewaretoken", "kept", "code", "otp", "token", "secret"))
"""Secret fields by their whole name, besides passwords: `ethnicity_code` is none."""
MOST_KEPT = 400_000
SECONDS_TO_RETURN = 10
LOST_STATES = {"57P01", "57P02", "57P03"}
"""The server goes down, has crashed, or does not take connections yet."""
CROSSED_STATES = {"23503", "40001", "40P01"}
"""What a row points at went away before the end, or two deeds waited for each other."""

logger = logging.getLogger("khuevan.errors")


class ServerFull(DomainError):
    """A disk or the database has no room left; nothing was written."""

    code = "ui.server_full"
    message = gettext_lazy(
        "The server has no room left, so nothing was saved. Please tell the system administrator."
    )
    status = 507


class DatabaseAway(DomainError):
    """The database does not answer; it comes back by itself or with the operator's help."""

    code = "ui.database_away"
    message = gettext_lazy("We are back in a moment. What was saved before is safe.")
    status = 503


class ChangedMeanwhile(DomainError):
    """Somebody else changed or removed the same records at the same moment; nothing was written."""

    code = "ui.changed_meanwhile"
    message = gettext_lazy(
        "Somebody else changed or removed the same records at the same moment, so nothing was"
        " saved. Please open the page again and repeat it."
    )
    status = 409


def problem(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    title: str | Promise = "",
    detail: str | Promise = "",
    errors: Sequence[Mapping[str, Any]] = (),
) -> JsonResponse:
    """Return a problem document: the one form in which the REST root answers a failure."""
    body: dict[str, Any] = {
        "type": f"urn:khuevan:problem:{code}",
        "title": str(title) or HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": str(detail),
        "request_id": str(getattr(request, "request_id", "") or ""),
        "errors": [dict(error) for error in errors],
    }
    options = {"ensure_ascii": False}
    return JsonResponse(body, status=status, content_type=PROBLEM_TYPE, json_dumps_params=options)


def problem_of(request: HttpRequest, error: DomainError) -> JsonResponse:
    """Return the problem document of an expected failure."""
    return problem(request, status=error.status, code=error.code, detail=str(error))


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return what an expected failure looks like to whoever asked: page, fragment or document."""
    if is_api(request):
        return problem_of(request, error)
    if error.status == HTTPStatus.NOT_FOUND:
        return not_found(request)
    if _wants_fragment(request):
        return _fragment(request, str(error))
    return _page(request, "refused", error.status, {"sentence": str(error)})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    if is_api(request):
        return problem(request, status=400, code="ui.bad_request", detail=_("Malformed request."))
    sentence = _("The browser sent something this page does not understand. Please try again.")
    return _page(request, "refused", 400, {"sentence": sentence})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for what does not exist or is not this actor's to see: the same page."""
    if is_api(request):
        return problem(request, status=404, code="kernel.not_found", detail=_("Not found."))
    return _page(request, "404", 404)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a refusal like an absence: it must not tell that something is there."""
    return not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours, without touching the database; outages get their own sentence."""
    outage = _outage(sys.exc_info()[1])
    if outage is None:
        if is_api(request):
            return problem(request, status=500, code="ui.fault")
        return _page(request, "500", 500, is_bare=True)
    logger.error("outage", extra={"code": outage.code})
    if is_api(request):
        response: HttpResponse = problem_of(request, outage)
    else:
        sentence = {"sentence": str(outage), "is_away": isinstance(outage, DatabaseAway)}
        response = _page(request, "refused", outage.status, sentence, is_bare=True)
    if isinstance(outage, DatabaseAway):
        response.headers["Retry-After"] = str(SECONDS_TO_RETURN)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose session has ended: say so, and keep what was typed for sending again.

    The text comes back only to a form of our own pages; a foreign site's is never offered again.
    """
    if is_api(request):
        return problem(request, status=403, code="ui.csrf", detail=_("The session has ended."))
    kept = _typed_fields(request) if _came_from_here(request) else []
    files_lost = bool(kept) and bool(request.FILES)
    return _page(request, "session_ended", 403, {"kept": kept, "files_lost": files_lost})


def is_api(request: HttpRequest) -> bool:
    """Return whether a program asked, and so gets problem documents."""
    return request.path.startswith(API_PREFIX)


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether an error, or a cause of it, is a disk, a quota or a database without room."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if getattr(error, "sqlstate", None) == "53100":
            return True
        error = error.__cause__ or error.__context__
    return False


def is_crossed(error: BaseException | None) -> bool:
    """Return whether the database refused a deed because of another one at the same moment."""
    while error is not None:
        if getattr(error, "sqlstate", None) in CROSSED_STATES:
            return True
        error = error.__cause__ or error.__context__
    return False


def is_database_lost(error: BaseException | None) -> bool:
    """Return whether the database went away, rather than refused something."""
    while error is not None:
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            state = error.sqlstate or "08000"
            return state[:2] == "08" or state in LOST_STATES
        if isinstance(error, InterfaceError | OperationalError) and error.__cause__ is None:
            return True
        error = error.__cause__ or error.__context__
    return False


def _outage(error: BaseException | None) -> DomainError | None:
    """Return what the outside is to blame for, if it is."""
    if is_disk_full(error):
        return ServerFull()
    return DatabaseAway() if is_database_lost(error) else None


def _wants_fragment(request: HttpRequest) -> bool:
    """Return whether htmx asked for a part of a page."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def _fragment(request: HttpRequest, sentence: str) -> HttpResponse:
    """Return a line that htmx puts on top of the page; 422 is the refusal that it swaps."""
    values = {"tone": "bad", "text": sentence}
    html = render_to_string("ui/components/notice.html", values, request)
    headers = {"HX-Retarget": "#content", "HX-Reswap": "afterbegin show:top"}
    return HttpResponse(html, status=422, headers=headers)


def _page(
    request: HttpRequest,
    name: str,
    status: int,
    context: dict[str, Any] | None = None,
    *,
    is_bare: bool = False,
) -> HttpResponse:
    """Render one of the error pages; a bare one asks neither session nor database."""
    values = {
        **(context or {}),
        **({} if is_bare else _frame(request)),
        "request_id": str(getattr(request, "request_id", "") or ""),
        "back_url": _back_url(request),
    }
    html = render_to_string(f"ui/errors/{name}.html", values, None if is_bare else request)
    return HttpResponse(html, status=status)


def _frame(request: HttpRequest) -> dict[str, Any]:
    """Return the shell around an error page: the reader's own once they are signed in."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.is_signed_in:
        return {}
    shell = build_shell(cast("Request", request))
    return {"frame": shell["frame"], "shell": shell}


def _back_url(request: HttpRequest) -> str:
    """Return the page of ours that the reader came from, else the home page."""
    source = request.META.get("HTTP_REFERER", "")
    parts = urlsplit(source)
    is_ours = parts.scheme in {"http", "https"} and parts.netloc == request.META.get("HTTP_HOST")
    return source if is_ours else "/"


def _came_from_here(request: HttpRequest) -> bool:
    """Return whether the browser says that the form was on a page of ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.get_host()


def _typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the posted fields for hidden inputs, without secrets; none when there is too much."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NEVER_KEPT and "password" not in name
    ]
    return kept if sum(len(value) for _name, value in kept) <= MOST_KEPT else []
