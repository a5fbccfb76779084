"""Rows of the matrix for timetables."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.registry.curriculum import actions as curriculum
from khuevan.registry.schools.actions import RoomData, add_room
from khuevan.registry.schools.api import Room
from khuevan.school.timetable import actions
from khuevan.school.timetable.actions import Move
from khuevan.school.timetable.grids import Spot
from khuevan.school.timetable.models import CalendarFeed, DayChange, ScheduledLesson, Timetable
from tests.cast import actor_of
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    UNITS_START,
    make_class,
    make_staff,
    make_year,
)
from tests.walls.apps.school_places import room
from tests.walls.shapes import SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

MONDAY, NEXT, HELD = date(2026, 11, 30), date(2026, 12, 7), date(2027, 1, 25)
TUESDAY, LATER = date(2027, 1, 26), date(2027, 2, 23)
MARCH, MARCH_TUESDAY = date(2027, 3, 1), date(2027, 3, 2)
ALIKE, JOINED = date(2027, 4, 5), date(2027, 4, 12)
SPOT = Spot(2, "MORNING", 3)
VIEW = (*SEE_SCHOOL, "timetable.timetable:view")


def taught(world: World) -> Any:
    """Open a class of school A with lessons of one subject."""
    return _open(world, "6V", "Lê Thị Thời")


def _open(world: World, name: str, teacher: str) -> Any:
    own = make_class(name, school=world.cast.school_a)
    curriculum.plan_subject(
        actor=EVERYTHING,
        class_uuid=own.uuid,
        subject_name="Ngữ văn",
        kind="COMPULSORY",
        weeks=[2] * 35,
        now=NOW,
    )
    make_staff(teacher, school=world.cast.school_a, teaches=(own,))
    return own


def draft(world: World) -> Timetable:
    """Make a draft with lessons of that class, one of them moved twice."""
    world.once(taught)
    made = _made(world, MONDAY)
    lesson = lesson_of(made)
    for period in (1, 2):
        actions.move_lesson(
            actor=EVERYTHING,
            uuid=made.uuid,
            lesson=lesson.uuid,
            to=Move(Spot(2, "MORNING", period)),
            now=NOW,
        )
    return made


def undone(world: World) -> Timetable:
    """Make a draft of which a step was taken back."""
    world.once(taught)
    made = _made(world, NEXT)
    actions.move_lesson(
        actor=EVERYTHING, uuid=made.uuid, lesson=lesson_of(made).uuid, to=Move(SPOT), now=NOW
    )
    actions.undo_step(actor=EVERYTHING, uuid=made.uuid, now=NOW)
    return made


def _made(world: World, monday: date) -> Timetable:
    return actions.make_timetable(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=make_year(),
        name="Bản nháp",
        starts_on=monday,
        days=6,
        now=NOW,
    )


def lesson_of(timetable: Timetable, number: int = 0) -> ScheduledLesson:
    """Return one of the lessons of a timetable, the first unless said."""
    rows = ScheduledLesson.objects.unscoped(because="a test names it")
    return rows.filter(timetable=timetable).order_by("pk")[number]


def alike(world: World) -> Timetable:
    """Make a draft with two classes that have the same lessons."""
    world.once(taught)
    world.once(taught_beside)
    return _made(world, ALIKE)


def joined(world: World) -> Timetable:
    """Make a draft in which those two learn together."""
    world.once(alike)
    made = _made(world, JOINED)
    told = _together(world)
    actions.combine_classes(
        actor=EVERYTHING,
        uuid=made.uuid,
        subject="Ngữ văn",
        classes=[UUID(one) for one in told["classes"]],
        member=UUID(told["member"]),
        now=NOW,
    )
    return made


def doubled(world: World) -> Timetable:
    """Make a draft with a double lesson."""
    world.once(taught)
    made = _made(world, JOINED)
    actions.join_lesson(actor=EVERYTHING, uuid=made.uuid, lesson=lesson_of(made).uuid, now=NOW)
    return made


def taught_beside(world: World) -> Any:
    """Open another class of school A with the same lessons."""
    return _open(world, "6W", "Trần Văn Bên")


def _together(world: World) -> dict[str, Any]:
    rows = ScheduledLesson.objects.unscoped(because="a test names them")
    found = rows.filter(
        timetable=world.once(alike), homeroom_class__name__in=["6V", "6W"]
    ).select_related("homeroom_class", "staff_member")
    return {
        "classes": sorted({str(one.homeroom_class.uuid) for one in found}),
        "member": str(next(one.staff_member.uuid for one in found if one.staff_member)),
    }


def _joint(world: World) -> ScheduledLesson:
    rows = ScheduledLesson.objects.unscoped(because="a test names it")
    return rows.filter(timetable=world.once(joined)).exclude(joint=None)[0]


def near(world: World) -> Room:
    """Give the campus of that class a room."""
    return add_room(
        actor=EVERYTHING,
        campus_uuid=world.once(taught).campus.uuid,
        data=RoomData("Phòng Tin"),
        starts_on=UNITS_START,
        now=NOW,
    )


def _of(maker: Any) -> Any:
    return lambda world: uuid_of(world.once(maker))


def _lesson(world: World) -> dict[str, Any]:
    return {"lesson": str(lesson_of(world.once(draft)).uuid)}


def published(world: World) -> Timetable:
    """Make a timetable that holds later, with a lesson of Tuesday's third period."""
    world.once(taught)
    made = _made(world, HELD)
    actions.move_lesson(
        actor=EVERYTHING, uuid=made.uuid, lesson=lesson_of(made).uuid, to=Move(SPOT), now=NOW
    )
    return actions.publish_timetable(
        actor=EVERYTHING, uuid=made.uuid, accepts_clashes=True, now=NOW
    )


