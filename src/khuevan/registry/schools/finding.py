"""Schools in the search box: those whose page the actor may open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.words import name_has
from khuevan.platform.search.api import SearchHit
from khuevan.registry.schools.facts import had_code
from khuevan.registry.schools.models import School
from khuevan.registry.schools.selectors import closed_schools, schools
from khuevan.ui.formats import day


def find_schools(actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return schools by name or code, names that begin with the query first."""
    rows = schools(actor=actor, on=actor.today).filter(name_has(words) | had_code(words))
    found = sorted(rows[: limit * 3], key=lambda row: words not in row.search_name)
    closed = closed_schools(actor=actor, on=actor.today)
    found += closed.filter(name_has(words) | had_code(words))[: max(limit - len(found), 0)]
    for school in found[:limit]:
        yield SearchHit(
            label=school.name,
            url=reverse("schools:school", args=[school.code]),
            detail=" · ".join(part for part in _details(school, actor.today) if part),
            icon="school",
        )


def _details(school: Any, on: date) -> tuple[str, ...]:
    return (school.area_name, school.code, _closed(school, on))


def _closed(school: School, on: date) -> str:
    """Return since when a school is closed; nothing of one at work or closing later."""
    if school.closed_on is None or school.closed_on > on:
        return ""
    return _("closed since %(day)s") % {"day": day(school.closed_on)}
