"""Around every request: its number, one log line without personal data, and refusals as answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from khuevan.kernel.errors import DomainError
from khuevan.kernel.registry import Registry
from khuevan.ui import errors, metrics

HEADER = "X-Request-ID"
QUIET_ROUTES = ("ui:healthz", "ui:readyz", "ui:metrics")

GetResponse = Callable[[HttpRequest], HttpResponseBase]
RequestContext = Callable[[HttpRequest, UUID], AbstractContextManager[Any]]

request_contexts: Registry[RequestContext] = Registry("request context")
"""What apps open around each request: `audit` puts its number on all that is written."""

logger = logging.getLogger("khuevan.request")


@dataclass(slots=True)
class SqlTally:
    """How many statements a request sent, and how long it waited for them."""

    count: int = 0
    seconds: float = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any
    ) -> Any:
        """Run one statement and count it."""
        started = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += perf_counter() - started


class RequestLogMiddleware:
    """Numbers the request, counts its SQL, times it and writes one line about it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request inside its contexts."""
        number = uuid4()
        request.request_id = number  # type: ignore[attr-defined]
        tally, started = SqlTally(), perf_counter()
        with _inside(request, number, tally):
            response = self.get_response(request)
        _tell(request, response, tally, perf_counter() - started)
        response.headers[HEADER] = str(number)
        return response


class OptionsMiddleware:
    """Answers OPTIONS with the route's methods, to anybody alike: no page is made for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Answer before any view; the REST root speaks for itself."""
        if request.method != "OPTIONS" or errors.is_api(request):
            return None
        methods = dict.fromkeys(getattr(view, "methods", ("GET", "POST")))
        if "GET" in methods:
            methods["HEAD"] = None
        return HttpResponse(status=204, headers={"Allow": ", ".join([*methods, "OPTIONS"])})


class DomainErrorMiddleware:
    """Turns an expected failure that a view let through into a page or a problem document."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a DomainError, a full disk or two at once; leave all else to be a fault."""
        if isinstance(exception, DomainError):
            return errors.answer(request, exception)
        if errors.is_disk_full(exception):
            logger.error("no room left on the disk", exc_info=exception)
            return errors.answer(request, errors.ServerFull())
        if errors.is_crossed(exception):
            logger.error("two deeds crossed", exc_info=exception)
            return errors.answer(request, errors.ChangedMeanwhile())
        return None


def callers_number(request: HttpRequest) -> UUID | None:
    """Return the caller's own number when it is a uuid: for the log only."""
    try:
        return UUID(request.headers.get(HEADER, ""))
    except ValueError:
        return None


def route_of(request: HttpRequest) -> str:
    """Return the route's name: what a log may hold, since the path itself may name a person."""
    match = request.resolver_match
    if match is None:
        return "unmatched"
    return match.view_name or "unnamed"


@contextmanager
def _inside(request: HttpRequest, number: UUID, tally: SqlTally) -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(tally))
        for open_context in request_contexts:
            stack.enter_context(open_context(request, number))
        yield


def _tell(
    request: HttpRequest, response: HttpResponseBase, tally: SqlTally, seconds: float
) -> None:
    route = route_of(request)
    metrics.observe(route=route, status=response.status_code, seconds=seconds, sql=tally.count)
    actor = getattr(request, "actor", None)
    logger.log(
        logging.DEBUG if route in QUIET_ROUTES else logging.INFO,
        "request",
        extra={
            "request_id": request.request_id,  # type: ignore[attr-defined]
            "caller_request_id": callers_number(request),
            "route": route,
            "method": request.method,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "sql": tally.count,
            "sql_ms": round(tally.seconds * 1000, 1),
            "person": getattr(actor, "person_id", None),
        },
    )
