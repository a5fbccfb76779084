"""Where a school teaches on a day: its campuses with their rooms and classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.kernel.registry import Registry
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.schools.models import Campus, HomeroomClass, Room, RoomKind, School
from khuevan.registry.schools.permissions import VIEW_SCHOOLS
from khuevan.registry.schools.selectors import academic_year_on, open_on


@dataclass(slots=True)
class RoomUse:
    """A room and the classes that sit in it."""

    room: Room
    classes: list[HomeroomClass] = field(default_factory=list)


@dataclass(slots=True)
class CampusUse:
    """A campus with its rooms and the classes taught there."""

    campus: Campus
    rooms: list[RoomUse] = field(default_factory=list)
    classes: list[HomeroomClass] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CampusPeople:
    """Who works at each campus of a school: name, what as, and the page, as far as in reach."""

    told: Callable[[Actor, School, date], dict[int, list[tuple[str, str, str]]]]


campus_people: Registry[CampusPeople] = Registry("people of a campus")


def people_at(actor: Actor, school: School, on: date) -> dict[int, list[tuple[str, str, str]]]:
    """Return who works at each campus on a day, by campus."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for one in campus_people:
        for campus_id, people in one.told(actor, school, on).items():
            found.setdefault(campus_id, []).extend(people)
    return found


def campuses(
    *, actor: Actor, school: School, on: date, permission: Permission = VIEW_SCHOOLS
) -> ScopedQuerySet[Campus]:
    """Return a school's campuses on a day, the main one first."""
    rows = Campus.objects.visible_to(actor, permission).filter(in_force(on), school=school)
    return rows.select_related("area").order_by("-is_main", "match_name", "pk")


def rooms(
    *, actor: Actor, school: School, on: date, permission: Permission = VIEW_SCHOOLS
) -> ScopedQuerySet[Room]:
    """Return a school's rooms on a day, campus by campus."""
    rows = Room.objects.visible_to(actor, permission).filter(in_force(on), school=school)
    return rows.select_related("campus").order_by("-campus__is_main", "campus_id", "sort_key", "pk")


def campus_uses(*, actor: Actor, school: School, on: date) -> list[CampusUse]:
    """Return a school's campuses with rooms and classes on a day: three queries."""
    year = academic_year_on(on)
    found = {row.pk: CampusUse(row) for row in campuses(actor=actor, school=school, on=on)}
    sitting: dict[int | None, list[HomeroomClass]] = defaultdict(list)
    taught = HomeroomClass.objects.visible_to(actor, VIEW_SCHOOLS).filter(
        open_on(on), school=school, academic_year=year
    )
    for room in taught.order_by("sort_key", "pk"):
        sitting[room.room_id].append(room)
        if room.campus_id in found:
            found[room.campus_id].classes.append(room)
    for row in rooms(actor=actor, school=school, on=on):
        if row.campus_id in found:
            found[row.campus_id].rooms.append(RoomUse(row, sitting.get(row.pk, [])))
    return list(found.values())


NO_CLASS_SITS_IN = (
    RoomKind.LIBRARY,
    RoomKind.EQUIPMENT,
    RoomKind.HEALTH,
    RoomKind.KITCHEN,
    RoomKind.DORMITORY,
    RoomKind.OFFICE,
)


def place_choices(actor: Actor, school: School, on: date) -> list[tuple[str, str]]:
    """Return the campuses and rooms of a school to choose from: a room says its campus."""
    sites = list(campuses(actor=actor, school=school, on=on))
    several = len(sites) > 1
    found = [(f"campus:{one.uuid}", one.name) for one in sites if not one.is_main]
    for room in rooms(actor=actor, school=school, on=on).exclude(kind__in=NO_CLASS_SITS_IN):
        label = f"{room.name} · {room.campus.name}" if several else room.name
        found.append((f"room:{room.uuid}", label))
    return found


def get_campus_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_SCHOOLS) -> Campus:
    """Return the campus with this uuid or raise `NotFound`."""
    rows = Campus.objects.visible_to(actor, permission).select_related("school", "area")
    return rows.one(uuid)


def get_room_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_SCHOOLS) -> Room:
    """Return the room with this uuid or raise `NotFound`."""
    return Room.objects.visible_to(actor, permission).select_related("school", "campus").one(uuid)
