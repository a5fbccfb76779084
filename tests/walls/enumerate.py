"""Finds every route of the program: pages, REST operations, commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from khuevan.kernel.actor import Permission


@dataclass(frozen=True, slots=True)
class Route:
    """A route by name, with what it states about itself."""

    name: str
    method: str
    permission: Permission | None
    kind: str
    pattern: str


def all_routes() -> list[Route]:
    """Return every HTML and REST route once for each method it answers."""
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=lambda r: (r.name, r.method))


def _walk(patterns: Any, namespace: str, prefix: str) -> Iterator[Route]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from _walk(entry.url_patterns, inner, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield from _routes(entry, namespace, prefix)


def _routes(entry: URLPattern, namespace: str, prefix: str) -> Iterator[Route]:
    name = ":".join(part for part in (namespace, entry.name or "") if part)
    pattern = prefix + str(entry.pattern)
    operations = _operations(entry.callback)
    if operations is not None:
        for operation in operations:
            permission = getattr(operation.view_func, "permission", None)
            for method in operation.methods:
                yield Route(f"{name or pattern}", method, permission, "rest", pattern)
        return
    permission = getattr(entry.callback, "permission", None)
    for method in getattr(entry.callback, "methods", ("GET",)):
        yield Route(name, method, permission, "page", pattern)


def _operations(callback: Any) -> list[Any] | None:
    """Return the operations behind a REST path, None for a page."""
    for cell in getattr(callback, "__closure__", None) or ():
        if isinstance(cell.cell_contents, PathView):
            return cell.cell_contents.operations
    owner = getattr(callback, "__self__", None)
    return owner.operations if isinstance(owner, PathView) else None
