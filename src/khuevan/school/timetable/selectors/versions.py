"""Reading the versions of a school's timetable, and which of them holds on a day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.school.timetable.differences import Standing
from khuevan.school.timetable.models import (
    MOST_DAYS,
    EditStep,
    Half,
    ScheduledLesson,
    Timetable,
    TimetableState,
)
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES, VIEW_TIMETABLES


def timetables(*, actor: Actor, school: School) -> ScopedQuerySet[Any]:
    """Return the versions of a school in reach, newest first; drafts to who makes them alone."""
    rows = Timetable.objects.visible_to(actor, VIEW_TIMETABLES).filter(school=school)
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        rows = rows.filter(state=TimetableState.PUBLISHED)
    return rows.annotate(
        count=Count("lessons"), placed=Count("lessons", filter=Q(lessons__weekday__isnull=False))
    ).order_by("-starts_on", "-pk")


def timetable_on(school_id: int, on: date) -> Timetable | None:
    """Return the published timetable of a school that holds on a day, whoever asks."""
    rows = Timetable.objects.unscoped(because="the caller reached this school, class or person")
    return (
        rows.filter(school_id=school_id, state=TimetableState.PUBLISHED, starts_on__lte=on)
        .filter(academic_year__starts_on__lte=on, academic_year__ends_on__gt=on)
        .order_by("-starts_on")
        .first()
    )


def get_timetable_for(
    actor: Actor, uuid: UUID, permission: Permission = MANAGE_TIMETABLES
) -> Timetable:
    """Return the timetable with this uuid or raise `NotFound`; a draft to who makes it alone."""
    rows = Timetable.objects.visible_to(actor, permission)
    reach = actor.reach(MANAGE_TIMETABLES, "school")
    if not reach.everything:
        rows = rows.filter(Q(state=TimetableState.PUBLISHED) | Q(school_id__in=reach.ids))
    return rows.select_related("school", "academic_year").one(uuid)


def may_undo(timetable: Timetable) -> bool:
    """Return whether a step holds that can be taken back."""
    return timetable.position > 0


def may_redo(timetable: Timetable) -> bool:
    """Return whether a step was taken back that can be done again: one query."""
    steps = EditStep.objects.unscoped(because="of a timetable reached through its school")
    is_there: bool = steps.filter(timetable=timetable, number__gt=timetable.position).exists()
    return is_there


def lessons_of(timetable: Timetable) -> ScopedQuerySet[ScheduledLesson]:
    """Return the lessons of a timetable that the caller reached, class by class."""
    rows = ScheduledLesson.objects.unscoped(because="of a timetable reached through its school")
    return (
        rows.filter(timetable=timetable)
        .select_related("homeroom_class__grade_level", "person", "staff_member", "room", "group")
        .order_by("homeroom_class__sort_key", "subject_name", "pk")
    )


def count_unplaced(timetable: Timetable) -> int:
    """Return how many lessons of a timetable that the caller reached have no place."""
    count: int = lessons_of(timetable).filter(weekday__isnull=True).count()
    return count


def halves_of_classes(school_id: int, on: date) -> dict[HomeroomClass, list[tuple[int, int]]]:
    """Return the periods of each class in the morning and afternoon of each day of the week."""
    timetable = timetable_on(school_id, on)
    rows = ScheduledLesson.objects.unscoped(because="of a school that the caller reached")
    found: dict[HomeroomClass, list[list[int]]] = {}
    held = rows.filter(timetable=timetable, weekday__isnull=False) if timetable else rows.none()
    for row in held.select_related("homeroom_class__grade_level").order_by("pk"):
        days = found.setdefault(row.homeroom_class, [[0, 0] for _day in range(MOST_DAYS)])
        days[(row.weekday or 1) - 1][row.half == Half.AFTERNOON] += row.length
    return {room: [(am, pm) for am, pm in days] for room, days in found.items()}


def standing_of(timetable: Timetable | None) -> list[Standing]:
    """Return the lessons of a timetable as far as they concern people; none of no timetable."""
    if timetable is None:
        return []
    return [
        Standing(
            person_id=row.person_id,
            class_name=row.homeroom_class.name,
            subject=row.subject_name,
            place=(row.weekday, row.half, row.period or 0) if row.weekday else None,
            room=row.room.name if row.room else "",
            weeks=row.weeks,
            teacher=row.person.full_name if row.person else "",
        )
        for row in lessons_of(timetable)
    ]
