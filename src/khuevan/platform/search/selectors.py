"""One query put to every provider the actor may ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import fold
from khuevan.platform.search.providers import Provider, SearchHit, providers

LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The results of one provider."""

    code: str
    label: str | Promise
    hits: Sequence[SearchHit]
    has_more: bool = False


def readable(query: str) -> str:
    """Return a query as it is searched: folded, cut to a sensible length."""
    return fold(query[: LONGEST_QUERY * 2])[:LONGEST_QUERY]


def search(*, actor: Actor, query: str, limit: int = 8) -> list[HitGroup]:
    """Return what the actor may see that answers a query, grouped, without empty groups."""
    words = readable(query)
    groups = [_ask(provider, actor, words, limit) for provider in _askable(actor, words)]
    return [group for group in groups if group.hits]


def _ask(provider: Provider, actor: Actor, words: str, limit: int) -> HitGroup:
    hits = list(provider.find(actor, words, limit + 1))
    return HitGroup(provider.code, provider.label, hits[:limit], len(hits) > limit)


def _askable(actor: Actor, words: str) -> list[Provider]:
    asked = [one for one in providers if len(words) >= one.shortest and actor.may(one.permission)]
    return sorted(asked, key=lambda one: one.order)
