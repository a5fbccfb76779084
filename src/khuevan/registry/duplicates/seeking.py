"""What a clerk who records somebody is told of those who may be the same.

Of people in reach their name, unit and record. Of all others only that there may be a record, and
what of name and day of birth fits: never a number, a phone or a family, which one could guess at.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.api import record
from khuevan.registry.duplicates import audit_codes
from khuevan.registry.duplicates.looking import Alike, alike
from khuevan.registry.duplicates.matching.telling import reasons
from khuevan.registry.people.api import Lookalike, Newcomer, record_urls, unit_names
from khuevan.registry.staff.api import VIEW_STAFF, StaffMember
from khuevan.registry.students.api import VIEW_STUDENTS, Student
from khuevan.registry.transfers.api import RECORD_TRANSFERS

MOST_TOLD = 3
TOLD_OUTSIDE = frozenset({"name", "birth_date"})


def seek(actor: Actor, newcomer: Newcomer) -> list[Lookalike]:
    """Return who may be the newcomer, told as far as the actor may know."""
    found = alike(newcomer)
    if not found:
        return []
    ids = [one.person_id for one in found]
    within = _within(actor, newcomer, ids)
    known = _of_reach(actor, within, found)[:MOST_TOLD] if within else []
    outside = [one for one in found if one.person_id not in within]
    if outside:
        known.append(_of_others(actor, newcomer, outside[0]))
    return known


def _within(actor: Actor, newcomer: Newcomer, ids: Collection[int]) -> dict[int, str]:
    """Return who of them the actor reads anyway, with their names."""
    rows: ScopedQuerySet[Any]
    if newcomer.is_staff:
        rows = StaffMember.objects.visible_to(actor, VIEW_STAFF)
    else:
        rows = Student.objects.visible_to(actor, VIEW_STUDENTS)
    reached = rows.filter(person__in=ids).select_related("person")
    return {row.person_id: row.person.full_name for row in reached}


def _of_reach(actor: Actor, within: dict[int, str], found: Collection[Alike]) -> list[Lookalike]:
    units, urls = unit_names(within, actor.today), record_urls(within)
    return [
        Lookalike(
            text=", ".join(
                part for part in (within[one.person_id], units.get(one.person_id, "")) if part
            ),
            why=[str(reason) for reason in reasons(one.verdict.comparison)],
            url=urls.get(one.person_id, ""),
            link=_("Open the record"),
        )
        for one in found
        if one.person_id in within
    ]


def _of_others(actor: Actor, newcomer: Newcomer, one: Alike) -> Lookalike:
    record(
        audit_codes.TOLD_OF_RECORD,
        actor=actor,
        at=clock.now(),
        unit_id=newcomer.unit_id,
        person_id=one.person_id,
        details={"is_staff": newcomer.is_staff},
    )
    may_ask = newcomer.unit_id in actor.reach(RECORD_TRANSFERS, "school")
    route = "transfers:staff_come" if newcomer.is_staff else "transfers:come"
    return Lookalike(
        text=_("A record that may be the same stands outside your unit."),
        why=[str(reason) for reason in reasons(one.verdict.comparison, only=TOLD_OUTSIDE)],
        url=reverse(route, args=[newcomer.unit_code]) if may_ask else "",
        link=_("Ask for the transfer instead"),
    )
