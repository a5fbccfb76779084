"""What is held on a day: the lessons of the version in force, with that day's changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from khuevan.platform.accounts.api import Person
from khuevan.registry.schools.api import HomeroomClass, days_taught
from khuevan.school.timetable.grids import Bell
from khuevan.school.timetable.models import (
    ChangeKind,
    DayChange,
    Half,
    ScheduledLesson,
    Timetable,
    TimetableState,
)
from khuevan.school.timetable.problems import week_of

BECAUSE = "the caller reached the school, the class, or asks for the own lessons"
ONE_DAY = timedelta(days=1)
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
    level = room.grade_level.level
    return on in days_taught(room.school_id, level, first=on, end=on + ONE_DAY)


def lessons_of_class(room: HomeroomClass, first: date, last: date) -> list[HeldLesson]:
    """Return the lessons of a class from one day to another, in order; none on days off."""
    rows = Q(homeroom_class=room)
    return _held([room.school_id], first, last, rows)


def lessons_of_school(school_id: int, on: date) -> list[HeldLesson]:
    """Return all lessons of a school on a day, in order; none of classes that have a day off."""
    return _held([school_id], on, on, Q())


def lessons_of_person(person_id: int, first: date, last: date) -> list[HeldLesson]:
    """Return what somebody teaches from one day to another at any school, in order.

    Lessons that are stood in for are among them; own ones that somebody else holds, or that are
    off, stay in it as such. The count of queries doesn't grow with the days.
    """
    stands_in = DayChange.objects.unscoped(because=BECAUSE).filter(
        person_id=person_id, on__range=(first, last)
    )
    own = ScheduledLesson.objects.unscoped(because=BECAUSE).filter(person_id=person_id)
    school_ids = set(own.order_by().values_list("school_id", flat=True).distinct())
    school_ids.update(stands_in.values_list("school_id", flat=True))
    rows = Q(person_id=person_id) | Q(pk__in=list(stands_in.values_list("lesson_id", flat=True)))
    found = _held(sorted(school_ids), first, last, rows)
    return [one for one in found if _concerns(one, person_id)]


def week_days(on: date) -> list[date]:
    """Return Monday to Saturday of a day's week."""
    monday = on - timedelta(days=on.weekday())
    return [monday + timedelta(days=count) for count in range(6)]


def by_day(lessons: Iterable[HeldLesson]) -> defaultdict[date, list[HeldLesson]]:
    """Return lessons by the day on which they are held."""
    found: defaultdict[date, list[HeldLesson]] = defaultdict(list)
    for one in lessons:
        found[one.on].append(one)
    return found


def _concerns(one: HeldLesson, person_id: int) -> bool:
    teacher = one.teacher
    is_theirs = teacher is not None and teacher.pk == person_id
    return is_theirs or one.lesson.person_id == person_id


def _held(school_ids: Sequence[int], first: date, last: date, which: Q) -> list[HeldLesson]:
    """Return the lessons of schools that are held in a span of days, with each day's changes."""
    spans = _versions(school_ids, first, last)
    rows = list(
        ScheduledLesson.objects.unscoped(because=BECAUSE)
        .filter(which, timetable_id__in=[one.pk for one, _days in spans])
        .filter(weekday__isnull=False)
        .select_related(
            "homeroom_class__grade_level",
            "homeroom_class__school",
            "person",
            "room",
            "staff_member",
        )
    )
    changes = _changes([row.pk for row in rows], first, last)
    taught = _taught(rows, first, last)
    found = []
    for timetable, days in spans:
        bells = {(bell.half, bell.number): bell for bell in week_of(timetable).bells}
        own = [row for row in rows if row.timetable_id == timetable.pk]
        for on in days:
            found += [
                HeldLesson(row, on, _bell(bells, row), changes.get((row.pk, on)))
                for row in own
                if row.weekday == on.isoweekday() and on in taught[_level_of(row)]
            ]
    return sorted(found, key=lambda one: (one.on, one.order, one.lesson.homeroom_class.sort_key))


def _versions(
    school_ids: Sequence[int], first: date, last: date
) -> list[tuple[Timetable, list[date]]]:
    """Return the published timetables of schools with the days of a span on which each holds."""
    rows = (
        Timetable.objects.unscoped(because=BECAUSE)
        .filter(school_id__in=school_ids, state=TimetableState.PUBLISHED, starts_on__lte=last)
        .filter(academic_year__ends_on__gt=first)
        .select_related("academic_year")
        .order_by("school_id", "starts_on")
    )
    of_school: defaultdict[int, list[Timetable]] = defaultdict(list)
    for row in rows:
        of_school[row.school_id].append(row)
    spans: defaultdict[Timetable, list[date]] = defaultdict(list)
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        for versions in of_school.values():
            begun = [one for one in versions if one.starts_on <= on]
            if begun and begun[-1].academic_year.ends_on > on:
                spans[begun[-1]].append(on)
    return list(spans.items())


def _taught(
    rows: Iterable[ScheduledLesson], first: date, last: date
) -> dict[tuple[int, str], set[date]]:
    """Return the days taught, by school and level."""
    return {
        key: days_taught(*key, first=first, end=last + ONE_DAY)
        for key in {_level_of(row) for row in rows}
    }


def _level_of(row: ScheduledLesson) -> tuple[int, str]:
    return row.school_id, row.homeroom_class.grade_level.level


def _changes(
    lesson_ids: Collection[int], first: date, last: date
) -> dict[tuple[int, date], DayChange]:
    rows = DayChange.objects.unscoped(because=BECAUSE).filter(
        lesson_id__in=lesson_ids, on__range=(first, last)
    )
    return {(row.lesson_id, row.on): row for row in rows.select_related("person", "substitute")}


def _bell(bells: dict[tuple[str, int], Bell], row: ScheduledLesson) -> Bell:
    key = (row.half, row.period or 0)
    return bells.get(key) or Bell(*key)
