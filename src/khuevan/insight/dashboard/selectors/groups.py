"""Pupils on roll counted by class: one grouped query, whatever the number of schools.

What a pupil's record lacks is said once, in the registry's `LACKING`: the counts here, the lists
behind them and the registry's own lists agree.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, ExtractYear, Mod, Substr

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.students.api import COUNT_STUDENTS, Enrollment, Guardianship, in_force
from khuevan.registry.students.api import LACKING as REGISTRY_LACKING

RECORD_FACTS = ("personal-number", "birth-date", "ethnicity", "guardian-phone")
LACKING: dict[str, Q] = {
    **REGISTRY_LACKING,
    "records": reduce(or_, (REGISTRY_LACKING[fact] for fact in RECORD_FACTS)),
}
"""The registry's conditions, and one that joins four of them: any gap makes a record incomplete."""

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
    rows = Enrollment.objects.visible_to(actor, permission).filter(in_force(on), is_primary=True)
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    seat_holds = Q(person__placements__starts_on__lte=on) & (
        Q(person__placements__ends_on__isnull=True) | Q(person__placements__ends_on__gt=on)
    )
    return rows.alias(
        seat=FilteredRelation("person__placements", condition=seat_holds),
        has_phone=Exists(_reachable_guardians(on)),
        class_id=F("seat__homeroom_class_id"),
        told_sex=Mod(_digits(4, 1), Value(2), output_field=IntegerField()),
        told_year=1900 + _digits(4, 1) / 2 * 100 + _digits(5, 2),
        known_year=Cast(ExtractYear("person__birth_date"), IntegerField()),
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


def _reachable_guardians(on: date) -> ScopedQuerySet[Guardianship]:
    """Return whether the outer pupil has a guardian with a phone: a yes or no, never the number."""
    holds = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return (
        Guardianship.objects.unscoped(because="only whether one exists; the outer query is scoped")
        .filter(holds, student_person_id=OuterRef("person_id"))
        .exclude(guardian__phone="")
    )


def _digits(start: int, length: int) -> Cast:
    return Cast(Substr("person__personal_number", start, length), IntegerField())
