"""What is held on a day: the lessons of the version in force, with that day's changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from khuevan.platform.accounts.api import Person
from khuevan.registry.schools.api import HomeroomClass, YearNotDecided, is_teaching_day
from khuevan.school.timetable.grids import Bell
from khuevan.school.timetable.models import (
    ChangeKind,
    DayChange,
    Half,
    ScheduledLesson,
    Timetable,
)
from khuevan.school.timetable.problems import week_of
from khuevan.school.timetable.selectors.versions import timetable_on

BECAUSE = "the caller reached the school, the class, or asks for the own lessons"
ORDER = {half: place for place, half in enumerate(Half.values)}


@dataclass(frozen=True, slots=True)
class HeldLesson:
    """A lesson as it is held on a day."""

    lesson: ScheduledLesson
    on: date
    bell: Bell
    change: DayChange | None = None

    @property
    def is_off(self) -> bool:
        """Whether it isn't held."""
        return self.change is not None and self.change.kind == ChangeKind.CANCELLED

    @property
    def teacher(self) -> Person | None:
        """Return who teaches on that day."""
        if self.change is None:
            return self.lesson.person
        return self.change.person

    @property
    def order(self) -> tuple[int, int]:
        """Return where in the day it stands."""
        return ORDER[self.lesson.half], self.lesson.period or 0


def is_held(room: HomeroomClass, on: date) -> bool:
    """Return whether a class has lessons on a day at all."""
    try:
        return is_teaching_day(room.school_id, room.grade_level.level, on=on)
    except YearNotDecided:
        return on.weekday() < 6


def day_of_class(room: HomeroomClass, on: date) -> list[HeldLesson]:
    """Return the lessons of a class on a day, in order; none on a day off."""
    if not is_held(room, on):
        return []
    return _day(room.school_id, on, Q(homeroom_class=room))


def day_of_school(school_id: int, on: date) -> list[HeldLesson]:
    """Return all lessons of a school on a day, those of classes that have a day off left out."""
    return _of_taught_classes(_day(school_id, on, Q()), on)


def day_of_person(person_id: int, on: date) -> list[HeldLesson]:
    """Return what somebody teaches on a day at any school: own lessons and those stood in for.

    Lessons that somebody else holds that day, or that are off, stay in it as such.
    """
    school_ids = set(
        ScheduledLesson.objects.unscoped(because=BECAUSE)
        .filter(person_id=person_id)
        .values_list("school_id", flat=True)
        .distinct()
    )
    school_ids |= set(
        DayChange.objects.unscoped(because=BECAUSE)
        .filter(person_id=person_id, on=on)
        .values_list("school_id", flat=True)
    )
    found: list[HeldLesson] = []
    for school_id in sorted(school_ids):
        own = Q(person_id=person_id) | Q(changes__on=on, changes__person_id=person_id)
        found += _of_taught_classes(_day(school_id, on, own), on)
    return sorted(found, key=lambda one: one.order)


def week_days(on: date) -> list[date]:
    """Return Monday to Saturday of a day's week."""
    monday = on - timedelta(days=on.weekday())
    return [monday + timedelta(days=count) for count in range(6)]


def _day(school_id: int, on: date, which: Q) -> list[HeldLesson]:
    timetable = timetable_on(school_id, on)
    if timetable is None:
        return []
    rows = list(
        ScheduledLesson.objects.unscoped(because=BECAUSE)
        .filter(which, timetable=timetable, weekday=on.isoweekday())
        .select_related(
            "homeroom_class__grade_level",
            "homeroom_class__school",
            "person",
            "room",
            "staff_member",
        )
        .distinct()
    )
    changes = _changes([row.pk for row in rows], on)
    bells = _bells(timetable)
    held = [HeldLesson(row, on, _bell(bells, row), changes.get(row.pk)) for row in rows]
    return sorted(held, key=lambda one: (one.order, one.lesson.homeroom_class.sort_key))


def _changes(lesson_ids: Collection[int], on: date) -> dict[int, DayChange]:
    rows = DayChange.objects.unscoped(because=BECAUSE).filter(lesson_id__in=lesson_ids, on=on)
    return {row.lesson_id: row for row in rows.select_related("person", "substitute")}


def _bells(timetable: Timetable) -> dict[tuple[str, int], Bell]:
    return {(bell.half, bell.number): bell for bell in week_of(timetable).bells}


def _bell(bells: dict[tuple[str, int], Bell], row: ScheduledLesson) -> Bell:
    key = (row.half, row.period or 0)
    return bells.get(key) or Bell(*key)


def _of_taught_classes(found: Sequence[HeldLesson], on: date) -> list[HeldLesson]:
    levels = {
        (
            one.lesson.school_id,
            one.lesson.homeroom_class.grade_level.level,
        ): one.lesson.homeroom_class
        for one in found
    }
    taught = {key for key, room in levels.items() if is_held(room, on)}
    return [
        one
        for one in found
        if (one.lesson.school_id, one.lesson.homeroom_class.grade_level.level) in taught
    ]
