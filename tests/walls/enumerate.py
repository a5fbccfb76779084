"""Finds every route of the program: pages and REST operations; commands have their own registry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import isfunction, unwrap
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from khuevan.kernel.actor import Permission
from khuevan.ui.commands import discover


@dataclass(frozen=True, slots=True)
class Route:
    """A route by name, with what it states about itself."""

    name: str
    method: str
    permission: Permission | None
    kind: str
    pattern: str

    @property
    def line(self) -> str:
        """Return method and name, by which the agreed permission is looked up."""
        return f"{self.method} {self.name}"

    @property
    def key(self) -> str:
        """Return what its row in the matrix is called: a page's name, an endpoint's own line."""
        return self.name if self.kind == "page" else f"{self.method} {self.name}"


def all_routes() -> list[Route]:
    """Return every HTML and REST route once for each method it answers."""
    found = {(route.name, route.method, route.pattern): route for route, _view in _walked()}
    return sorted(found.values(), key=lambda r: (r.name, r.method))


def views() -> dict[str, str]:
    """Return for each view and command, by file and function, what names it in the matrix."""
    named = [(route.name.rpartition("<")[0] or route.name, view) for route, view in _walked()]
    named += [(command.name, command.function) for command in discover()]
    return {_place(view): name for name, view in named}


def _place(view: Any) -> str:
    plain = unwrap(view)
    path = getattr(getattr(plain, "__code__", None), "co_filename", "")
    return f"src/{path.rpartition('/src/')[2]}:{getattr(plain, '__name__', '')}"


def _walked() -> Iterator[tuple[Route, Any]]:
    return _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: Any, namespace: str, prefix: str) -> Iterator[tuple[Route, Any]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from _walk(entry.url_patterns, inner, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield from _routes(entry, namespace, prefix)


def _routes(entry: URLPattern, namespace: str, prefix: str) -> Iterator[tuple[Route, Any]]:
    name = ":".join(part for part in (namespace, entry.name or "") if part)
    pattern = prefix + str(entry.pattern)
    operations = _operations(entry.callback)
    if operations is not None:
        for operation in operations:
            view = operation.view_func
            for method in operation.methods:
                permission = getattr(view, "permission", None)
                yield Route(f"/{pattern}", method, permission, "rest", pattern), view
        return
    permission = getattr(entry.callback, "permission", None)
    for method in getattr(entry.callback, "methods", ("GET",)):
        yield Route(name, method, permission, "page", pattern), entry.callback


def _operations(callback: Any) -> list[Any] | None:
    """Return the operations behind a REST path, however deep within its view; None for a page."""
    for cell in getattr(callback, "__closure__", None) or ():
        held = cell.cell_contents
        if isinstance(held, PathView):
            return held.operations
        if getattr(held, "__module__", "") == callback.__module__ and isfunction(held):
            return _operations(held)
    owner = getattr(callback, "__self__", None)
    return owner.operations if isinstance(owner, PathView) else None
