"""How refusals and faults are told: a page to people, a problem document (RFC 9457) to programs."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.errors import DomainError
from khuevan.ui.shell import build_shell

API_PREFIX = "/api/"
PROBLEM_TYPE = "application/problem+json"
NEVER_KEPT = ("password", "token", "code", "secret")
MOST_KEPT = 400_000

logger = logging.getLogger("khuevan.errors")


class ServerFull(DomainError):
    """A disk or the database has no room left; nothing was written."""

    code = "ui.server_full"
    message = gettext_lazy(
        "The server has no room left, so nothing was saved. Please tell the system administrator."
    )
    status = 507


@dataclass(frozen=True, slots=True)
class Notice:
    """What an error page says: what happened, and what to do next."""

    status: int
    title: str
    sentence: str
    advice: str = ""
    code: str = ""


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
    return error_page(request, Notice(error.status, _("Not done"), str(error), code=error.code))


def error_page(
    request: HttpRequest, notice: Notice, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Render a notice in the shell, or as the message alone when a part of a page was asked for."""
    values = {
        "notice": notice,
        "request_id": str(getattr(request, "request_id", "") or ""),
        "is_signed_in": _is_signed_in(request),
        **(context or {}),
    }
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        html = render_to_string("ui/error.html#message", values, request)
        return HttpResponse(
            html,
            status=notice.status,
            headers={"HX-Retarget": "#messages", "HX-Reswap": "innerHTML"},
        )
    if hasattr(request, "actor"):
        html = render_to_string("ui/error.html", {**values, "shell": build_shell(request)}, request)
    else:
        html = render_to_string("ui/error_bare.html", values)
    return HttpResponse(html, status=notice.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    if is_api(request):
        return problem(request, status=400, code="ui.bad_request", detail=_("Malformed request."))
    sentence = _("The browser sent something this page does not understand.")
    advice = _("Reload the page and try again.")
    return error_page(request, Notice(400, _("Please try again"), sentence, advice))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for what does not exist or is not this actor's to see: the same page."""
    if is_api(request):
        return problem(request, status=404, code="kernel.not_found", detail=_("Not found."))
    sentence = _("This page does not exist, or it is not within your work.")
    advice = _("Check the address, switch to another role, or search for what you need.")
    return error_page(request, Notice(404, _("Page not found"), sentence, advice))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a refusal like an absence: it must not tell that something is there."""
    return not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours, without touching the database; a full disk gets its own sentence."""
    if is_disk_full(sys.exc_info()[1]):
        logger.error("no room left on the disk")
        full = ServerFull()
        notice = Notice(full.status, _("No room left"), str(full), code=full.code)
    else:
        notice = Notice(
            500,
            _("The system failed at this step"),
            _("What you were doing was not saved. The fault has been recorded."),
            _("Try again in a few minutes. When you report it, give the number below."),
        )
    if is_api(request):
        return problem(
            request,
            status=notice.status,
            code=notice.code or "ui.fault",
            detail=notice.sentence,
        )
    values = {"notice": notice, "request_id": str(getattr(request, "request_id", "") or "")}
    return HttpResponse(render_to_string("ui/error_bare.html", values), status=notice.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose session has ended: say so, and keep what was typed for sending again.

    The text comes back only to a form of our own pages; a foreign site's is never offered again.
    """
    if is_api(request):
        return problem(request, status=403, code="ui.csrf", detail=_("The session has ended."))
    kept = _typed_fields(request) if _came_from_here(request) else []
    sentence = (
        _("Your session has ended. Sign in again; what you typed is kept.")
        if kept
        else _("Your session has ended. Open the page again and sign in.")
    )
    notice = Notice(403, _("Session ended"), sentence, code="ui.csrf")
    context = {"kept": kept, "files_lost": bool(kept) and bool(request.FILES)}
    return error_page(request, notice, context)


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


def _is_signed_in(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return bool(actor and actor.is_signed_in)


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
        if name != "csrfmiddlewaretoken" and not any(word in name for word in NEVER_KEPT)
    ]
    return kept if sum(len(value) for _name, value in kept) <= MOST_KEPT else []
