"""Rooms of a timetable: which there are to teach in, what each holds when, which are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from khuevan.registry.schools.api import Room, RoomKind
from khuevan.registry.staff.api import subject_label
from khuevan.school.timetable.asked.facts import classes_at_once
from khuevan.school.timetable.boards import Desk
from khuevan.school.timetable.core.values import Slot
from khuevan.school.timetable.grids import Week
from khuevan.school.timetable.models import ScheduledLesson
from khuevan.ui.formats import number

TAUGHT_IN = {
    RoomKind.CLASSROOM,
    RoomKind.SUBJECT,
    RoomKind.COMPUTER,
    RoomKind.ARTS,
    RoomKind.LIBRARY,
    RoomKind.HALL,
    RoomKind.OTHER,
}


def teaching_rooms(rooms: Iterable[Room]) -> list[Room]:
    """Return the rooms in which lessons are held."""
    return [room for room in rooms if room.kind in TAUGHT_IN]


def room_of(lesson: ScheduledLesson) -> int | None:
    """Return the number of the room a lesson is in: the one chosen, else its class's own."""
    return lesson.room_id or (None if _shares(lesson) else lesson.homeroom_class.room_id)


def _shares(lesson: ScheduledLesson) -> bool:
    """Return whether not one whole class comes, so that no class's own room is meant."""
    return bool(lesson.joint or lesson.group_id)


def room_words(room: Room, *, with_campus: bool) -> str:
    """Return a room with what it is for and how many it holds."""
    told = []
    if room.kind != RoomKind.CLASSROOM:
        told.append(str(room.get_kind_display()))
    if room.subject:
        told.append(subject_label(room.subject))
    if room.capacity:
        told.append(_("%(count)s seats") % {"count": number(room.capacity)})
    if (at_once := classes_at_once(room)) > 1:
        told.append(_("%(count)s classes at once") % {"count": number(at_once)})
    if with_campus:
        told.append(room.campus.name)
    return f"{room.name} ({', '.join(told)})" if told else room.name


Standing = Mapping[tuple[int, Slot], Sequence[ScheduledLesson]]
"""The lessons in each room at each slot."""


def standing(lessons: Iterable[ScheduledLesson], week: Week) -> Standing:
    """Return the lessons in each room at each slot."""
    found: defaultdict[tuple[int, Slot], list[ScheduledLesson]] = defaultdict(list)
    for one in lessons:
        slot, room_id = week.slot_of(one), room_of(one)
        if slot is None or room_id is None:
            continue
        for longer in range(one.length):
            found[room_id, (slot[0], slot[1] + longer)].append(one)
    return found


def room_choices(desk: Desk, chosen: ScheduledLesson) -> list[dict[str, Any]]:
    """Return the rooms that a lesson may be put into, each with who is there at its time."""
    setting = desk.setting
    rooms = teaching_rooms(setting.rooms.values())
    many = len({room.campus_id for room in rooms}) > 1
    there = standing(setting.ordered, setting.week)
    own = set(setting.members[setting.heads[chosen.pk]])
    slot = setting.week.slot_of(chosen)
    slots = [(slot[0], slot[1] + longer) for longer in range(chosen.length)] if slot else []
    found = []
    for room in rooms:
        taken = [one for at in slots for one in there.get((room.pk, at), ()) if one.pk not in own]
        told = room_words(room, with_campus=many)
        if slots:
            told = f"{told}: {_taken(taken)}"
        found.append({"value": str(room.uuid), "label": told, "current": chosen.room_id == room.pk})
    return found


def own_room_words(lesson: ScheduledLesson) -> str:
    """Return where a lesson is held when no room is chosen for it."""
    own = lesson.homeroom_class.room
    if own is None or _shares(lesson):
        return _("no room of its own")
    return _("own room of the class: %(room)s") % {"room": own.name}


def _taken(lessons: Sequence[ScheduledLesson]) -> str:
    if not lessons:
        return _("free")
    return ", ".join(
        dict.fromkeys(f"{one.homeroom_class.name} {one.subject_label}" for one in lessons)
    )
