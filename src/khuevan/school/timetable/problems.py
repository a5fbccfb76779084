"""A school's timetable as the problem that the checks know: names for people, slots for spots."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from operator import attrgetter
from typing import Any

from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import Room
from khuevan.school.timetable.asked.constraints import school_constraints
from khuevan.school.timetable.asked.facts import book_of, classes_at_once, facts_of
from khuevan.school.timetable.asked.for_fet import fet_constraints
from khuevan.school.timetable.asked.nearest import Book
from khuevan.school.timetable.asked.values import Facts
from khuevan.school.timetable.bells import school_week
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import (
    MANY,
    Constraint,
    Lesson,
    Placement,
    Problem,
    Teacher,
)
from khuevan.school.timetable.core.values import Room as Place
from khuevan.school.timetable.grids import Week, read_spot
from khuevan.school.timetable.models import ScheduledLesson, Timetable, Weeks
from khuevan.school.timetable.pupils import pupils_of

BECAUSE = "of a timetable that the caller reached through a scope"
WEEK = {Weeks.ODD: 0, Weeks.EVEN: 1}
PLACE = ("weekday", "half", "period", "room_id", "is_locked")
SHAPE = (
    "length", "weeks", "joint", "group_id", "staff_member_id", "person_id", "subject_name", "was",
)  # fmt: skip
"""What a lesson is; where one of these changes, the problem is another."""


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
    rooms: Mapping[int, Room]
    """The rooms of the school that stand on the timetable's first day, in order."""
    facts: Facts
    """What the rules are about."""
    book: Book
    """What the school says of the rules."""

    @cached_property
    def heads(self) -> Mapping[int, int]:
        """Under which number each lesson stands in the problem."""
        return {row: head for head, rows in self.members.items() for row in rows}

    @cached_property
    def ordered(self) -> Sequence[ScheduledLesson]:
        """The lessons class by class."""
        key = attrgetter("homeroom_class.sort_key", "subject_name", "pk")
        return sorted(self.rows.values(), key=key)

    def room_of(self, head: int) -> str | None:
        """Return the room that a lesson of the problem is in, or will be once it has a place."""
        return _room_name([self.rows[pk] for pk in self.members[head]], self.room_names)

    def following(self, timetable: Timetable) -> tuple[Setting, tuple[int, ...]] | None:
        """Return this timetable as it is now, and which lessons of the problem stand elsewhere.

        Nothing where more than places changed: then the problem is another. Two queries, whatever
        the timetable holds.
        """
        if week_of(timetable) != self.week:
            return None
        found = ScheduledLesson.objects.unscoped(because=BECAUSE).filter(timetable=timetable)
        now = {one[0]: one for one in found.values_list("pk", *PLACE, *SHAPE)}
        if now.keys() != self.rows.keys():
            return None
        rows = dict(self.rows)
        for pk, one in now.items():
            row = rows[pk]
            if one == (pk, *(getattr(row, name) for name in (*PLACE, *SHAPE))):
                continue
            places, shape = one[1 : len(PLACE) + 1], one[len(PLACE) + 1 :]
            if shape != tuple(getattr(row, name) for name in SHAPE):
                return None
            room_id = places[PLACE.index("room_id")]
            if room_id is not None and room_id not in self.rooms:
                return None
            rows[pk] = _at(row, places, self.rooms)
        moved = tuple(head for head in self.members if rows[head] is not self.rows[head])
        groups = [[rows[pk] for pk in self.members[head]] for head in self.members]
        placements = tuple(_placements(groups, self.week, self.room_names))
        return replace(self, timetable=timetable, rows=rows, placements=placements), moved


def week_of(timetable: Timetable) -> Week:
    """Return the week of a timetable, with the bells of its first day."""
    return school_week(timetable.school_id, timetable.starts_on, timetable.days)


def setting_of(timetable: Timetable, *, for_fet: bool = False) -> Setting:
    """Return a timetable as a problem, or as FET is told it: as many queries whatever its size."""
    rows = _rows_of(timetable)
    week = week_of(timetable)
    classes = {row.homeroom_class_id: row.homeroom_class for row in rows}
    rooms = list(rooms_on(timetable))
    teacher_names = _told_apart(
        {
            row.staff_member_id: row.person.full_name
            for row in rows
            if row.staff_member_id and row.person
        }
    )
    room_names = _told_apart({room.pk: room.name for room in rooms})
    groups = _joined(rows)
    group_ids = {row.group_id for row in rows if row.group_id}
    pupils = pupils_of(classes, group_ids, timetable.starts_on)
    before = _places_before(timetable, groups, week)
    facts = facts_of(timetable, week, groups, teacher_names, rooms, room_names, before)
    main = facts.sites[0] if len(facts.sites) > 1 else ""
    lessons = [
        _lesson(group, teacher_names, room_names, pupils.group_names, main) for group in groups
    ]
    book = book_of(timetable.school_id, timetable.academic_year_id, timetable.starts_on, timetable)
    asked = school_constraints(facts, book)
    told = tuple(fet_constraints(facts, asked) if for_fet else asked)
    if for_fet:  # which bounds a subject's periods of a day by its tag
        lessons = [replace(one, tags=(one.subject,)) for one in lessons]
    problem = Problem(
        grid=week.grid,
        teachers=tuple(Teacher(name) for name in teacher_names.values()),
        students=pupils.sets,
        rooms=tuple(_place(room, room_names[room.pk]) for room in rooms),
        lessons=tuple(lessons),
        constraints=(*told, *_blocks(groups, pupils.blocks)),
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
        rooms={room.pk: room for room in rooms},
        facts=facts,
        book=book,
    )


