"""Campuses, rooms, contact details and classes of a school."""

from __future__ import annotations

from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.registry.schools.actions import (
    CampusData,
    ClassDetails,
    RoomData,
    add_campus,
    add_room,
    change_campus,
    change_contact,
    change_room,
    close_campus,
    close_class,
    close_room,
    edit_class,
)
from khuevan.registry.schools.api import Campus, HomeroomClass, Room, School
from khuevan.registry.schools.places import (
    campus_uses,
    campuses,
    get_campus_for,
    get_room_for,
    rooms,
)
from tests.factories import EVERYTHING, NOW, TODAY, UNITS_START, make_class
from tests.walls.shapes import DAY, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

_API = "/api/v1"
_DAY = TODAY.isoformat()


def satellite(world: World) -> Campus:
    """Return a satellite campus of school A without classes."""
    made: Campus = world.once(_satellite)
    return made


def _satellite(world: World) -> Campus:
    return add_campus(
        actor=EVERYTHING,
        school_id=world.cast.school_a.pk,
        data=CampusData("Điểm Vĩnh Sơn"),
        starts_on=UNITS_START,
        now=NOW,
    )


def room(world: World) -> Room:
    """Return a room of that campus."""
    made: Room = world.once(_room)
    return made


def _room(world: World) -> Room:
    return add_room(
        actor=EVERYTHING,
        campus_uuid=satellite(world).uuid,
        data=RoomData("P.01"),
        starts_on=UNITS_START,
        now=NOW,
    )


def empty_class(world: World) -> HomeroomClass:
    """Return a class of school A that nobody sits in."""
    made: HomeroomClass = world.once(_empty_class)
    return made


def _empty_class(world: World) -> HomeroomClass:
    return make_class("9K", school=world.cast.school_a)


def _at_campus(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(satellite(world))}


def _at_room(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(room(world))}


def _at_class(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(empty_class(world))}


def _pk(world: World) -> int:
    return int(world.cast.school_a.pk)


def _rooms(world: World, actor: Actor) -> list[Room]:
    room(world)
    return list(rooms(actor=actor, school=world.cast.school_a, on=TODAY))


