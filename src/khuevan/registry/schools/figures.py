"""What other apps show on a school's page and in the list of schools, by registration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.registry import Registry
from khuevan.registry.schools.models import School

Counts = Callable[[Actor, "Collection[int] | None", date], Mapping[int, int]]
Kpi = Callable[[Actor, School, date], "dict[str, Any]"]


@dataclass(frozen=True, slots=True)
class SchoolFigure:
    """A number of a school: counted for many in one query, told with its basis for one."""

    label: str | Promise
    permission: Permission
    counts: Counts
    """Actor, schools (None for all in reach) and day to school id and number."""
    kpi: Kpi
    """Actor, school and day to the variables of a figure: value, basis, the page of its rows."""
    order: int = 100


@dataclass(frozen=True, slots=True)
class SchoolPanel:
    """A part of a school's overview: a template and what it shows."""

    permission: Permission
    template: str
    build: Callable[[Actor, School, date], dict[str, Any]]
    width: int = 6
    order: int = 100


figures: Registry[SchoolFigure] = Registry("school figure")
panels: Registry[SchoolPanel] = Registry("school panel")


def figures_for(actor: Actor) -> list[tuple[str, SchoolFigure]]:
    """Return the figures the actor may see, with their names, in order."""
    allowed = [(key, one) for key, one in figures.items() if actor.may(one.permission)]
    return sorted(allowed, key=lambda pair: pair[1].order)


def panels_for(actor: Actor) -> list[SchoolPanel]:
    """Return the panels the actor may see, in order."""
    return sorted((one for one in panels if actor.may(one.permission)), key=lambda one: one.order)
