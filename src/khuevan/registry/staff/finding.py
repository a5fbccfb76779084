"""Staff in the search box: the same scope as their lists, diacritics or not."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from khuevan.kernel.actor import Actor
from khuevan.platform.organizations.api import versions_on
from khuevan.platform.search.api import SearchHit
from khuevan.registry.people.api import MOST_SEARCHED, with_name
from khuevan.registry.staff.models import Position
from khuevan.registry.staff.permissions import VIEW_RECORDS
from khuevan.registry.staff.selectors import appointments


def find_staff(actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return staff by name or ministry code; names ending so come first."""
    rows = appointments(actor=actor, on=actor.today)
    fitting = (
        rows.filter(staff_member__moet_code=words)
        if words.isdigit()
        else with_name(rows, words, most=MOST_SEARCHED)
    )
    found = list(fitting.order_by("pk")[: limit * 3])  # by name a province's staff would be sorted
    found.sort(
        key=lambda row: (
            not _ends_with(row.person.search_name, words),
            row.person.sort_key,
            row.pk,
        )
    )
    units = versions_on(actor.today).filter(unit_id__in={row.unit_id for row in found})
    names = {one.unit_id: one for one in units.select_related("unit")}
    opens = actor.reach(VIEW_RECORDS, "school")
    for row in found[:limit]:
        place = names.get(row.unit_id)
        url = reverse("staff:record", args=[row.staff_member.uuid])
        if row.unit_id not in opens:
            url = f"{reverse('staff:list')}?q={row.person.search_name}"
        parts = (str(Position(row.position).label), place.short_name if place else "")
        yield SearchHit(
            label=row.person.full_name,
            url=url,
            detail=" · ".join(part for part in parts if part),
            icon="id-card",
        )


def _ends_with(name: str, words: str) -> bool:
    return name.split(" ")[-1].startswith(words.split(" ")[-1])