def _held(world: World) -> dict[str, Any]:
    return {**code_a(world), "uuid": lesson_of(world.once(published)).uuid}


def _tuesday(_world: World) -> str:
    return f"?on={TUESDAY.isoformat()}"


def _stand_in(world: World) -> dict[str, Any]:
    return {"member": str(world.cast.toan.staff_member.uuid)}


def off(world: World) -> DayChange:
    """Let that lesson be off on another Tuesday."""
    return actions.cancel_lesson(
        actor=EVERYTHING,
        lesson=lesson_of(world.once(published)).uuid,
        on=LATER,
        now=NOW,
    )


def paired(world: World) -> Timetable:
    """Publish a later week in which a class has lessons of two teachers on a Tuesday."""
    world.once(published)
    room = make_class("6H", school=world.cast.school_a)
    for name, subject in (("Lê Thị Đổi", "Toán"), ("Lê Văn Dời", "Ngữ văn")):
        teacher = make_staff(name, school=world.cast.school_a)
        planned = curriculum.plan_subject(
            actor=EVERYTHING,
            class_uuid=room.uuid,
            subject_name=subject,
            kind="COMPULSORY",
            weeks=[1] * 35,
            now=NOW,
        )
        curriculum.assign_subject(
            actor=EVERYTHING,
            uuid=planned.uuid,
            member=teacher,
            starts_on=TODAY,
            weeks=None,
            takes_over=False,
            now=NOW,
        )
    made = _made(world, MARCH)
    for period, lesson in enumerate(_of_class(made, "6H"), 1):
        actions.move_lesson(
            actor=EVERYTHING,
            uuid=made.uuid,
            lesson=lesson.uuid,
            to=Move(Spot(2, "MORNING", period)),
            now=NOW,
        )
    return actions.publish_timetable(
        actor=EVERYTHING, uuid=made.uuid, accepts_clashes=True, now=NOW
    )


def _of_class(timetable: Timetable, name: str) -> list[ScheduledLesson]:
    rows = ScheduledLesson.objects.unscoped(because="a test names it")
    return list(rows.filter(timetable=timetable, homeroom_class__name=name).order_by("pk"))


def _first_of_pair(world: World) -> dict[str, Any]:
    return {**code_a(world), "uuid": _of_class(world.once(paired), "6H")[0].uuid}


def _other_of_pair(world: World) -> dict[str, Any]:
    other = _of_class(world.once(paired), "6H")[1]
    return {"other": f"{other.uuid} {MARCH_TUESDAY.isoformat()}"}


def feed_token(world: World) -> str:
    """Make the address of a teacher's timetable."""
    return actions.make_feed(actor=actor_of(world.cast.lan), now=NOW)


def _result(world: World) -> dict[str, Any]:
    """Return a file that puts a lesson on Monday's second period."""
    lesson = lesson_of(world.once(undone))
    place = {"activity": lesson.pk, "day": "Thứ Hai", "hour": "Buổi sáng 2", "room": None}
    content = json.dumps({"placements": [place]}).encode()
    return {"file": SimpleUploadedFile("result.json", content)}


