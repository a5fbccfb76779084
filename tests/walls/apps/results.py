"""Rows of the matrix for results of pupils."""

from __future__ import annotations

from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import HomeroomClass, get_class_for
from khuevan.registry.students.api import ClassPlacement, Student
from khuevan.school.results import actions
from khuevan.school.results.models import Settlement, Stage, YearResult
from khuevan.school.results.permissions import VIEW_RESULTS
from khuevan.school.results.selectors.classes import class_year
from khuevan.school.results.selectors.summaries import by_school
from tests.factories import EVERYTHING, NOW, make_class, make_student, make_year
from tests.walls.shapes import SEE_SCHOOL, Deed, Sample, class_a, code_a, pupil
from tests.walls.world import World

TERM_1 = {"stage": "1"}


def member(world: World) -> Student:
    """Open a class of school A without gradebooks, so that nothing is missing, with a pupil."""
    room = make_class("6R", school=world.cast.school_a)
    return make_student("Hồ Thị Kết", homeroom_class=room)


def conduct(world: World) -> int:
    """Let conduct of term I be decided for all of that class."""
    return actions.decide_pupils(
        actor=EVERYTHING,
        uuid=_room(world).uuid,
        decisions=[actions.Decision(world.once(member).uuid, 0, conduct_1=3)],
        now=NOW,
    )


def settled(world: World) -> Settlement:
    """Let term I of that class be settled."""
    world.once(conduct)
    return actions.settle(actor=EVERYTHING, uuid=_room(world).uuid, stage=Stage.TERM_1, now=NOW)


def _room(world: World) -> HomeroomClass:
    rows = ClassPlacement.objects.unscoped(because="a test").select_related("homeroom_class")
    return rows.get(student=world.once(member)).homeroom_class


def _class_r(world: World) -> dict[str, Any]:
    return {"code": world.cast.school_a.code, "uuid": _room(world).uuid}


def _decided(world: World) -> dict[str, Any]:
    world.once(conduct)
    return _class_r(world)


def _settled(world: World) -> dict[str, Any]:
    world.once(settled)
    return _class_r(world)


def undecided(world: World) -> Student:
    """Open another class of which nobody decided anything, with a pupil."""
    room = make_class("6S", school=world.cast.school_a)
    return make_student("Hồ Thị Mới", homeroom_class=room)


def _class_s(world: World) -> dict[str, Any]:
    rows = ClassPlacement.objects.unscoped(because="a test").select_related("homeroom_class")
    room = rows.get(student=world.once(undecided)).homeroom_class
    return {"code": world.cast.school_a.code, "uuid": room.uuid}


def _tops(world: World) -> dict[str, str]:
    key = world.once(undecided).uuid
    return {"stage": "1", f"base-{key}": "0", f"conduct_1-{key}": "2"}


ROUTES = {
    "results:index": Sample(also=SEE_SCHOOL, status=302, shared=True),
    "results:school": Sample(code_a, also=SEE_SCHOOL),
    "results:class": Sample(class_a, also=SEE_SCHOOL),
    "results:workbook": Sample(class_a, also=SEE_SCHOOL),
    "results:print": Sample(class_a, also=SEE_SCHOOL),
    "results:conduct": Sample(_class_s, also=SEE_SCHOOL),
    "results:settle": Sample(_decided, also=SEE_SCHOOL),
    "results:approve": Sample(_settled, also=SEE_SCHOOL),
    "results:give_back": Sample(_settled, also=SEE_SCHOOL),
    "results:pupil": Sample(pupil, also=("students.student:view",)),
    "family:study": Sample(pupil, own=lambda w: w.cast.huong),
}
DEEDS = {
    "results:conduct": Deed(YearResult, _tops),
    "results:settle": Deed(Settlement, lambda _w: TERM_1),
    "results:approve": Deed(Settlement, lambda _w: TERM_1),
    "results:give_back": Deed(Settlement, lambda _w: {**TERM_1, "reason": "Sai"}),
}


def _class(world: World, actor: Actor) -> list[Any]:
    try:
        room = get_class_for(actor, world.cast.class_6a.uuid, VIEW_RESULTS)
    except NotFound:
        return []
    return class_year(room, actor.today).pupils


def _counts(world: World, actor: Actor) -> list[Any]:
    lines = by_school(actor=actor, year=make_year(), stage=Stage.TERM_1, level="THCS")
    return [one for one in lines if one.code == world.cast.school_a.code]


READS = {"results of a class": _class, "counts of results": _counts}
ACTS = {
    "decide conduct": lambda w, actor: actions.decide_pupils(
        actor=actor,
        uuid=_room(w).uuid,
        decisions=[actions.Decision(w.once(member).uuid, 0, conduct_1=3)],
        now=NOW,
    ),
    "settle results": lambda w, actor: actions.settle(
        actor=actor, uuid=_decided(w)["uuid"], stage=Stage.TERM_1, now=NOW
    ),
    "approve results": lambda w, actor: actions.approve(
        actor=actor, uuid=_settled(w)["uuid"], stage=Stage.TERM_1, now=NOW
    ),
    "give results back": lambda w, actor: actions.give_back(
        actor=actor, uuid=_settled(w)["uuid"], stage=Stage.TERM_1, reason="Sai", now=NOW
    ),
}
MAKES = (member, conduct, settled, undecided)
