"""Schools: what they are by law, their campuses and rooms, their classes described anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.registry.schools.actions import (
    CampusData,
    ClassDetails,
    FrameData,
    RoomData,
    add_campus,
    add_make_up_day,
    add_room,
    change_campus,
    change_code,
    change_contact,
    change_facts,
    change_room,
    close_campus,
    close_class,
    close_days,
    close_room,
    close_school,
    correct_facts,
    edit_class,
    set_frame,
    withdraw_closure,
    withdraw_make_up_day,
)
from khuevan.registry.schools.api import Campus, HomeroomClass, Room, School
from khuevan.registry.schools.calendar import get_closure_for
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.models import Closure, MakeUpDay, SchoolCode, SchoolVersion, YearFrame
from khuevan.registry.schools.places import (
    campus_uses,
    campuses,
    get_campus_for,
    get_room_for,
    rooms,
)
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    UNITS_START,
    YEAR_STARTS,
    make_class,
    make_province,
    make_school,
    make_year,
)
from tests.walls.shapes import DAY, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

LATER = TODAY + timedelta(days=30)
LATER_TEXT = f"{LATER:%d/%m/%Y}"


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


def _facts(**changes: Any) -> dict[str, Any]:
    return {
        "school_type": "LOWER_SECONDARY",
        "levels": ["THCS"],
        "ownership": "PUBLIC",
        "boarding": "DAY",
        "decision": "412/QĐ-UBND",
        **changes,
    }


def _new_school(world: World, **changes: Any) -> dict[str, Any]:
    return {
        **_facts(),
        "name": "Trường THCS Hồng Phong",
        "short_name": "THCS Hồng Phong",
        "code": "42000999",
        "parent": str(make_province().pk),
        "starts_on": DAY,
        "founding_number": "412/QĐ-UBND",
        "founding_signed_on": DAY,
        "founding_signed_by": "Chủ tịch UBND",
        **changes,
    }


ROUTES = {
    "schools:facilities": Sample(shared=True),
    "schools:facility_file": Sample(lambda _w: {"kind": "csv"}, shared=True),
    "GET /api/v1/facilities": Sample(),
    "schools:new": Sample(also=SEE_SCHOOL, at_province=True, shared=True),
    "schools:found": Sample(also=SEE_SCHOOL, at_province=True, shared=True),
    "schools:contact": Sample(code_a, also=SEE_SCHOOL),
    "schools:facts": Sample(code_a),
    "schools:facts_change": Sample(code_a, also=SEE_SCHOOL),
    "schools:facts_correct": Sample(code_a, also=SEE_SCHOOL),
    "schools:code_change": Sample(code_a, also=SEE_SCHOOL),
    "schools:campuses": Sample(code_a),
    "schools:campus_new": Sample(code_a, also=SEE_SCHOOL),
    "schools:campus_edit": Sample(_at_campus, also=SEE_SCHOOL),
    "schools:campus_close": Sample(_at_campus, also=SEE_SCHOOL),
    "schools:room_new": Sample(_at_campus, also=SEE_SCHOOL),
    "schools:room_edit": Sample(_at_room, also=SEE_SCHOOL),
    "schools:room_close": Sample(_at_room, also=SEE_SCHOOL),
    "schools:class_edit": Sample(_at_class, also=SEE_SCHOOL),
    "schools:class_close": Sample(_at_class, also=SEE_SCHOOL),
}
DEEDS = {
    "schools:new": Deed(School, _new_school),
    "schools:found": Deed(School, lambda w: _new_school(w, code="42000994")),
    "schools:contact": Deed(School, lambda _w: {"phone": "0912345678", "address": "Thôn 2"}),
    "schools:facts_change": Deed(SchoolVersion, lambda _w: _facts(on=LATER_TEXT)),
    "schools:facts_correct": Deed(SchoolVersion, lambda _w: _facts(reason="Nhập nhầm")),
    "schools:code_change": Deed(SchoolCode, lambda _w: {"code": "42000888", "on": LATER_TEXT}),
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
}


def _closable(world: World) -> School:
    made: School = world.once(_make_closable)
    return made


def _make_closable(_world: World) -> School:
    return make_school("Trường THCS Sắp Sáp Nhập", code="42000777")


ROUTES["schools:close"] = Sample(
    lambda w: {"code": _closable(w).code}, also=SEE_SCHOOL, at_province=True
)
DEEDS |= {
    "schools:close": Deed(School, lambda _w: {"on": DAY, "decision": "15/QĐ-UBND"}),
    "schools:facility_new": Deed(
        School,
        lambda w: _new_school(
            w,
            code="42000998",
            school_type="INDEPENDENT_PRESCHOOL",
            levels=["MN"],
            ownership="PRIVATE",
        ),
    ),
}
ROUTES["schools:facility_new"] = Sample(also=SEE_SCHOOL, at_province=True, shared=True)

FACTS = SchoolFacts("LOWER_SECONDARY", ("THCS",), boarding="DAY")


def _pk(world: World) -> int:
    return int(world.cast.school_a.pk)


def _rooms(world: World, actor: Actor) -> list[Room]:
    room(world)
    return list(rooms(actor=actor, school=world.cast.school_a, on=TODAY))


_MADE_UP = TODAY - timedelta(days=1)


def _closure(world: World) -> Closure:
    return close_days(
        actor=EVERYTHING,
        unit_id=_pk(world),
        levels=(),
        starts_on=TODAY - timedelta(days=20),
        ends_on=TODAY - timedelta(days=18),
        reason="STORM",
        note="",
        decision="88/QĐ-THCS",
        now=NOW,
    )


def _at_closure(world: World) -> dict[str, Any]:
    return uuid_of(world.once(_closure))


def _made_up(world: World) -> Closure:
    """Return a closure with one of its days made up."""
    closure: Closure = world.once(_closure)
    add_make_up_day(actor=EVERYTHING, uuid=closure.uuid, on=_MADE_UP, now=NOW)
    return closure


def _at_made_up(world: World) -> dict[str, Any]:
    return uuid_of(world.once(_made_up))


FRAME = FrameData(
    returns_on=YEAR_STARTS,
    starts_on=YEAR_STARTS,
    ends_on=date(2027, 6, 1),
    terms=((YEAR_STARTS, date(2027, 1, 18)), (date(2027, 1, 18), date(2027, 6, 1))),
    decision="2100/QĐ-UBND",
)
ROUTES |= {
    "schools:years": Sample(shared=True),
    "schools:year_level": Sample(
        lambda _w: {"year": "2026-2027", "level": "THCS"},
        also=SEE_SCHOOL,
        at_province=True,
    ),
    "schools:calendar": Sample(code_a),
    "schools:closures": Sample(also=SEE_SCHOOL),
    "schools:closure_new": Sample(also=SEE_SCHOOL),
    "schools:make_up": Sample(_at_closure, also=SEE_SCHOOL),
    "schools:make_up_withdraw": Sample(_at_made_up, also=SEE_SCHOOL),
    "schools:closure_withdraw": Sample(_at_closure, also=SEE_SCHOOL),
}
DEEDS |= {
    "schools:year_level": Deed(
        YearFrame,
        lambda _w: {
            "returns_on": "05/09/2026",
            "starts_on": "05/09/2026",
            "first_term_ends": "17/01/2027",
            "second_term_starts": "18/01/2027",
            "second_term_ends": "31/05/2027",
            "ends_on": "31/05/2027",
            "decision": "2100/QĐ-UBND",
        },
    ),
    "schools:closure_new": Deed(
        Closure,
        lambda w: {
            "unit": w.cast.school_a.unit.code,
            "starts_on": DAY,
            "last_day": DAY,
            "reason": "STORM",
            "decision": "88/QĐ-THCS",
        },
    ),
    "schools:make_up_withdraw": Deed(MakeUpDay, lambda _w: {"on": f"{_MADE_UP}"}),
    "schools:make_up": Deed(MakeUpDay, lambda _w: {"on": f"{TODAY + timedelta(days=6):%d/%m/%Y}"}),
    "schools:closure_withdraw": Deed(Closure),
}
_DAY = TODAY.isoformat()
_SUNDAY = TODAY + timedelta(days=6)
_LATER = LATER.isoformat()
_FOUNDING = {"number": "412/QĐ-UBND", "signed_on": f"{TODAY}", "signed_by": "Chủ tịch UBND"}
_TO_OPEN = {
    "name": "Trường TH Hồng Phong",
    "short_name": "TH Hồng Phong",
    "school_type": "PRIMARY",
    "levels": ["TH"],
    "starts_on": f"{TODAY}",
    "founding": _FOUNDING,
}
_FACTS = {
    "on": _LATER,
    "school_type": "LOWER_SECONDARY",
    "levels": ["THCS"],
    "ownership": "PUBLIC",
    "boarding": "DAY",
}
_API = "/api/v1"
ROUTES |= {
    f"POST {_API}/schools": Sample(at_province=True),
    f"GET {_API}/schools/<code>/facts": Sample(code_a),
    f"POST {_API}/schools/<code>/facts": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/schools/<code>/facts/corrections": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/schools/<code>/close": Sample(
        lambda w: {"code": _closable(w).code}, also=SEE_SCHOOL, at_province=True
    ),
    f"GET {_API}/schools/<code>/campuses": Sample(code_a),
    f"POST {_API}/schools/<code>/campuses": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/campuses/<uuid>/close": Sample(lambda w: uuid_of(satellite(w))),
    f"POST {_API}/rooms": Sample(),
    f"POST {_API}/founded-schools": Sample(at_province=True),
    f"POST {_API}/facilities": Sample(at_province=True),
    f"POST {_API}/rooms/<uuid>/close": Sample(lambda w: uuid_of(room(w))),
    f"POST {_API}/schools/<code>/code": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/schools/<code>/contact": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/campuses/<uuid>/details": Sample(lambda w: uuid_of(satellite(w))),
    f"POST {_API}/rooms/<uuid>/details": Sample(lambda w: uuid_of(room(w))),
    f"POST {_API}/closures/<uuid>/withdraw": Sample(_at_closure),
    f"POST {_API}/schools/<code>/classes": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/classes/<uuid>/details": Sample(lambda w: uuid_of(empty_class(w))),
    f"POST {_API}/classes/<uuid>/close": Sample(lambda w: uuid_of(empty_class(w))),
    f"GET {_API}/years/<year>": Sample(lambda _w: {"year": "2026-2027"}, shared=True),
    f"POST {_API}/years/<year>/<level>": Sample(
        lambda _w: {"year": "2026-2027", "level": "THCS"}, at_province=True
    ),
    f"GET {_API}/schools/<code>/closures": Sample(code_a),
    f"POST {_API}/closures": Sample(),
    f"POST {_API}/closures/<uuid>/make-up-days": Sample(_at_closure),
    f"POST {_API}/closures/<uuid>/make-up-days/withdraw": Sample(_at_made_up),
}
DEEDS |= {
    f"POST {_API}/schools": Deed(
        School,
        lambda _w: {
            "code": "42000997",
            "name": "Trường THCS Hồng Phong",
            "short_name": "THCS Hồng Phong",
            "school_type": "LOWER_SECONDARY",
            "levels": ["THCS"],
            "parent": make_province().code,
            "starts_on": _DAY,
            "founding": _FOUNDING,
        },
        201,
    ),
    f"POST {_API}/founded-schools": Deed(
        School, lambda _w: {**_TO_OPEN, "code": "42000996", "parent": make_province().code}, 201
    ),
    f"POST {_API}/facilities": Deed(
        School,
        lambda _w: {
            **_TO_OPEN,
            "code": "42000995",
            "school_type": "INDEPENDENT_PRESCHOOL",
            "levels": ["MN"],
            "ownership": "PRIVATE",
            "parent": make_province().code,
        },
        201,
    ),
    f"POST {_API}/schools/<code>/facts": Deed(SchoolVersion, lambda _w: _FACTS, 201),
    f"POST {_API}/schools/<code>/facts/corrections": Deed(
        SchoolVersion, lambda _w: {**_FACTS, "on": _DAY, "reason": "Nhập nhầm"}, 200
    ),
    f"POST {_API}/schools/<code>/close": Deed(
        School, lambda _w: {"on": _DAY, "decision": "15/QĐ-UBND"}, 204
    ),
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
    f"POST {_API}/schools/<code>/code": Deed(
        School, lambda _w: {"code": "42000996", "on": _DAY, "decision": "16/QĐ-SGDĐT"}, 200
    ),
    f"POST {_API}/schools/<code>/contact": Deed(School, lambda _w: {"phone": "02393888999"}, 200),
    f"POST {_API}/campuses/<uuid>/details": Deed(Campus, lambda _w: {"name": "Điểm Khe Sim"}, 200),
    f"POST {_API}/rooms/<uuid>/details": Deed(Room, lambda _w: {"name": "P.34"}, 200),
    f"POST {_API}/closures/<uuid>/withdraw": Deed(Closure, status=204),
    f"POST {_API}/schools/<code>/classes": Deed(
        HomeroomClass, lambda _w: {"name": "6Z", "grade": "6"}, 201
    ),
    f"POST {_API}/classes/<uuid>/details": Deed(
        HomeroomClass, lambda _w: {"name": "9Z", "grade": "9"}, 200
    ),
    f"POST {_API}/classes/<uuid>/close": Deed(HomeroomClass, lambda _w: {"on": _DAY}, 200),
    f"POST {_API}/years/<year>/<level>": Deed(
        YearFrame,
        lambda _w: {
            "returns_on": "2026-09-05",
            "starts_on": "2026-09-05",
            "ends_on": "2027-06-01",
            "terms": [
                {"starts_on": "2026-09-05", "ends_on": "2027-01-18"},
                {"starts_on": "2027-01-18", "ends_on": "2027-06-01"},
            ],
            "decision": "2100/QĐ-UBND",
        },
        200,
    ),
    f"POST {_API}/closures": Deed(
        Closure,
        lambda w: {
            "unit": w.cast.school_a.unit.code,
            "starts_on": _DAY,
            "ends_on": _LATER,
            "reason": "FLOOD",
            "decision": "90/QĐ-THCS",
        },
        201,
    ),
    f"POST {_API}/closures/<uuid>/make-up-days/withdraw": Deed(
        MakeUpDay, lambda _w: {"on": f"{_MADE_UP}"}, 200
    ),
    f"POST {_API}/closures/<uuid>/make-up-days": Deed(
        MakeUpDay, lambda _w: {"on": f"{_SUNDAY}"}, 200
    ),
}
READS = {
    "schools.campuses": lambda w, a: list(campuses(actor=a, school=w.cast.school_a, on=TODAY)),
    "schools.rooms": _rooms,
    "schools.campus_uses": lambda w, a: campus_uses(actor=a, school=w.cast.school_a, on=TODAY),
}
ACTS = {
    "schools.get_closure_for": lambda w, a: get_closure_for(a, w.once(_closure).uuid),
    "schools.close_days": lambda w, a: close_days(
        actor=a,
        unit_id=_pk(w),
        levels=(),
        starts_on=TODAY,
        ends_on=LATER,
        reason="FLOOD",
        note="",
        decision="89/QĐ",
        now=NOW,
    ),
    "schools.withdraw_closure": lambda w, a: withdraw_closure(
        actor=a, uuid=w.once(_closure).uuid, now=NOW
    ),
    "schools.add_make_up_day": lambda w, a: add_make_up_day(
        actor=a, uuid=w.once(_closure).uuid, on=_SUNDAY, now=NOW
    ),
    "schools.withdraw_make_up_day": lambda w, a: withdraw_make_up_day(
        actor=a, uuid=w.once(_made_up).uuid, on=_MADE_UP, now=NOW
    ),
    "schools.set_frame": lambda _w, a: set_frame(
        actor=a, year=make_year(), level="TH", data=FRAME, now=NOW
    ),
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
    "schools.change_facts": lambda w, a: change_facts(
        actor=a, school_id=_pk(w), facts=FACTS, on=LATER, now=NOW
    ),
    "schools.correct_facts": lambda w, a: correct_facts(
        actor=a, school_id=_pk(w), facts=FACTS, on=TODAY, reason="Nhập nhầm", now=NOW
    ),
    "schools.change_code": lambda w, a: change_code(
        actor=a, school_id=_pk(w), code="42000555", on=LATER, decision="", now=NOW
    ),
    "schools.close_school": lambda w, a: close_school(
        actor=a, school_id=_closable(w).pk, on=TODAY, decision="15/QĐ", now=NOW
    ),
    "schools.edit_class": lambda w, a: edit_class(
        actor=a, uuid=empty_class(w).uuid, name="9M", details=ClassDetails(), now=NOW
    ),
    "schools.close_class": lambda w, a: close_class(
        actor=a, uuid=empty_class(w).uuid, on=TODAY, now=NOW
    ),
}
MAKES = (_satellite, _room, _empty_class, _make_closable, _closure, _made_up)