ROUTES = {
    "schools:contact": Sample(code_a, also=SEE_SCHOOL),
    "schools:campuses": Sample(code_a),
    "schools:campus_new": Sample(code_a, also=SEE_SCHOOL),
    "schools:campus_edit": Sample(_at_campus, also=SEE_SCHOOL),
    "schools:campus_close": Sample(_at_campus, also=SEE_SCHOOL),
    "schools:room_new": Sample(_at_campus, also=SEE_SCHOOL),
    "schools:room_edit": Sample(_at_room, also=SEE_SCHOOL),
    "schools:room_close": Sample(_at_room, also=SEE_SCHOOL),
    "schools:class_edit": Sample(_at_class, also=SEE_SCHOOL),
    "schools:class_close": Sample(_at_class, also=SEE_SCHOOL),
    f"GET {_API}/schools/<code>/campuses": Sample(code_a),
    f"POST {_API}/schools/<code>/campuses": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/campuses/<uuid>/close": Sample(lambda w: uuid_of(satellite(w))),
    f"POST {_API}/rooms": Sample(),
    f"POST {_API}/rooms/<uuid>/close": Sample(lambda w: uuid_of(room(w))),
    f"POST {_API}/schools/<code>/contact": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/campuses/<uuid>/details": Sample(lambda w: uuid_of(satellite(w))),
    f"POST {_API}/rooms/<uuid>/details": Sample(lambda w: uuid_of(room(w))),
    f"POST {_API}/schools/<code>/classes": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/classes/<uuid>/details": Sample(lambda w: uuid_of(empty_class(w))),
    f"POST {_API}/classes/<uuid>/close": Sample(lambda w: uuid_of(empty_class(w))),
}
DEEDS = {
    "schools:contact": Deed(School, lambda _w: {"phone": "0912345678", "address": "Thôn 2"}),
    "schools:campus_new": Deed(Campus, lambda _w: {"name": "Điểm Khe Lau", "starts_on": DAY}),
    "schools:campus_edit": Deed(Campus, lambda _w: {"name": "Điểm Vĩnh Sơn 2"}),
    "schools:campus_close": Deed(Campus, lambda _w: {"on": DAY}),
    "schools:room_new": Deed(
        Room, lambda _w: {"name": "P.09", "kind": "CLASSROOM", "starts_on": DAY}
    ),
    "schools:room_edit": Deed(Room, lambda _w: {"name": "P.02", "kind": "LIBRARY"}),
    "schools:room_close": Deed(Room, lambda _w: {"on": DAY}),
    "schools:class_edit": Deed(HomeroomClass, lambda _w: {"name": "9L", "session": "FULL_DAY"}),
    "schools:class_close": Deed(HomeroomClass, lambda _w: {"on": DAY}),
    f"POST {_API}/schools/<code>/campuses": Deed(
        Campus, lambda _w: {"name": "Điểm Khe Lau", "starts_on": _DAY}, 201
    ),
    f"POST {_API}/campuses/<uuid>/close": Deed(Campus, lambda _w: {"on": _DAY}, 200),
    f"POST {_API}/rooms": Deed(
        Room,
        lambda w: {"campus": str(satellite(w).uuid), "name": "P.33", "starts_on": _DAY},
        201,
    ),
    f"POST {_API}/rooms/<uuid>/close": Deed(Room, lambda _w: {"on": _DAY}, 200),
    f"POST {_API}/schools/<code>/contact": Deed(School, lambda _w: {"phone": "02393888999"}, 200),
    f"POST {_API}/campuses/<uuid>/details": Deed(Campus, lambda _w: {"name": "Điểm Khe Sim"}, 200),
    f"POST {_API}/rooms/<uuid>/details": Deed(Room, lambda _w: {"name": "P.34"}, 200),
    f"POST {_API}/schools/<code>/classes": Deed(
        HomeroomClass, lambda _w: {"name": "6Z", "grade": "6"}, 201
    ),
    f"POST {_API}/classes/<uuid>/details": Deed(
        HomeroomClass, lambda _w: {"name": "9Z", "grade": "9"}, 200
    ),
    f"POST {_API}/classes/<uuid>/close": Deed(HomeroomClass, lambda _w: {"on": _DAY}, 200),
}
READS = {
    "schools.campuses": lambda w, a: list(campuses(actor=a, school=w.cast.school_a, on=TODAY)),
    "schools.rooms": _rooms,
    "schools.campus_uses": lambda w, a: campus_uses(actor=a, school=w.cast.school_a, on=TODAY),
}
ACTS = {
    "schools.get_campus_for": lambda w, a: get_campus_for(a, satellite(w).uuid),
    "schools.get_room_for": lambda w, a: get_room_for(a, room(w).uuid),
    "schools.add_campus": lambda w, a: add_campus(
        actor=a, school_id=_pk(w), data=CampusData("Điểm Mới"), starts_on=TODAY, now=NOW
    ),
    "schools.change_campus": lambda w, a: change_campus(
        actor=a, uuid=satellite(w).uuid, data=CampusData("Điểm Khác"), now=NOW
    ),
    "schools.close_campus": lambda w, a: close_campus(
        actor=a, uuid=satellite(w).uuid, on=TODAY, now=NOW
    ),
    "schools.add_room": lambda w, a: add_room(
        actor=a, campus_uuid=satellite(w).uuid, data=RoomData("P.9"), starts_on=TODAY, now=NOW
    ),
    "schools.change_room": lambda w, a: change_room(
        actor=a, uuid=room(w).uuid, data=RoomData("P.10"), now=NOW
    ),
    "schools.close_room": lambda w, a: close_room(actor=a, uuid=room(w).uuid, on=TODAY, now=NOW),
    "schools.change_contact": lambda w, a: change_contact(
        actor=a, school_id=_pk(w), phone="", website="", address="", now=NOW
    ),
    "schools.edit_class": lambda w, a: edit_class(
        actor=a, uuid=empty_class(w).uuid, name="9M", details=ClassDetails(), now=NOW
    ),
    "schools.close_class": lambda w, a: close_class(
        actor=a, uuid=empty_class(w).uuid, on=TODAY, now=NOW
    ),
}
MAKES = (_satellite, _room, _empty_class)
