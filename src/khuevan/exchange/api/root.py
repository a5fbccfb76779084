"""The REST root at /api/v1/: every app's router, one form of refusal, one description."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation, PathView
from ninja.renderers import JSONRenderer

from khuevan.exchange.api.entry import KEY_HEADER, entry
from khuevan.kernel.errors import DomainError
from khuevan.ui.errors import not_found, problem, problem_of
from khuevan.ui.rest import Router

CHECK_VIOLATION = "23514"
CONFLICTS = frozenset({"23505", "23P01", "23503"})
"""Something unique twice, periods that overlap, a row that others still need."""
log = logging.getLogger(__name__)

VERSION = "1.0"
PREFIX = "/api/v1/"
ABOUT = (
    "People, schools, classes and figures of one province, as far as whoever asks may see them. "
    "Refusals are problem documents (RFC 9457). A writing request may carry an Idempotency-Key; "
    "sent again within 24 hours it gets the same answer and happens once. Periods begin with "
    "`starts_on` and end before `ends_on`. Sentences are Vietnamese, or English with "
    "`Accept-Language: en`."
)
ENDS_ON = "The first day after it: `ends_on` itself is not of the period; null while it goes on."
PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "code", "detail", "request_id", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable name of what was refused"},
        "detail": {"type": "string", "description": "A sentence for people"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
}
KEY_PARAMETER: dict[str, Any] = {
    "name": KEY_HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 255},
    "description": "Names this request; sent again with the same key it happens once.",
}


class PlainRenderer(JSONRenderer):
    """JSON with Vietnamese letters as they are."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 (as the library declares it)


class Declared:
    """A way to say who asks, as the description names it; `entry` has checked it already."""

    def __init__(self, **schema: Any) -> None:
        self.openapi_security_schema = schema

    def __call__(self, request: HttpRequest) -> bool:
        """Return True: nobody gets here unknown."""
        return True


class AccessToken(Declared):
    """A token made in one's account, sent as a bearer."""


class Session(Declared):
    """The browser's session, for our own pages."""


class RestRoot(NinjaAPI):
    """The one API. Its routes are those of the apps' routers and nothing else."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return app and function: jobs_list_jobs."""
        app = operation.view_func.__module__.rsplit(".", 2)[-2]
        return f"{app}_{operation.view_func.__name__}"

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the description, with the problem document beside every answer."""
        schema = super().get_openapi_schema(**{"path_prefix": PREFIX, **options})
        for one in schema["components"]["schemas"].values():
            if ends := one.get("properties", {}).get("ends_on"):
                ends.setdefault("description", ENDS_ON)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
        refusal = {
            "description": "Refused",
            "content": {"application/problem+json": reference},
        }
        for path in schema["paths"].values():
            for method, operation in path.items():
                answers = {str(status): one for status, one in operation["responses"].items()}
                operation["responses"] = {**answers, "default": refusal}
                if method == "post":
                    operation["parameters"] = [*operation["parameters"], KEY_PARAMETER]
        return schema

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns: list[URLResolver | URLPattern] = []
        for bound in self._get_bound_routers():
            for pattern in bound.urls_paths(bound.prefix):
                pattern.callback = entry(_path_view(pattern.callback), pattern.callback)
                patterns.append(pattern)
        return patterns


def _path_view(callback: Any) -> PathView:
    """Return the operations behind a callback that the library made."""
    for cell in callback.__closure__ or ():
        if isinstance(cell.cell_contents, PathView):
            return cell.cell_contents
    raise TypeError("the library's callback holds no PathView")


def mount(root: RestRoot) -> None:
    """Mount the router of every app of ours with a rest.py; `ui.rest` is what they are made of."""
    for app in apps.get_app_configs():
        if app.name == "khuevan.ui" or not app.name.startswith("khuevan."):
            continue
        if module_has_submodule(app.module, "rest"):
            router = import_module(f"{app.name}.rest").router
            if not isinstance(router, Router):
                raise TypeError(f"{app.name}.rest.router is not a khuevan.ui.rest.Router")
            root.add_router("", router.ninja)


def refusals(root: NinjaAPI) -> None:
    """Let a root answer every refusal as a problem; a bug stays one, for the general handler."""
    answers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        DomainError: problem_of,
        Http404: not_found,
        ValidationError: _invalid,
        HttpError: _malformed,
        DataError: _does_not_fit,
        IntegrityError: _denied,
        Exception: _fault,
    }
    for kind, answer in answers.items():
        root.add_exception_handler(kind, answer)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"where": ".".join(str(part) for part in fault["loc"]), "what": fault["msg"]}
        for fault in error.errors
    ]
    return problem(
        request,
        status=422,
        code="api.invalid",
        detail=_("The request holds something that does not fit."),
        errors=errors,
    )


def _does_not_fit(request: HttpRequest, _error: DataError) -> HttpResponse:
    """Answer what no column holds: nothing of it was written."""
    return problem(
        request,
        status=422,
        code="api.invalid",
        detail=_("A value is too long or too large."),
    )


def _denied(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """Answer what a constraint denies and no action foresaw: nothing of it was written.

    The log keeps which constraint it was: an action should have refused it with a sentence.
    """
    state = getattr(error.__cause__, "sqlstate", "")
    if state == CHECK_VIOLATION:
        status, detail = 422, _("A value can't be as it is written, or two of them don't fit.")
    elif state in CONFLICTS:
        status, detail = 409, _("This stands in the way of something recorded already.")
    else:
        raise error
    log.warning("a constraint denied a request: %s", error)
    return problem(request, status=status, code="api.denied", detail=detail)


def _malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    detail = _("The request could not be read.") if error.status_code == 400 else str(error)
    return problem(request, status=error.status_code, code="api.malformed", detail=detail)


def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error


api = RestRoot(
    title="Khuê Văn",
    version=VERSION,
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    renderer=PlainRenderer(),
    auth=[
        AccessToken(type="http", scheme="bearer"),
        Session(type="apiKey", **{"in": "cookie"}, name=settings.SESSION_COOKIE_NAME),
    ],
    openapi_extra={"info": {"license": {"name": "AGPL-3.0-or-later"}}},
)


refusals(api)
mount(api)
