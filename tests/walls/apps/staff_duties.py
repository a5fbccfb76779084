"""Rows of the matrix for staff: classes, lessons, leaves and who stands in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.registry.staff import actions
from khuevan.registry.staff.actions import NewLeave
from khuevan.registry.staff.models import (
    HomeroomAssignment,
    StaffLeave,
    Substitution,
    TeachingAssignment,
)
from khuevan.registry.staff.selectors import (
    absent_duties,
    class_staff,
    colleagues,
    leaves_at,
)
from tests.factories import EVERYTHING, NOW, TODAY, make_staff, make_year
from tests.walls.apps.staff import ISO, ISO_LATER, RECORD, VIEW, member, of
from tests.walls.shapes import DAY, LAST_DAY, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of


def leave(world: World) -> StaffLeave:
    """Make a leave of a teacher of 6B at school A, who is in charge and has lessons there."""
    room = world.cast.class_6b
    away = make_staff("Lê Thị Vắng", school=world.cast.school_a, homeroom=room, teaches=(room,))
    return actions.record_leave(
        actor=EVERYTHING,
        member_uuid=away.uuid,
        school_id=world.cast.school_a.pk,
        new=NewLeave("SICK", TODAY, TODAY + timedelta(days=30)),
        now=NOW,
    )


def homeroom(world: World) -> HomeroomAssignment:
    """Return that teacher's charge of the class."""
    rows = HomeroomAssignment.objects.unscoped(because="a test names it")
    return rows.get(staff_member=world.once(leave).staff_member)


def lesson(world: World) -> TeachingAssignment:
    """Return that teacher's lessons."""
    rows = TeachingAssignment.objects.unscoped(because="a test names it")
    return rows.get(staff_member=world.once(leave).staff_member)


def substitution(world: World) -> Substitution:
    """Make a colleague's standing in for the lessons of that teacher."""
    return actions.add_substitute(
        actor=EVERYTHING,
        leave_uuid=world.once(leave).uuid,
        room=world.cast.class_6b,
        duty="TEACHING",
        subject_name="Ngữ văn",
        member_uuid=world.once(member).uuid,
        starts_on=TODAY - timedelta(days=1),
        ends_on=TODAY + timedelta(days=30),
        now=NOW,
    )


def class_6b(world: World) -> dict[str, Any]:
    """Return the arguments of a route on class 6B of school A."""
    return {**code_a(world), **uuid_of(world.cast.class_6b)}


def _given(world: World) -> dict[str, Any]:
    """Return what gives a class to the rows' own teacher."""
    return {"member": world.once(member).uuid, "starts_on": DAY}


def _told(world: World) -> dict[str, Any]:
    """Return the same for a program."""
    return {"staff_member": str(world.once(member).uuid), "starts_on": ISO}


ROUTES = {
    "staff:leave": Sample(of(member), also=RECORD),
    "staff:one_leave": Sample(of(leave), also=RECORD),
    "staff:change_return": Sample(of(leave), also=RECORD),
    "staff:end_substitution": Sample(of(substitution), also=RECORD),
    "staff:absences": Sample(code_a, also=SEE_SCHOOL),
    "staff:class": Sample(class_6b, also=(*SEE_SCHOOL, *VIEW)),
    "staff:homeroom": Sample(class_6b, also=SEE_SCHOOL),
    "staff:lessons": Sample(class_6b, also=SEE_SCHOOL),
    "staff:end_homeroom": Sample(of(homeroom), also=SEE_SCHOOL),
    "staff:end_lessons": Sample(of(lesson), also=SEE_SCHOOL),
    "GET /api/v1/classes/<uuid>/staff": Sample(lambda w: uuid_of(w.cast.class_6b)),
    "POST /api/v1/classes/<uuid>/homeroom-teacher": Sample(lambda w: uuid_of(w.cast.class_6b)),
    "POST /api/v1/classes/<uuid>/lessons": Sample(lambda w: uuid_of(w.cast.class_6b)),
    "POST /api/v1/homeroom-assignments/<uuid>/end": Sample(of(homeroom)),
    "POST /api/v1/teaching-assignments/<uuid>/end": Sample(of(lesson)),
    "GET /api/v1/schools/<code>/staff-leaves": Sample(code_a),
    "POST /api/v1/staff-leaves": Sample(),
    "POST /api/v1/staff-leaves/<uuid>/return": Sample(of(leave)),
    "POST /api/v1/staff-leaves/<uuid>/substitutes": Sample(of(leave)),
    "POST /api/v1/substitutions/<uuid>/end": Sample(of(substitution)),
}

