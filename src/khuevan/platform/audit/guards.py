"""Whose names and values an entry may show: the log opens no record that stays closed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class RecordGuard:
    """Entries whose code begins with a prefix are about records that not every reader may open."""

    prefix: str
    records: Callable[[Actor], QuerySet[Any]]
    """The records the actor may open: rows with a `person_id`."""


record_guards: Registry[RecordGuard] = Registry("record guard")


@dataclass(frozen=True, slots=True)
class PersonGuard:
    """Some people are named to those alone who know them, whatever an entry tells of them."""

    guarded: Callable[[], QuerySet[Any]]
    """Who is meant: rows with a `person_id`."""
    known: Callable[[Actor], QuerySet[Any]]
    """Whom the actor may name all the same: rows with a `person_id`."""


person_guards: Registry[PersonGuard] = Registry("person guard")


def is_hidden(actor: Actor) -> Combinable:
    """Return whether an entry is about a person whose record the actor may not open.

    Such an entry still tells what happened, when and by whom; not to whom, and no values.
    """
    closed = Q(pk__in=())
    for guard in record_guards:
        about = Q(code__startswith=guard.prefix, person_id__isnull=False)
        mine = guard.records(actor).filter(person_id=OuterRef("person_id"))
        closed |= about & Q(~Exists(mine))
    closed |= _is_unknown(actor, "person_id")
    return ExpressionWrapper(closed, output_field=BooleanField())


def is_actor_hidden(actor: Actor) -> Combinable:
    """Return whether an entry's doer is somebody whom the reader may not name."""
    return ExpressionWrapper(_is_unknown(actor, "actor_person_id"), output_field=BooleanField())


def _is_unknown(actor: Actor, column: str) -> Q:
    """Return the condition that a column holds somebody guarded whom the actor doesn't know.

    Whoever may open a person's record knows the person; so does everybody themselves.
    """
    unknown = Q(pk__in=())
    opened = [guard.records(actor) for guard in record_guards]
    for guard in person_guards:
        found = Q(_names(guard.guarded(), column))
        for known in (guard.known(actor), *opened):
            found &= ~Q(_names(known, column))
        unknown |= found
    return unknown & ~Q(**{column: actor.person_id}) if actor.person_id else unknown


def _names(rows: QuerySet[Any], column: str) -> Exists:
    return Exists(rows.filter(person_id=OuterRef(column)))