def _rows_of(timetable: Timetable) -> list[ScheduledLesson]:
    return list(
        ScheduledLesson.objects.unscoped(because=BECAUSE)
        .filter(timetable=timetable)
        .select_related(
            "homeroom_class__grade_level",
            "homeroom_class__campus",
            "homeroom_class__room",
            "person",
            "staff_member",
            "group",
            "room",
        )
        .order_by("pk")
    )


def _place(room: Room, name: str) -> Place:
    return Place(
        name,
        capacity=room.capacity or MANY,
        building=room.campus.name,
        classes=classes_at_once(room),
    )


def _at(row: ScheduledLesson, places: Sequence[Any], rooms: Mapping[int, Room]) -> ScheduledLesson:
    """Return a lesson in another place."""
    made = copy(row)
    made._state = copy(row._state)  # noqa: SLF001 (Django keeps what a row joins in it)
    made._state.fields_cache = dict(row._state.fields_cache)  # noqa: SLF001
    for name, value in zip(PLACE, places, strict=True):
        setattr(made, name, value)
    made.room = rooms.get(made.room_id or 0)
    return made


def rooms_on(timetable: Timetable) -> Iterable[Room]:
    """Return the rooms that a timetable's school has on its first day."""
    rows = Room.objects.unscoped(because=BECAUSE).filter(
        in_force(timetable.starts_on), school_id=timetable.school_id
    )
    return rows.select_related("campus").order_by("sort_key", "pk")


def _joined(rows: Sequence[ScheduledLesson]) -> list[list[ScheduledLesson]]:
    groups: dict[object, list[ScheduledLesson]] = {}
    for row in rows:
        groups.setdefault(row.joint or row.pk, []).append(row)
    return list(groups.values())


def _home_of(group: Sequence[ScheduledLesson], rooms: Mapping[int, str]) -> str:
    """Return the own room of the class of a lesson; groups and combined classes have none."""
    homes = {row.homeroom_class.room_id for row in group if row.group_id is None}
    return rooms.get(homes.pop() or 0, "") if len(homes) == len(group) == 1 else ""


def _room_name(group: Sequence[ScheduledLesson], rooms: Mapping[int, str]) -> str | None:
    return rooms.get(group[0].room_id or 0) or _home_of(group, rooms) or None


def _blocks(
    groups: Iterable[Sequence[ScheduledLesson]], blocks: Mapping[int, str]
) -> Iterable[Constraint]:
    """Yield that groups of one block run at one time: their first lessons, their second, on."""
    lessons: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for group in groups:
        first = group[0]
        if first.group_id is not None and first.group_id in blocks:
            lessons[blocks[first.group_id]][first.group_id].append(first.pk)
    for own in lessons.values():
        for together in zip_longest(*own.values()):
            at_once = tuple(one for one in together if one is not None)
            if len(at_once) > 1:
                yield from of_rule("TT-H09", lessons=at_once)


def _lesson(
    group: Sequence[ScheduledLesson],
    names: Mapping[int, str],
    rooms: Mapping[int, str],
    group_names: Mapping[int, str],
    main_site: str,
) -> Lesson:
    first = group[0]
    campus = first.homeroom_class.campus
    teachers = dict.fromkeys(names[row.staff_member_id] for row in group if row.staff_member_id)
    return Lesson(
        id=first.pk,
        teachers=tuple(teachers),
        subject=first.subject_name,
        students=(
            (group_names[first.group_id],)
            if first.group_id is not None and first.group_id in group_names
            else tuple(row.homeroom_class.name for row in group)
        ),
        week=WEEK.get(Weeks(first.weeks)),
        duration=first.length,
        home=_home_of(group, rooms),
        site=campus.name if campus else main_site,
    )


def _placements(
    groups: Iterable[Sequence[ScheduledLesson]], week: Week, rooms: Mapping[int, str]
) -> Iterable[Placement]:
    for group in groups:
        first = group[0]
        slot = week.slot_of(first)
        if slot is not None:
            yield Placement(first.pk, *slot, _room_name(group, rooms))


def _places_before(
    timetable: Timetable, groups: Sequence[Sequence[ScheduledLesson]], week: Week
) -> list[tuple[int, tuple[int, int]]]:
    """Return where the lessons stood in the version this one is a copy of, if it is one."""
    if any(group[0].was for group in groups):
        known = ((group[0].pk, read_spot(group[0].was)) for group in groups)
        slots = ((pk, week.slot(spot)) for pk, spot in known if spot is not None)
        return [(pk, slot) for pk, slot in slots if slot is not None]
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
