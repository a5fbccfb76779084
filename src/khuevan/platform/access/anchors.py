"""What higher apps say about classes and years, which this app knows by number only."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry
from khuevan.ui.request import Request


@dataclass(frozen=True, slots=True)
class NamedAnchor:
    """A class as people call it, with the unit it belongs to."""

    id: int
    name: str
    unit_id: int
    uuid: UUID


@dataclass(frozen=True, slots=True)
class AnchorKindNames:
    """How an app names the anchors of a kind, and finds the one an actor means."""

    label: str | Promise
    names: Callable[[Collection[int]], dict[int, NamedAnchor]]
    """Names of anchors that a grant already tells of: one query."""
    choices: Callable[[Actor, int], list[NamedAnchor]]
    """The anchors of a unit that the actor may see, to choose from when giving a role."""


anchor_kinds: Registry[AnchorKindNames] = Registry("anchor kind")
"""Under "class", the app that owns classes registers how they are named and found."""

year_labels: Registry[Callable[[Request], str]] = Registry("year label")
"""At most one: what the top bar shows as the current year and term."""


def named(kind: str, ids: Collection[int]) -> dict[int, NamedAnchor]:
    """Return the names of anchors, empty for what nobody registered."""
    if kind not in anchor_kinds or not ids:
        return {}
    return anchor_kinds.get(kind).names(ids)


def choices(kind: str, actor: Actor, unit_id: int) -> list[NamedAnchor]:
    """Return a unit's anchors of a kind that the actor may see."""
    return anchor_kinds.get(kind).choices(actor, unit_id) if kind in anchor_kinds else []
