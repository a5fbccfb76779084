"""Where results come from: each app registers a provider for what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result: what it is called, one line to tell it from others, where it opens."""

    label: str
    url: str
    detail: str = ""
    icon: str = "search"


Find = Callable[[Actor, str, int], Iterable[SearchHit]]
"""Called with the actor, the folded query and how many hits to give at most, best first.

A provider reads through `visible_to`, so that the box shows nobody more than their pages do.
"""


@dataclass(frozen=True, slots=True)
class Provider:
    """One group of results, asked only for actors who hold its permission."""

    code: str
    label: str | Promise = field(compare=False)
    permission: Permission
    find: Find = field(compare=False)
    order: int = 100
    shortest: int = 2
    """Queries under this many letters are not put to it."""


providers: Registry[Provider] = Registry("search provider")


def provide(provider: Provider) -> Provider:
    """Register a provider and return it."""
    return providers.register(provider.code, provider)
