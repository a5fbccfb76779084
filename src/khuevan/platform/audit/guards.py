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


def is_hidden(actor: Actor) -> Combinable:
    """Return whether an entry is about a person whose record the actor may not open.

    Such an entry still tells what happened, when and by whom; not to whom, and no values.
    """
    closed = Q(pk__in=())
    for guard in record_guards:
        about = Q(code__startswith=guard.prefix, person_id__isnull=False)
        mine = guard.records(actor).filter(person_id=OuterRef("person_id"))
        closed |= about & Q(~Exists(mine))
    return ExpressionWrapper(closed, output_field=BooleanField())
