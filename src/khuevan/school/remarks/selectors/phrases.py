"""The phrases of a school, of a teacher, and those that suggestions are made of."""

from __future__ import annotations

from collections.abc import Sequence

from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.schools.api import School
from khuevan.school.remarks.bank import Line, shipped
from khuevan.school.remarks.models import Phrase
from khuevan.school.remarks.permissions import MANAGE_PHRASES

BECAUSE = "what is suggested to a teacher of the school"
OWN = "one's own phrases"


def banks_of(*, person_id: int | None, school_id: int) -> list[Sequence[Line]]:
    """Return a teacher's own phrases, then the school's, or the shipped where it keeps none."""
    rows = Phrase.objects.unscoped(because=BECAUSE).order_by("pk")
    own = list(rows.filter(owner_id=person_id)) if person_id else []
    shared = list(rows.filter(school_id=school_id))
    return [_lines(own), _lines(shared) if shared else shipped()]


def _lines(rows: Sequence[Phrase]) -> list[Line]:
    return [Line(one.subjects, one.part, one.band, one.text) for one in rows]


def phrases_of_school(*, actor: Actor, school: School) -> ScopedQuerySet[Phrase]:
    """Return the phrases that a school shares, in the order in which they are used."""
    rows = Phrase.objects.visible_to(actor, MANAGE_PHRASES).filter(school=school)
    return rows.order_by("subjects", "band", "part", "pk")


def own_phrases(*, actor: Actor) -> ScopedQuerySet[Phrase]:
    """Return the actor's own phrases."""
    rows = Phrase.objects.unscoped(because=OWN).filter(owner_id=actor.person_id or 0)
    return rows.order_by("subjects", "band", "part", "pk")
