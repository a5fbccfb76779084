"""A teacher's own classes, with what their pupils' records lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from khuevan.insight.dashboard.selectors.groups import on_roll
from khuevan.insight.dashboard.selectors.rows import LackingPupil, lacking_pupil
from khuevan.kernel.actor import SIGNED_IN, Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import VIEW_CLASSES, HomeroomClass
from khuevan.registry.staff.api import HomeroomAssignment, TeachingAssignment, subject_label
from khuevan.registry.students.api import VIEW_STUDENTS


@dataclass(slots=True)
class OwnClass:
    """A class somebody is in charge of or teaches in."""

    id: int
    uuid: UUID
    name: str
    school_code: str
    sort_key: str
    is_homeroom: bool = False
    subjects: list[str] = field(default_factory=list)
    size: int = 0
    girls: int = 0
    lacking: list[LackingPupil] = field(default_factory=list)


def own_classes(*, actor: Actor, on: date) -> list[OwnClass]:
    """Return the acting teacher's classes on a day: homerooms first, then by grade and name.

    Pupils whose record lacks something are named for homerooms only: their teacher asks the family.
    """
    homerooms = set(
        HomeroomAssignment.objects.visible_to(actor, SIGNED_IN)
        .filter(in_force(on))
        .values_list("homeroom_class_id", flat=True)
    )
    subjects: dict[int, list[str]] = defaultdict(list)
    taught = TeachingAssignment.objects.visible_to(actor, SIGNED_IN).filter(in_force(on))
    for class_id, subject in taught.values_list("homeroom_class_id", "subject_name").order_by("pk"):
        subjects[class_id].append(subject_label(subject))
    found = [
        OwnClass(*row, is_homeroom=row[0] in homerooms, subjects=subjects.get(row[0], []))
        for row in HomeroomClass.objects.visible_to(actor, VIEW_CLASSES)
        .filter(pk__in=homerooms | set(subjects))
        .values_list("pk", "uuid", "name", "school__code", "sort_key")
    ]
    _count(actor, found, on)
    return sorted(found, key=lambda one: (not one.is_homeroom, one.sort_key, one.id))


def _count(actor: Actor, found: list[OwnClass], on: date) -> None:
    by_id = {one.id: one for one in found}
    pupils: Iterable[Any] = (
        on_roll(actor=actor, on=on, permission=VIEW_STUDENTS)
        .filter(seat__homeroom_class_id__in=by_id)
        .annotate(class_id=F("seat__homeroom_class_id"), class_name=F("seat__homeroom_class__name"))
        .annotate(phone_known=F("has_phone"))
        .select_related("person", "student")
        .order_by("sort_key", "pk")
    )
    for row in pupils:
        own = by_id[row.class_id]
        own.size += 1
        own.girls += row.person.sex == "FEMALE"
        pupil = lacking_pupil(row)
        if own.is_homeroom and pupil.lacks:
            own.lacking.append(pupil)
