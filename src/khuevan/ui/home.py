"""The page at `/`: what waits for this person today. Apps register parts of it by hat."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponseBase
from django.utils.functional import Promise

from khuevan.kernel.actor import Permission
from khuevan.kernel.registry import Registry
from khuevan.ui.request import Request


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for this person: where it leads and how pressing it is."""

    label: str | Promise
    url: str
    icon: str
    note: str | Promise = ""
    due: str | Promise = ""
    tone: str = ""
    """warn or bad colors `due`; the words say it too."""
    count: int = 1
    order: int = 100


@dataclass(frozen=True, slots=True)
class TaskSource:
    """Where tasks come from, for whoever wears one of the hats and holds the permission."""

    permission: Permission
    build: Callable[[Request], Iterable[Task]]
    hats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A panel of the home page. `build` gives its template's variables, or None to leave it out."""

    permission: Permission
    template: str
    build: Callable[[Request], dict[str, Any] | None]
    hats: tuple[str, ...] = ()
    width: int = 6
    """Columns of twelve on a wide screen."""
    order: int = 100


@dataclass(slots=True)
class DrawnCard:
    """A card ready to draw."""

    template: str
    width: int
    values: dict[str, Any] = field(default_factory=dict)


Home = Callable[..., HttpResponseBase]

cards: Registry[Card] = Registry("home card")
tasks: Registry[TaskSource] = Registry("task source")
homes: Registry[Home] = Registry("home")
"""Hat code to the view that answers `/` alone, where cards are not enough."""


def cards_for(request: Request) -> list[DrawnCard]:
    """Return the panels of this person's home in their order."""
    chosen = sorted((card for card in cards if _is_for(request, card)), key=lambda card: card.order)
    built = [(card, card.build(request)) for card in chosen]
    return [DrawnCard(c.template, c.width, values) for c, values in built if values is not None]


def tasks_for(request: Request) -> list[Task]:
    """Return what waits for this person, most pressing first."""
    found = [task for one in tasks if _is_for(request, one) for task in one.build(request)]
    return sorted(found, key=lambda task: ({"bad": 0, "warn": 1}.get(task.tone, 2), task.order))


def _is_for(request: Request, item: Card | TaskSource) -> bool:
    actor = request.actor
    hat = actor.hat.code if actor.hat else ""
    return actor.may(item.permission) and (not item.hats or hat in item.hats)