DEEDS = {
    "staff:leave": Deed(
        StaffLeave,
        lambda w: {
            "school": w.cast.school_a.code,
            "kind": "STUDY",
            "starts_on": DAY,
            "returns_on": LAST_DAY,
        },
    ),
    "staff:one_leave": Deed(
        Substitution,
        lambda w: {
            "duty": f"HOMEROOM:{w.cast.class_6b.uuid}:",
            "member": w.once(member).uuid,
            "starts_on": DAY,
            "last_day": LAST_DAY,
        },
    ),
    "staff:change_return": Deed(StaffLeave, lambda _w: {"on": LAST_DAY}),
    "staff:end_substitution": Deed(Substitution, lambda _w: {"on": LAST_DAY}),
    "staff:homeroom": Deed(HomeroomAssignment, _given),
    "staff:lessons": Deed(TeachingAssignment, lambda w: {**_given(w), "subject_name": "Toán"}),
    "staff:end_homeroom": Deed(HomeroomAssignment, lambda _w: {"on": DAY}),
    "staff:end_lessons": Deed(TeachingAssignment, lambda _w: {"on": DAY}),
    "POST /api/v1/classes/<uuid>/homeroom-teacher": Deed(HomeroomAssignment, _told, 200),
    "POST /api/v1/classes/<uuid>/lessons": Deed(
        TeachingAssignment, lambda w: {**_told(w), "subject_name": "Toán"}, 200
    ),
    "POST /api/v1/homeroom-assignments/<uuid>/end": Deed(
        HomeroomAssignment, lambda _w: {"on": ISO}, 200
    ),
    "POST /api/v1/teaching-assignments/<uuid>/end": Deed(
        TeachingAssignment, lambda _w: {"on": ISO}, 200
    ),
    "POST /api/v1/staff-leaves": Deed(
        StaffLeave,
        lambda w: {
            **_told(w),
            "school": w.cast.school_a.code,
            "kind": "STUDY",
            "returns_on": ISO_LATER,
        },
        200,
    ),
    "POST /api/v1/staff-leaves/<uuid>/return": Deed(StaffLeave, lambda _w: {"on": ISO_LATER}, 200),
    "POST /api/v1/staff-leaves/<uuid>/substitutes": Deed(
        Substitution,
        lambda w: {
            **_told(w),
            "class_uuid": str(w.cast.class_6b.uuid),
            "duty": "HOMEROOM",
            "ends_on": ISO_LATER,
        },
        200,
    ),
    "POST /api/v1/substitutions/<uuid>/end": Deed(Substitution, lambda _w: {"on": ISO_LATER}, 204),
}


def _away(world: World, actor: Actor) -> list[StaffLeave]:
    world.once(leave)
    return leaves_at(actor=actor, school_id=world.cast.school_a.pk, on=TODAY)


READS = {
    "who is away": _away,
    "who stands in": lambda w, actor: [
        one for one in absent_duties(actor=actor, leaves=[w.once(leave)]).values() if one
    ],
    "staff of a class": lambda w, actor: [
        one
        for one in class_staff(actor=actor, class_ids=[w.once(lesson).homeroom_class_id]).values()
        if one.lessons
    ],
    "colleagues": lambda w, actor: colleagues(actor=actor, school_id=w.cast.school_a.pk, on=TODAY),
}

ACTS = {
    "give the lessons of classes": lambda w, actor: actions.give_lessons(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        wanted={(w.cast.class_6b.pk, "Tin học"): [w.once(member).pk]},
        on=TODAY,
        now=NOW,
    ),
    "record a leave": lambda w, actor: actions.record_leave(
        actor=actor,
        member_uuid=w.once(member).uuid,
        school_id=w.cast.school_a.pk,
        new=NewLeave("STUDY", TODAY, TODAY + timedelta(days=9)),
        now=NOW,
    ),
    "let somebody be back early": lambda w, actor: actions.change_return(
        actor=actor, uuid=w.once(leave).uuid, on=TODAY + timedelta(days=3), now=NOW
    ),
    "let somebody stand in": lambda w, actor: actions.add_substitute(
        actor=actor,
        leave_uuid=w.once(leave).uuid,
        room=w.cast.class_6b,
        duty="HOMEROOM",
        member_uuid=w.once(member).uuid,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=2),
        now=NOW,
    ),
    "end a standing in": lambda w, actor: actions.end_substitution(
        actor=actor, uuid=w.once(substitution).uuid, on=TODAY + timedelta(days=1), now=NOW
    ),
    "take a class from a teacher": lambda w, actor: actions.end_homeroom(
        actor=actor, uuid=w.once(homeroom).uuid, on=TODAY, now=NOW
    ),
    "take lessons from a teacher": lambda w, actor: actions.end_teaching(
        actor=actor, uuid=w.once(lesson).uuid, on=TODAY, now=NOW
    ),
}

MAKES = (leave,)
