"""Is the process alive, can it serve, and how is it doing: for balancers and monitoring.

Mount at the root: `/healthz`, `/readyz`, `/metrics`. Answers hold names of checks only.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import path

from khuevan.kernel.actor import PUBLIC
from khuevan.kernel.registry import Registry
from khuevan.ui import metrics
from khuevan.ui.page import page
from khuevan.ui.request import Request

readiness: Registry[Callable[[], bool]] = Registry("readiness check")
"""What else must be true before requests are sent here; apps add theirs."""

_migrated: list[bool] = []


@page(PUBLIC, methods=("GET",))
def healthz(request: Request) -> HttpResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "ok"})


@page(PUBLIC, methods=("GET",))
def readyz(request: Request) -> HttpResponse:
    """Say whether the database answers, its tables are current, and the registered checks hold."""
    checks = {"database": database_answers()}
    if checks["database"]:
        checks["migrations"] = migrations_applied()
    if all(checks.values()):
        checks |= {name: check() for name, check in readiness.items()}
    ready = all(checks.values())
    body = {"status": "ok" if ready else "unavailable", "checks": checks}
    return JsonResponse(body, status=200 if ready else 503)


@page(PUBLIC, methods=("GET",))
def figures(request: Request) -> HttpResponse:
    """Give the figures to this machine or to whoever has the token; to others there is nothing."""
    if not _may_read_figures(request):
        raise Http404
    return HttpResponse(metrics.exposition(), content_type="text/plain; version=0.0.4")


def database_answers() -> bool:
    """Return whether the database answers a trivial query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations_applied() -> bool:
    """Return whether every migration of this program has run; asked until it is so, then kept."""
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.append(True)
    return True


def _may_read_figures(request: Request) -> bool:
    token = getattr(settings, "METRICS_TOKEN", "")
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), token.encode())
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and not _is_forwarded(request)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _is_forwarded(request: Request) -> bool:
    """Return whether a proxy on this machine asks for somebody elsewhere."""
    return any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", figures, name="metrics"),
]
