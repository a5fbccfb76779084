"""Reading staff: who works where, in charge of which classes, with which lessons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.staff.code_lists import subject_label
from khuevan.registry.staff.models import (
    Appointment,
    HomeroomAssignment,
    Position,
    StaffLeave,
    Substitution,
    TeachingAssignment,
)
from khuevan.registry.staff.permissions import VIEW_STAFF

TEACHING = (Position.TEACHER, Position.PRINCIPAL, Position.VICE_PRINCIPAL)


def appointments(*, actor: Actor, on: date) -> ScopedQuerySet[Appointment]:
    """Return the appointments in reach that hold on a date, with the person, by name."""
    return (
        Appointment.objects.visible_to(actor, VIEW_STAFF)
        .filter(in_force(on))
        .select_related("person", "staff_member")
        .order_by("person__sort_key", "pk")
    )


def homeroom_teachers(class_ids: Collection[int], *, on: date) -> dict[int, str]:
    """Return class id to the homeroom teacher's name on a date; it is no secret in a school."""
    rows = (
        HomeroomAssignment.objects.unscoped(
            because="the caller reached these classes through a scope"
        )
        .filter(in_force(on), homeroom_class_id__in=class_ids)
        .select_related("person")
    )
    return {row.homeroom_class_id: row.person.full_name for row in rows}


@dataclass(slots=True)
class Duties:
    """What a staff member does in classes: in charge of some, with lessons in some."""

    homerooms: list[str] = field(default_factory=list)
    lessons: dict[str, list[str]] = field(default_factory=dict)
    """Subject to the names of classes."""
    stands_in: list[str] = field(default_factory=list)
    """Names of classes in which a colleague on leave is stood in for."""


def duties_of(*, actor: Actor, member_ids: Collection[int], on: date) -> defaultdict[int, Duties]:
    """Return the duties of staff members on a date, by staff member: three queries."""
    duties: defaultdict[int, Duties] = defaultdict(Duties)
    homerooms = HomeroomAssignment.objects.visible_to(actor, VIEW_STAFF).filter(in_force(on))
    for member_id, name in (
        homerooms.filter(staff_member_id__in=member_ids)
        .values_list("staff_member_id", "homeroom_class__name")
        .order_by("homeroom_class__sort_key", "pk")
    ):
        duties[member_id].homerooms.append(name)
    lessons = TeachingAssignment.objects.visible_to(actor, VIEW_STAFF).filter(in_force(on))
    for member_id, subject, name in (
        lessons.filter(staff_member_id__in=member_ids)
        .values_list("staff_member_id", "subject_name", "homeroom_class__name")
        .order_by("subject_name", "homeroom_class__sort_key", "pk")
    ):
        duties[member_id].lessons.setdefault(subject_label(subject), []).append(name)
    standing_in = Substitution.objects.visible_to(actor, VIEW_STAFF).filter(in_force(on))
    for member_id, name in (
        standing_in.filter(staff_member_id__in=member_ids)
        .values_list("staff_member_id", "homeroom_class__name")
        .order_by("homeroom_class__sort_key", "pk")
    ):
        if name not in duties[member_id].stands_in:
            duties[member_id].stands_in.append(name)
    return duties


def in_charge(on: date) -> QuerySet[HomeroomAssignment, int]:
    """Return the ids of staff members in charge of a class on a date, to narrow a scoped list."""
    return (
        HomeroomAssignment.objects.unscoped(because="narrows a list that is scoped itself")
        .filter(in_force(on))
        .values_list("staff_member_id", flat=True)
    )


def on_leave(on: date) -> QuerySet[StaffLeave, int]:
    """Return the ids of staff members on leave on a date, to narrow a scoped list."""
    return (
        StaffLeave.objects.unscoped(because="narrows a list that is scoped itself")
        .filter(in_force(on))
        .values_list("staff_member_id", flat=True)
    )


def staff_counts(actor: Actor, unit_ids: Collection[int] | None, on: date) -> dict[int, int]:
    """Return how many people each unit in reach counts as its staff on a day.

    Who teaches at a second school is counted at the first (organization sheet 5.5).
    """
    rows = Appointment.objects.visible_to(actor, VIEW_STAFF).filter(in_force(on), is_primary=True)
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=unit_ids)
    people = Count("person_id", distinct=True)
    return dict(rows.values_list("unit_id").annotate(people).order_by("unit_id"))


def teacher_count(*, actor: Actor, unit_id: int, on: date) -> int:
    """Return how many of a school's staff may stand in front of a class."""
    return (
        Appointment.objects.visible_to(actor, VIEW_STAFF)
        .filter(in_force(on), unit_id=unit_id, is_primary=True, position__in=TEACHING)
        .values("person_id")
        .distinct()
        .count()
    )


def own_classes(
    *, actor: Actor, on: date
) -> list[TeachingAssignment | HomeroomAssignment | Substitution]:
    """Return the classes the actor is in charge of, with lessons, standing in, each by name."""
    if actor.person_id is None:
        return []
    why = "one's own assignments"
    homerooms = HomeroomAssignment.objects.unscoped(because=why)
    lessons = TeachingAssignment.objects.unscoped(because=why)
    standing_in = Substitution.objects.unscoped(because=why)
    found: list[TeachingAssignment | HomeroomAssignment | Substitution] = []
    for rows in (homerooms, lessons, standing_in):
        found += (
            rows.filter(in_force(on), person_id=actor.person_id)
            .select_related("homeroom_class__school", "homeroom_class__grade_level")
            .order_by("homeroom_class__sort_key", "pk")
        )
    return found
