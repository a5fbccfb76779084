"""Rows of the matrix for results of pupils."""

from __future__ import annotations

from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import get_class_for
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.results import actions
from khuevan.school.results.models import Settlement, Stage, YearResult
from khuevan.school.results.permissions import VIEW_RESULTS
from khuevan.school.results.selectors.classes import class_year
from khuevan.school.results.selectors.summaries import by_school
from tests.factories import EVERYTHING, NOW, make_year
from tests.walls.shapes import SEE_SCHOOL, Deed, Sample, class_a, code_a, pupil
from tests.walls.world import World

TERM_1 = {"stage": "1"}


def conduct(world: World) -> int:
    """Let conduct of term I be decided for all of 6A."""
    return actions.decide_pupils(
        actor=EVERYTHING,
        uuid=world.cast.class_6a.uuid,
        decisions=[
            actions.Decision(one.student.uuid, 0, conduct_1=3)
            for one in ClassPlacement.objects.unscoped(because="a test").filter(
                homeroom_class=world.cast.class_6a
            )
        ],
        now=NOW,
    )


def settled(world: World) -> Settlement:
    """Let term I of 6A be settled."""
    world.once(conduct)
    return actions.settle(
        actor=EVERYTHING, uuid=world.cast.class_6a.uuid, stage=Stage.TERM_1, now=NOW
    )


def _decided(world: World) -> dict[str, Any]:
    world.once(conduct)
    return class_a(world)


def _settled(world: World) -> dict[str, Any]:
    world.once(settled)
    return class_a(world)


def _tops(world: World) -> dict[str, str]:
    key = world.cast.minh_anh.uuid
    return {"stage": "1", f"base-{key}": "0", f"conduct_1-{key}": "2"}


ROUTES = {
    "results:index": Sample(also=SEE_SCHOOL, shared=True),
    "results:school": Sample(code_a, also=SEE_SCHOOL),
    "results:class": Sample(class_a, also=SEE_SCHOOL),
    "results:workbook": Sample(class_a, also=SEE_SCHOOL),
    "results:print": Sample(class_a, also=SEE_SCHOOL),
    "results:conduct": Sample(class_a, also=SEE_SCHOOL),
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


def _counts(_world: World, actor: Actor) -> list[Any]:
    return by_school(actor=actor, year=make_year(), stage=Stage.TERM_1, level="THCS")


READS = {"results of a class": _class, "counts of results": _counts}
ACTS = {
    "decide conduct": lambda w, actor: actions.decide_pupils(
        actor=actor,
        uuid=w.cast.class_6a.uuid,
        decisions=[actions.Decision(w.cast.minh_anh.uuid, 0, conduct_1=3)],
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
