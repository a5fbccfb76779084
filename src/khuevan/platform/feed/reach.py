"""Who comes into a reader's reach, or leaves it, because something else changed.

A pupil's record is older than the transfer that brings it to a school, so no version of it tells
the new school. What does is the dated row that the reach goes through, its gate: enrollment, seat
in a class, appointment. Where a gate was written, or its day came, the rows behind it are told
again: whole to who reaches them now, as gone to who does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.crypto import salted_hmac

from khuevan.kernel.actor import Actor, AnchorKind
from khuevan.kernel.scoping import Anchors, Via
from khuevan.platform.feed.publications import Publication, Reference

ENTERED, LEFT = "ENTERED", "LEFT"
_KINDS: tuple[AnchorKind, ...] = ("school", "class", "person")


@dataclass(frozen=True, slots=True)
class Crossing:
    """A row that came into reach or left it, at the number of the gate's version."""

    number: int
    publication: Publication
    row: Any
    is_within: bool


def fingerprint(actor: Actor, followed: Iterable[Publication]) -> str:
    """Return what changes when the anchors change on which a reader may follow anything."""
    told = [
        (one.resource, kind, reach.everything, sorted(reach.ids))
        for one in followed
        for kind in _KINDS
        for reach in (actor.reach(one.permission, kind),)
    ]
    return salted_hmac("khuevan.platform.feed", repr(told), algorithm="sha256").hexdigest()[:16]


def crossings(
    actor: Actor, followed: Iterable[Publication], *, after: int, until: int, seen_on: date | None
) -> list[Crossing]:
    """Return the rows whose gates were written between two numbers, or had their day since one."""
    found: dict[tuple[str, int], Crossing] = {}
    for one in followed:
        for kind, gate in _gates(actor, one):
            numbers = dict(_written(actor, one, kind, gate, after, until))
            if seen_on is not None and seen_on < actor.today:
                numbers |= dict.fromkeys(_due(actor, one, kind, gate, seen_on), until)
            for crossing in _behind(actor, one, gate, numbers):
                key = (one.resource, crossing.row.pk)
                if key not in found or found[key].number <= crossing.number:
                    found[key] = crossing
    return sorted(found.values(), key=lambda one: (one.number, one.publication.resource))


def present(actor: Actor, one: Publication) -> Any:
    """Return a publication's rows as they are, within the reader's reach."""
    manager: Any = one.model._default_manager
    if not one.is_scoped:
        rows = manager.all()
    elif one.anchors is None:
        rows = manager.visible_to(actor, one.permission)
    else:
        rows = manager.get_queryset().visible_through(one.anchors, actor, one.permission)
    return rows.filter(**one.only)


def columns_of(one: Publication, row: Any) -> dict[str, Any]:
    """Return what a row says in the columns that its changes carry."""
    sources = (f.column if isinstance(f, Reference) else f for f in one.fields.values())
    return {source: getattr(row, source) for source in sources}


def _gates(actor: Actor, one: Publication) -> Iterator[tuple[AnchorKind, Via]]:
    """Yield the dated rows that a reader's reach goes through; none for who reaches everything."""
    anchors: Anchors = one.anchors or getattr(one.model, "ANCHORS", {})
    if any(actor.reach(one.permission, kind).everything for kind in anchors):
        return
    for kind, given in anchors.items():
        if actor.reach(one.permission, kind):
            ways = given if isinstance(given, tuple) else (given,)
            yield from ((kind, way) for way in ways if isinstance(way, Via))


def _written(
    actor: Actor, one: Publication, kind: AnchorKind, gate: Via, after: int, until: int
) -> list[tuple[int, int]]:
    history: Any = apps.get_model(gate.model)._meta.get_field("history").related_model
    rows = history.objects.get_queryset().visible_through(
        {kind: gate.anchor}, actor, one.permission
    )
    written: list[tuple[int, int]] = list(
        rows.filter(pgh_id__gt=after, pgh_id__lte=until)
        .order_by("pgh_id")
        .values_list(gate.column, "pgh_id")
    )
    return written


def _due(actor: Actor, one: Publication, kind: AnchorKind, gate: Via, seen_on: date) -> list[int]:
    since = {"gt": seen_on, "lte": actor.today}
    begun = Q(**{f"starts_on__{name}": day for name, day in since.items()})
    ended = Q(**{f"ends_on__{name}": day for name, day in since.items()})
    manager: Any = apps.get_model(gate.model)._default_manager
    rows = manager.get_queryset().visible_through({kind: gate.anchor}, actor, one.permission)
    return list(rows.filter(begun | ended).values_list(gate.column, flat=True))


def _behind(
    actor: Actor, one: Publication, gate: Via, numbers: dict[int, int]
) -> Iterator[Crossing]:
    if not numbers:
        return
    manager: Any = one.model._default_manager
    because = "rows behind a gate in reach: told whole within reach, else only that they are gone"
    rows = manager.unscoped(because=because) if one.is_scoped else manager.all()
    held = rows.filter(**{f"{gate.key}__in": list(numbers)}, **one.only)
    within = set(
        present(actor, one)
        .filter(**{f"{gate.key}__in": list(numbers)})
        .values_list("pk", flat=True)
    )
    for row in held:
        number = numbers[row.pk if gate.key == "pk" else getattr(row, gate.key)]
        yield Crossing(number, one, row, row.pk in within)
