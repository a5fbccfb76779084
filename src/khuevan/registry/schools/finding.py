"""Schools in the search box: those whose page the actor may open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import fold
from khuevan.kernel.words import name_has
from khuevan.platform.search.api import SearchHit
from khuevan.registry.schools import frame
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


def find_school_pages(actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return the pages of the school one acts in whose name has all the words."""
    hat, wanted = getattr(actor, "hat", None), words.split()
    named = [
        tab
        for _key, tab in sorted(frame.tabs.items(), key=lambda pair: pair[1].order)
        if actor.may(tab.permission) and all(word in fold(str(tab.label)) for word in wanted)
    ]
    if hat is None or not named:
        return []
    school = schools(actor=actor, on=actor.today).filter(pk=hat.unit_id).first()
    if school is None:
        return []
    return [
        SearchHit(str(tab.label), reverse(tab.route, args=[school.code]), school.name, "school")
        for tab in named
        if not tab.levels or set(tab.levels) & set(school.levels)
    ][:limit]


def _details(school: Any, on: date) -> tuple[str, ...]:
    return (school.area_name, school.code, _closed(school, on))


def _closed(school: School, on: date) -> str:
    """Return since when a school is closed; nothing of one at work or closing later."""
    if school.closed_on is None or school.closed_on > on:
        return ""
    return _("closed since %(day)s") % {"day": day(school.closed_on)}
