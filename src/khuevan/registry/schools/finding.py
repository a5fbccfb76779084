"""Schools in the search box: those whose page the actor may open."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from khuevan.kernel.actor import Actor
from khuevan.platform.search.api import SearchHit
from khuevan.registry.people.api import name_has
from khuevan.registry.schools.facts import had_code
from khuevan.registry.schools.selectors import schools


def find_schools(actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return schools by name or code, names that begin with the query first."""
    rows = schools(actor=actor, on=actor.today).filter(name_has(words) | had_code(words))
    found = sorted(rows[: limit * 3], key=lambda row: words not in row.search_name)
    for school in found[:limit]:
        yield SearchHit(
            label=school.name,
            url=reverse("schools:school", args=[school.code]),
            detail=" · ".join(part for part in (school.area_name, school.code) if part),
            icon="school",
        )
