"""What a row of the matrix says: how a route is called, and what is sent to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models

from tests.factories import TODAY
from tests.walls.world import World, uuid_of

ALL_CODES = "all"


@dataclass(frozen=True, slots=True)
class Sample:
    """One route: its arguments, and what else a caller needs. What is sent to it is in `deeds`."""

    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda _world: {})
    query: Callable[[World], str] = field(default=lambda _world: "")
    also: tuple[str, ...] = ()
    """Permissions the page needs besides the one it states."""
    at_province: bool = False
    """Whether the permission only makes sense on the whole province."""
    at: Callable[[World], Any] | None = None
    """On which unit the caller stands, where it makes sense on another than school A."""
    status: int = 200
    """How a GET is answered; for a POST its deed says so."""
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


def class_a(world: World) -> dict[str, Any]:
    """Return the arguments of a route on class 6A of school A."""
    return {**code_a(world), **uuid_of(world.cast.class_6a)}


def pupil(world: World) -> dict[str, Any]:
    """Return the arguments of a route on a pupil of 6A."""
    return uuid_of(world.cast.minh_anh)


IMPORT = ("students.student:import",)
SEE_SCHOOL = ("schools.school:view",)
SEE_PUPIL = ("students.student:view",)
SEE_CLASS = (*SEE_SCHOOL, "schools.class:view", *SEE_PUPIL)

DAY = f"{TODAY:%d/%m/%Y}"
LAST_DAY = f"{TODAY + timedelta(days=3):%d/%m/%Y}"
REASON = {"reason": "Theo đơn đề nghị"}

Data = Callable[[World], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Deed:
    """One POST that does what it is for, when whoever may do it sends it."""

    changes: type[models.Model]
    """The table that differs when it was done, and does not when it was refused."""
    data: Data = field(default=lambda _world: {})
    status: int = 302
    by: Callable[[World], Any] | None = None
    """Who does it, where holding the permission is not enough."""
    is_own: bool = False
    """Whether a stranger with the permission may do it to what is theirs."""
    is_json: bool = False
    """Whether a page's script sends it as JSON."""
