"""How each route is called in the matrix. A route without a row here fails the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.walls.world import World, uuid_of

ALL_CODES = "all"


@dataclass(frozen=True, slots=True)
class Sample:
    """One route: its arguments, what else a caller needs, and what it answers when all is right."""

    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda _world: {})
    query: Callable[[World], str] = field(default=lambda _world: "")
    data: Callable[[World], dict[str, Any]] = field(default=lambda _world: {})
    also: tuple[str, ...] = ()
    """Permissions the page needs besides the one it states."""
    at_province: bool = False
    """Whether the permission only makes sense on the whole province."""
    good: frozenset[int] = frozenset({200, 204, 302, 422})
    own: Callable[[World], Any] | None = None
    """Who may open it when nobody else may: a thing of one person alone."""
    shared: bool = False
    """Whether the thing named is public, so that a stranger with the permission may open it."""


def code_a(world: World) -> dict[str, Any]:
    """Return the arguments of a route on school A."""
    return {"code": world.cast.school_a.code}


def of_import(world: World) -> dict[str, Any]:
    """Return the arguments of a route on an import of school A."""
    return uuid_of(world.sheet_import)


def of_row(world: World) -> dict[str, Any]:
    """Return the arguments of a route on the faulty row of that import."""
    return {**of_import(world), "number": 3}


IMPORT = ("students.student:import",)

ROUTES: dict[str, Sample] = {
    # --- everybody's own
    "dashboard:home": Sample(),
    "jobs:list": Sample(),
    "notifications:inbox": Sample(),
    "search:results": Sample(query=lambda _w: "?q=minh"),
    "search:dropdown": Sample(query=lambda _w: "?q=minh"),
    # --- import wizard
    "sheets:index": Sample(also=IMPORT),
    "sheets:upload": Sample(lambda _w: {"kind": "students.list"}, also=IMPORT, shared=True),
    "sheets:template": Sample(lambda _w: {"kind": "students.list"}, also=IMPORT, shared=True),
    "sheets:import": Sample(of_import, also=IMPORT),
    "sheets:match": Sample(of_import, also=IMPORT),
    "sheets:confirm": Sample(of_import, also=IMPORT),
    "sheets:recheck": Sample(of_import, also=IMPORT),
    "sheets:drop": Sample(of_import, also=IMPORT),
    "sheets:marked": Sample(of_import, also=IMPORT),
    "sheets:fix": Sample(lambda w: {**of_row(w), "column": 2}, also=IMPORT),
    "sheets:leave_out": Sample(of_row, also=IMPORT),
    # --- schools
    "schools:list": Sample(),
    "schools:school": Sample(code_a),
}
