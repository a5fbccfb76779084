"""Reading pupils, always for somebody."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.models import ClassPlacement, Enrollment, Guardianship, Student
from khuevan.registry.students.permissions import (
    COUNT_STUDENTS,
    VIEW_GUARDIANS,
    VIEW_STUDENTS,
)


def in_force(on: date) -> Q:
    """Return the condition that a period holds on a date."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def class_roll(
    *, actor: Actor, homeroom_class: HomeroomClass, on: date, permission: Permission = VIEW_STUDENTS
) -> ScopedQuerySet[ClassPlacement]:
    """Return the placements of a class on a date with pupil and person, by Vietnamese name order."""
    return (
        ClassPlacement.objects.visible_to(actor, permission)
        .filter(in_force(on), homeroom_class=homeroom_class)
        .select_related("student", "person")
        .order_by("sort_key", "student_id")
    )


def school_roll(
    *, actor: Actor, on: date, school_id: int | None = None, permission: Permission = VIEW_STUDENTS
) -> ScopedQuerySet[ClassPlacement]:
    """Return the placements in reach on a date, of one school when given, by Vietnamese name order."""
    rows = (
        ClassPlacement.objects.visible_to(actor, permission)
        .filter(in_force(on))
        .select_related("student", "person", "homeroom_class")
        .order_by("sort_key", "student_id")
    )
    return rows.filter(school_id=school_id) if school_id is not None else rows


def get_student_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_STUDENTS) -> Student:
    """Return the pupil with this uuid or raise `NotFound`."""
    return Student.objects.visible_to(actor, permission).select_related("person").one(uuid)


def current_placement(*, actor: Actor, student: Student, on: date) -> ClassPlacement | None:
    """Return the class a pupil sits in on a date, as far as the actor may know."""
    return (
        ClassPlacement.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(in_force(on), student=student)
        .select_related("homeroom_class__grade_level", "homeroom_class__academic_year", "school")
        .first()
    )


def placements_of(*, actor: Actor, student: Student) -> ScopedQuerySet[ClassPlacement]:
    """Return a pupil's classes, newest first, as far as the actor may know."""
    return (
        ClassPlacement.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(student=student)
        .select_related("homeroom_class__academic_year", "school")
        .order_by("-starts_on", "-pk")
    )


def enrollments_of(*, actor: Actor, student: Student) -> ScopedQuerySet[Enrollment]:
    """Return a pupil's time in schools, newest first, as far as the actor may know."""
    return (
        Enrollment.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(student=student)
        .select_related("school")
        .order_by("-starts_on", "-pk")
    )


def guardians_of(*, actor: Actor, student: Student, on: date) -> ScopedQuerySet[Guardianship]:
    """Return a pupil's guardians on a date, in the order of contact."""
    return (
        Guardianship.objects.visible_to(actor, VIEW_GUARDIANS)
        .filter(student=student)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        .select_related("guardian")
        .order_by("contact_order", "pk")
    )


def children_of(*, actor: Actor, on: date) -> list[ClassPlacement]:
    """Return the children of the acting guardian (or the acting pupil) with their classes."""
    reach = actor.reach(VIEW_STUDENTS, "person")
    return list(
        ClassPlacement.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(in_force(on), person_id__in=reach.ids)
        .select_related("student", "person", "homeroom_class__grade_level", "school__unit")
        .order_by("sort_key", "student_id")
    )


def counts_by_grade(*, actor: Actor, on: date) -> list[dict[str, Any]]:
    """Return pupils on roll on a date by school, level and grade: one grouped query over the actor's reach."""
    rows: Any = (
        ClassPlacement.objects.visible_to(actor, COUNT_STUDENTS)
        .filter(in_force(on))
        .values(
            "school_id",
            level=F("homeroom_class__grade_level__level"),
            grade=F("homeroom_class__grade_level__code"),
            position=F("homeroom_class__grade_level__position"),
        )
        .annotate(total=Count("pk"), girls=Count("pk", filter=Q(person__sex="FEMALE")))
        .order_by("school_id", "position")
    )
    return list(rows)
