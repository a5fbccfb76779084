"""The way in to every endpoint: who asks, may they, is it a repetition. Refusals are problems."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _
from ninja.operation import Operation, PathView
from ninja.utils import check_csrf

from khuevan.exchange.api import actions
from khuevan.exchange.api.errors import (
    ForeignRequest,
    IdentityNeeded,
    MalformedKey,
    NotText,
    SignInIncomplete,
    UnknownParameter,
    ZeroByte,
)
from khuevan.exchange.api.models import KeptAnswer
from khuevan.exchange.api.rules import fingerprint, is_key
from khuevan.exchange.api.selectors import actor_of_token, token_in_force
from khuevan.kernel import clock
from khuevan.kernel.actor import PUBLIC
from khuevan.kernel.errors import DomainError
from khuevan.ui.errors import problem, problem_of
from khuevan.ui.request import Request
from khuevan.ui.rest import require

BEARER = "bearer "
KEY_HEADER = "Idempotency-Key"
SAFE = {"GET", "HEAD", "OPTIONS"}
LARGEST_KEPT = 1_000_000
MOST_LANGUAGES = 10

View = Callable[..., HttpResponseBase]


def entry(path_view: PathView, view: View) -> View:
    """Return the view of a path that first says who asks and whether they may."""

    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(language := _language(request)):
            response = admitted(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def admitted(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        operation = path_view._find_operation(request)
        if operation is None:
            return _not_allowed(request, path_view)
        try:
            _admit(request, operation)
            if operation.view_func.keeps_answer:  # type: ignore[attr-defined]
                response = _once(request, lambda: view(request, *args, **kwargs))
            else:
                response = view(request, *args, **kwargs)
        except DomainError as error:
            response = problem_of(request, error)
        if response.status_code == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        add_never_cache_headers(response)
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # checked below, for sessions only
    return answer


def _language(request: Request) -> str:
    """Return the language of sentences: a session's, else the one a program asks for, or ours."""
    if request.actor.is_signed_in and "Authorization" not in request.headers:
        return translation.get_language() or settings.LANGUAGE_CODE
    known = dict(settings.LANGUAGES)
    for asked in request.headers.get("Accept-Language", "").lower().split(",")[:MOST_LANGUAGES]:
        code = asked.split(";")[0].strip().split("-")[0]
        if code in known:
            return code
    return str(settings.LANGUAGE_CODE)


def _admit(request: Request, operation: Operation) -> None:
    permission = operation.view_func.permission  # type: ignore[attr-defined]
    if permission is not PUBLIC:
        _identify(request)
    require(request, permission)
    _refuse_unknown(request, operation)
    _refuse_zero(request)


def _identify(request: Request) -> None:
    """Put the actor of a bearer token on the request, or hold the session to its rules."""
    given = request.headers.get("Authorization", "")
    if given[: len(BEARER)].lower() == BEARER:
        now = clock.now()
        token = token_in_force(given[len(BEARER) :].strip(), now=now)
        request.actor = actor_of_token(token, on=clock.today(), now=now)
        actions.note_use(token=token, now=now)
        return
    actor = request.actor
    if not actor.is_signed_in:
        raise IdentityNeeded
    user = getattr(request, "user", None)
    if getattr(actor, "waiting", None) or getattr(user, "must_change_password", False):
        raise SignInIncomplete
    if request.method not in SAFE and check_csrf(request) is not None:
        raise ForeignRequest


def _refuse_unknown(request: Request, operation: Operation) -> None:
    """Refuse a parameter that would be ignored: a filter with a slip must not show everything."""
    known = {
        str(name)
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in _names(model)
    }
    for name in request.GET:
        if name not in known:
            raise UnknownParameter(name=name)


def _refuse_zero(request: Request) -> None:
    """Refuse a body with what no text of ours can hold; in an address `require` refuses it."""
    if (request.content_type or "").startswith("multipart/"):
        return
    try:
        text = request.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotText from error
    if "\\u0000" in text or "\x00" in text:
        raise ZeroByte
    if "\\ud" in text.lower():
        _refuse_half_letters(text)


def _refuse_half_letters(text: str) -> None:
    """Refuse a surrogate without its pair, which JSON can write and no text holds."""
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotText from error
    except ValueError:
        return


def _names(model: Any) -> set[str]:
    flat: dict[str, Any] = getattr(model, "__ninja_flatten_map__", {})
    return set(flat) | set(model.model_fields)


def _once(request: Request, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Run a writing request, or give the answer it was given before under the same key."""
    key = request.headers.get(KEY_HEADER)
    person_id = request.actor.person_id
    if key is None or request.method != "POST" or person_id is None:
        return run()
    if not is_key(key):
        raise MalformedKey
    kept, is_new = actions.open_answer(
        person_id=person_id,
        key=key,
        method=request.method,
        path=request.path,
        fingerprint=fingerprint(request.method, request.get_full_path(), _payload(request)),
        now=clock.now(),
    )
    if not is_new:
        return _replayed(kept)
    try:
        response = run()
    except BaseException:
        actions.drop_answer(answer=kept)
        raise
    _keep(kept, response)
    return response


def _replayed(kept: KeptAnswer) -> HttpResponse:
    body = bytes(kept.body)
    response = HttpResponse(body, status=kept.status, content_type=kept.content_type)
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _keep(kept: KeptAnswer, response: HttpResponseBase) -> None:
    is_plain = isinstance(response, HttpResponse) and len(response.content) <= LARGEST_KEPT
    if response.status_code >= 500 or not is_plain:
        actions.drop_answer(answer=kept)
        return
    actions.close_answer(
        answer=kept,
        status=response.status_code,
        content_type=response.headers.get("Content-Type", ""),
        body=response.content,  # type: ignore[attr-defined]
    )


def _payload(request: Request) -> bytes:
    """Return what tells two requests apart; of an upload its parts, since boundaries differ."""
    if not (request.content_type or "").startswith("multipart/"):
        return request.body
    parts: list[Any] = [[name, values] for name, values in sorted(request.POST.lists())]
    for name, files in sorted(request.FILES.lists()):
        parts += [[name, one.name, one.content_type, _digest(one)] for one in files]
    return json.dumps(parts).encode()


def _digest(file: UploadedFile[Any]) -> str:
    """Return what tells a file from others, piece by piece since it may be large."""
    found = sha256()
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def _not_allowed(request: Request, path_view: PathView) -> HttpResponse:
    allowed = sorted({method for one in path_view.operations for method in one.methods})
    response = problem(
        request,
        status=405,
        code="api.method_not_allowed",
        detail=_("This address answers %(methods)s only.") % {"methods": ", ".join(allowed)},
    )
    response.headers["Allow"] = ", ".join(allowed)
    return response
