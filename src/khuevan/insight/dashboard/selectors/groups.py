"""Pupils on roll counted by class: one grouped query, whatever the number of schools.

What a pupil's record lacks is said once, in the registry's `LACKING`: the counts here, the lists
behind them and the registry's own lists agree.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, Count, F, FilteredRelation, Q, When
from django.db.models.expressions import Combinable

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.students.api import (
    COUNT_STUDENTS,
    LACKING,
    RECORD_FACTS,
    enrolled,
    lacking_facts,
)

FACTS = (*RECORD_FACTS, "contradictions")
_BITS = {fact: 1 << place for place, fact in enumerate(FACTS)}
_RECORD_BITS = sum(_BITS[fact] for fact in RECORD_FACTS)


@dataclass(frozen=True, slots=True)
class PupilGroup:
    """Pupils of one class of a school (or of none) whose records lack the same things."""

    school_id: int
    class_id: int | None
    lacks: int
    """A bit for each of FACTS, in that order."""
    pupils: int
    girls: int

    def lack(self, fact: str) -> bool:
        """Return whether these records lack a fact."""
        return bool(self.lacks & _BITS[fact])

    @property
    def are_complete(self) -> bool:
        """Return whether these records lack nothing of RECORD_FACTS."""
        return not self.lacks & _RECORD_BITS


def on_roll(
    *,
    actor: Actor,
    on: date,
    school_ids: Collection[int] | None = None,
    permission: Permission = COUNT_STUDENTS,
) -> ScopedQuerySet[Any]:
    """Return the primary enrollments in reach on a day, with what LACKING asks about.

    `seat` is the class placement of that day, missing for a pupil without a class.
    """
    rows = enrolled(actor=actor, on=on, permission=permission)
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    seat_holds = in_force(on, "person__placements")
    return rows.alias(
        seat=FilteredRelation("person__placements", condition=seat_holds),
        class_id=F("seat__homeroom_class_id"),
        **lacking_facts(on),
    )


def pupil_groups(
    *, actor: Actor, on: date, school_ids: Collection[int] | None = None
) -> list[PupilGroup]:
    """Return the pupils on roll on a day by school, class and what their records lack."""
    rows = (
        on_roll(actor=actor, on=on, school_ids=school_ids)
        .annotate(lacks=_lacks())
        .values_list("school_id", "seat__homeroom_class_id", "lacks")
        .annotate(Count("pk"), girls=Count("pk", filter=Q(person__sex="FEMALE")))
        .order_by()
    )
    return [PupilGroup(*row) for row in rows]


def _lacks() -> Combinable:
    """Return one number a pupil, so that each condition is worked out once a row."""
    bits: list[Combinable] = [
        Case(When(LACKING[fact], then=bit), default=0) for fact, bit in _BITS.items()
    ]
    return reduce(add, bits)
