"""A school's timetable as the problem that the checks know: names for people, slots for spots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import Room
from khuevan.school.timetable.core.values import (
    Lesson,
    Placement,
    Problem,
    StudentSet,
    Teacher,
)
from khuevan.school.timetable.core.values import Room as Place
from khuevan.school.timetable.grids import Bell, Week, usual_bells
from khuevan.school.timetable.models import BellPeriod, Half, ScheduledLesson, Timetable
from khuevan.school.timetable.wishes import fet_constraints, school_constraints

BECAUSE = "of a timetable that the caller reached through a scope"


@dataclass(frozen=True)
class Setting:
    """A timetable with its rows, as the problem that the checks know."""

    timetable: Timetable
    week: Week
    rows: Mapping[int, ScheduledLesson]
    """Lessons by number; of lessons taught jointly the first alone stands in the problem."""
    problem: Problem
    placements: tuple[Placement, ...]
    members: Mapping[int, tuple[int, ...]]
    """Of each lesson of the problem, all rows that stand with it."""
    teacher_names: Mapping[int, str]
    """What each staff member is called in the problem: two of one name are told apart."""
    room_names: Mapping[int, str]


def week_of(timetable: Timetable) -> Week:
    """Return the week of a timetable, with the bells of its first day."""
    rows = BellPeriod.objects.unscoped(because=BECAUSE).filter(
        in_force(timetable.starts_on), school_id=timetable.school_id, level=""
    )
    order = {half: place for place, half in enumerate(Half.values)}
    bells = tuple(
        Bell(row.half, row.number, row.begins_at, row.ends_at)
        for row in sorted(rows, key=lambda row: (order[row.half], row.number))
    )
    return Week(timetable.days, bells or usual_bells())


def setting_of(timetable: Timetable, *, for_fet: bool = False) -> Setting:
    """Return a timetable as a problem, or as FET is told it: four queries, five of a copy."""
    rows = list(
        ScheduledLesson.objects.unscoped(because=BECAUSE)
        .filter(timetable=timetable)
        .select_related("homeroom_class__grade_level", "person", "room")
        .order_by("pk")
    )
    week = week_of(timetable)
    classes = {row.homeroom_class_id: row.homeroom_class for row in rows}
    rooms = list(_rooms(timetable.school_id, timetable.starts_on))
    teacher_names = _told_apart(
        {
            row.staff_member_id: row.person.full_name
            for row in rows
            if row.staff_member_id and row.person
        }
    )
    room_names = _told_apart({room.pk: room.name for room in rooms})
    groups = _joined(rows)
    lessons = [_lesson(group, teacher_names) for group in groups]
    rooms_of = list(classes.values())
    told = (
        fet_constraints(week, rooms_of, groups)
        if for_fet
        else school_constraints(week, rooms_of, groups, _places_before(timetable, groups, week))
    )
    problem = Problem(
        grid=week.grid,
        teachers=tuple(Teacher(name) for name in teacher_names.values()),
        students=tuple(StudentSet(room.name) for room in classes.values()),
        rooms=tuple(
            Place(room_names[room.pk], capacity=room.capacity or 30_000, building=room.campus.name)
            for room in rooms
        ),
        lessons=tuple(lessons),
        constraints=tuple(told),
    )
    return Setting(
        timetable=timetable,
        week=week,
        rows={row.pk: row for row in rows},
        problem=problem,
        placements=tuple(_placements(groups, week, room_names)),
        members={group[0].pk: tuple(row.pk for row in group) for group in groups},
        teacher_names=teacher_names,
        room_names=room_names,
    )


def _rooms(school_id: int, on: date) -> Iterable[Room]:
    rows = Room.objects.unscoped(because=BECAUSE).filter(in_force(on), school_id=school_id)
    return rows.select_related("campus").order_by("sort_key", "pk")


def _joined(rows: Sequence[ScheduledLesson]) -> list[list[ScheduledLesson]]:
    groups: dict[object, list[ScheduledLesson]] = {}
    for row in rows:
        groups.setdefault(row.joint or row.pk, []).append(row)
    return list(groups.values())


def _lesson(group: Sequence[ScheduledLesson], names: Mapping[int, str]) -> Lesson:
    first = group[0]
    teachers = dict.fromkeys(names[row.staff_member_id] for row in group if row.staff_member_id)
    return Lesson(
        id=first.pk,
        teachers=tuple(teachers),
        subject=first.subject_name,
        students=tuple(row.homeroom_class.name for row in group),
        duration=first.length,
    )


def _placements(
    groups: Iterable[Sequence[ScheduledLesson]], week: Week, rooms: Mapping[int, str]
) -> Iterable[Placement]:
    for group in groups:
        first = group[0]
        slot = week.slot_of(first)
        if slot is not None:
            yield Placement(first.pk, *slot, rooms.get(first.room_id or 0))


def _places_before(
    timetable: Timetable, groups: Sequence[Sequence[ScheduledLesson]], week: Week
) -> list[tuple[int, tuple[int, int]]]:
    """Return where the lessons stood in the version this one is a copy of, if it is one."""
    if timetable.copied_from_id is None:
        return []
    source = list(
        ScheduledLesson.objects.unscoped(because=BECAUSE)
        .filter(timetable_id=timetable.copied_from_id)
        .order_by("pk")
    )
    own = sorted((row for group in groups for row in group), key=lambda row: row.pk)
    if len(source) != len(own):
        return []
    heads = {group[0].pk for group in groups}
    pairs = ((row.pk, week.slot_of(old)) for row, old in zip(own, source, strict=True))
    return [(pk, slot) for pk, slot in pairs if slot is not None and pk in heads]


def _told_apart(names: Mapping[int, str]) -> dict[int, str]:
    """Return names by number; those that stand more than once get a number behind."""
    count = Counter(names.values())
    seen: Counter[str] = Counter()
    told = {}
    for key, name in sorted(names.items(), key=lambda one: (one[1], one[0])):
        seen[name] += 1
        told[key] = f"{name} ({seen[name]})" if count[name] > 1 else name
    return told