ROUTES = {
    "GET /api/v1/schools/<code>/timetables": Sample(code_a),
    "GET /api/v1/schools/<code>/lessons": Sample(code_a),
    "GET /api/v1/timetables/<uuid>/lessons": Sample(_of(published)),
    "timetable:day": Sample(code_a, also=SEE_SCHOOL),
    "timetable:lesson_day": Sample(_held, _tuesday, also=(*SEE_SCHOOL, "curriculum.load:view")),
    "timetable:off": Sample(_held, _tuesday),
    "timetable:usual": Sample(_held, lambda _w: f"?on={LATER.isoformat()}"),
    "timetable:move_day": Sample(_held, _tuesday, also=SEE_SCHOOL),
    "timetable:swap_day": Sample(_first_of_pair, lambda _w: f"?on={MARCH_TUESDAY.isoformat()}"),
    "timetable:problem": Sample(_of(draft), also=SEE_SCHOOL),
    "timetable:result": Sample(_of(undone), also=SEE_SCHOOL),
    "timetable:workbook": Sample(_of(published)),
    "timetable:print": Sample(_of(published), also=SEE_SCHOOL),
    "timetable:own": Sample(shared=True),
    "timetable:make_feed": Sample(shared=True),
    "timetable:feed": Sample(lambda w: {"token": w.once(feed_token)}, shared=True),
    "timetable:start": Sample(also=SEE_SCHOOL, status=302, shared=True),
    "timetable:versions": Sample(code_a, also=SEE_SCHOOL),
    "timetable:new": Sample(code_a, also=VIEW),
    "timetable:editor": Sample(_of(draft), also=(*SEE_SCHOOL, "timetable.timetable:manage")),
    "timetable:move": Sample(_of(draft)),
    "timetable:room": Sample(_of(draft)),
    "timetable:shape": Sample(_of(draft)),
    "timetable:rooms": Sample(_of(draft), also=SEE_SCHOOL),
    "timetable:compare": Sample(_of(published), also=SEE_SCHOOL),
    "timetable:combined": Sample(_of(alike), lambda _w: "?subject=Ngữ văn", also=SEE_SCHOOL),
    "timetable:apart": Sample(_of(joined)),
    "timetable:lock": Sample(_of(draft)),
    "timetable:undo": Sample(_of(draft)),
    "timetable:redo": Sample(_of(undone)),
    "timetable:rest": Sample(_of(draft)),
    "timetable:publish": Sample(_of(draft), also=SEE_SCHOOL),
    "timetable:remove": Sample(_of(draft)),
}
DEEDS = {
    "timetable:result": Deed(ScheduledLesson, _result),
    "timetable:lesson_day": Deed(DayChange, _stand_in),
    "timetable:off": Deed(DayChange),
    "timetable:move_day": Deed(DayChange, lambda _w: {"to": f"{TUESDAY.isoformat()} AFTERNOON 4"}),
    "timetable:swap_day": Deed(DayChange, _other_of_pair),
    "timetable:usual": Deed(DayChange),
    "timetable:make_feed": Deed(CalendarFeed, status=200, is_own=True),
    "timetable:new": Deed(
        Timetable, lambda _w: {"name": "Mới", "starts_on": "14/12/2026", "days": "6"}
    ),
    "timetable:move": Deed(ScheduledLesson, lambda w: {**_lesson(w), "spot": SPOT.key}),
    "timetable:room": Deed(ScheduledLesson, lambda w: {**_lesson(w), "room": str(room(w).uuid)}),
    "timetable:shape": Deed(ScheduledLesson, lambda w: {**_lesson(w), "deed": "ODD"}),
    "timetable:rooms": Deed(
        ScheduledLesson, lambda w: {"subject": "Ngữ văn", "room": str(w.once(near).uuid)}
    ),
    "timetable:combined": Deed(ScheduledLesson, lambda w: _together(w)),
    "timetable:apart": Deed(ScheduledLesson, lambda w: {"lesson": str(_joint(w).uuid)}),
    "timetable:lock": Deed(ScheduledLesson, lambda w: {**_lesson(w), "locked": "1"}),
    "timetable:undo": Deed(ScheduledLesson),
    "timetable:redo": Deed(ScheduledLesson),
    "timetable:rest": Deed(ScheduledLesson),
    "timetable:publish": Deed(Timetable, lambda _w: {"anyway": "1"}),
    "timetable:remove": Deed(Timetable),
}


MAKES = (near, alike, joined, doubled, draft, undone, published, paired, off, feed_token)
