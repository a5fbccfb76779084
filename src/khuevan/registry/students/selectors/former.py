"""A school's former pupils, what it saw of them last, and its registry book."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    LastView,
    RegistryBook,
    RegistryNumber,
    Student,
    StudyBreak,
)
from khuevan.registry.students.permissions import EDIT_STUDENTS, VIEW_REGISTRY, VIEW_STUDENTS


def former_of(*, actor: Actor, school_id: int, on: date) -> ScopedQuerySet[Any]:
    """Return the times at a school that are over, each with its last view if one was kept."""
    return (
        Enrollment.objects.visible_to(actor, VIEW_REGISTRY)
        .filter(school_id=school_id, ends_on__lte=on, is_primary=True)
        .select_related("person", "last_view")
    )


def get_former_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_REGISTRY) -> Enrollment:
    """Return a time at a school that is over, with its last view, or raise `NotFound`."""
    rows = Enrollment.objects.visible_to(actor, permission).filter(ends_on__lte=actor.today)
    return rows.select_related("person", "school", "last_view").one(uuid)


def last_view_for(
    actor: Actor, enrollment: Enrollment, permission: Permission = VIEW_REGISTRY
) -> LastView:
    """Return what a school saw last, or raise `NotFound` when nothing was kept."""
    rows = LastView.objects.visible_to(actor, permission)
    view = rows.filter(enrollment=enrollment).first()
    if view is None:
        raise NotFound
    return view


def book_of(*, actor: Actor, school_id: int) -> RegistryBook:
    """Return how a school numbers its book; as schools begin, where it never said."""
    rows = RegistryBook.objects.visible_to(actor, VIEW_REGISTRY)
    return rows.filter(school_id=school_id).first() or RegistryBook(school_id=school_id)


def numbers_of(*, actor: Actor, school_id: int) -> ScopedQuerySet[Any]:
    """Return every number of a school's book with its pupil, also those no longer borne."""
    return (
        RegistryNumber.objects.visible_to(actor, VIEW_REGISTRY)
        .filter(school_id=school_id)
        .select_related("student__person")
    )


def times_of(
    *, actor: Actor, school_id: int, student_ids: Collection[int]
) -> dict[int, list[Enrollment]]:
    """Return the times of pupils at a school, the first one first."""
    rows = (
        Enrollment.objects.visible_to(actor, VIEW_REGISTRY)
        .filter(school_id=school_id, student_id__in=student_ids)
        .select_related("last_view")
        .order_by("starts_on", "pk")
    )
    found: dict[int, list[Enrollment]] = {}
    for row in rows:
        found.setdefault(row.student_id, []).append(row)
    return found


def years_of(
    *, actor: Actor, school_id: int, student_ids: Collection[int]
) -> dict[int, list[ClassPlacement]]:
    """Return the classes of pupils at a school, year by year."""
    rows = (
        ClassPlacement.objects.visible_to(actor, VIEW_REGISTRY)
        .filter(school_id=school_id, student_id__in=student_ids)
        .select_related(
            "homeroom_class__academic_year", "homeroom_class__grade_level", "grade_level"
        )
        .order_by("starts_on", "pk")
    )
    found: dict[int, list[ClassPlacement]] = {}
    for row in rows:
        found.setdefault(row.student_id, []).append(row)
    return found


def unnumbered(*, actor: Actor, school_id: int, on: date) -> int:
    """Return how many pupils on roll have no number of the book."""
    rows = Enrollment.objects.visible_to(actor, EDIT_STUDENTS).filter(not_over(on))
    return rows.filter(school_id=school_id, registry_number="", is_primary=True).count()


def breaks_of(*, actor: Actor, student: Student) -> ScopedQuerySet[StudyBreak]:
    """Return a pupil's long leaves, newest first, as far as the actor may know."""
    rows = StudyBreak.objects.visible_to(actor, VIEW_STUDENTS).filter(student=student)
    return rows.order_by("-starts_on", "-pk")


def get_break_for(actor: Actor, uuid: UUID, permission: Permission = EDIT_STUDENTS) -> StudyBreak:
    """Return the leave with this uuid or raise `NotFound`."""
    rows = StudyBreak.objects.visible_to(actor, permission)
    return rows.select_related("student__person", "school").one(uuid)
