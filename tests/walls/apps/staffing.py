"""Rows of the matrix: teachers needed and present, of school A and of all in reach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from khuevan.insight.staffing import actions, behind, selectors
from khuevan.insight.staffing.counting import count_now
from khuevan.insight.staffing.models import LevelCount
from khuevan.insight.staffing.selectors import Asked
from khuevan.insight.staffing.upkeep import write_counts
from khuevan.kernel.actor import Actor
from khuevan.registry.curriculum.api import fill_plans
from tests.factories import EVERYTHING, NOW, TODAY, make_year
from tests.walls.shapes import Deed, Sample, code_a
from tests.walls.world import World

ONE_HOUR, ONE_DAY = timedelta(hours=1), timedelta(days=1)
TOAN = {"level": "THCS", "post": "Toán"}


def planned(world: World) -> LevelCount:
    """Plan the classes of school A and count its teachers."""
    school = world.cast.school_a
    fill_plans(actor=EVERYTHING, school=school, year=make_year(), now=NOW)
    write_counts([school.pk], on=TODAY, now=NOW - ONE_DAY)  # the clock may stand before NOW
    return LevelCount.objects.unscoped(because="a wall test").get(school=school, level="THCS")


def _post(world: World) -> dict[str, Any]:
    world.once(planned)
    return {**code_a(world), **TOAN}


ROUTES = {
    "staffing:index": Sample(shared=True, status=302),
    "staffing:file": Sample(shared=True),
    "staffing:school": Sample(code_a),
    "staffing:count": Sample(code_a),
    "staffing:post": Sample(_post),
    "GET /api/v1/staffing/subjects": Sample(),
    "GET /api/v1/staffing/communes": Sample(),
    "GET /api/v1/staffing/schools": Sample(),
    "GET /api/v1/staffing/schools/<code>": Sample(code_a),
}
DEEDS = {"staffing:count": Deed(LevelCount)}


def _lines(world: World, read: Any, actor: Actor) -> list[Any]:
    world.once(planned)
    return list(read(actor=actor, on=TODAY, asked=Asked()))


def _own(world: World, read: Any, actor: Actor) -> list[Any]:
    return [one for one in _lines(world, read, actor) if one.code == world.cast.school_a.code]


def _overall(world: World, actor: Actor) -> list[Any]:
    world.once(planned)
    told = selectors.overall(actor=actor, on=TODAY, asked=Asked())
    return [told] if told.classes else []


def _helpers(world: World, actor: Actor) -> list[Any]:
    world.once(planned)
    school = world.cast.school_a
    commune, _rows = selectors.helpers_of(
        actor=actor, on=TODAY, school_id=school.pk, level="THCS", post="Toán"
    )
    return [commune] if commune else []


def _classes(world: World, actor: Actor) -> list[Any]:
    world.once(planned)
    school = world.cast.school_a
    return behind.classes_of(actor=actor, school=school, on=TODAY, level="THCS", post="Toán")


def _teachers(world: World, actor: Actor) -> list[Any]:
    world.once(planned)
    school = world.cast.school_a
    counted = count_now(TODAY, [school.pk])[school.pk]
    key = counted.placed[0].key
    rows = behind.teachers_of(
        actor=actor, school=school, counted=counted, level=key[0], post=key[1]
    )
    return [one for one in rows if one.member is not None]


READS = {
    "staffing.by_post": lambda w, a: _lines(w, selectors.by_post, a),
    "staffing.by_school": lambda w, a: _own(w, selectors.by_school, a),
    "staffing.by_commune": lambda w, a: _lines(w, selectors.by_commune, a),
    "staffing.by_post_of_school": lambda w, a: _own(w, selectors.by_post_of_school, a),
    "staffing.overall": _overall,
    "staffing.helpers": _helpers,
    "staffing.classes": _classes,
    "staffing.teachers": _teachers,
}
ACTS = {
    "staffing.count_anew": lambda w, a: actions.count_anew(
        actor=a, code=w.cast.school_a.code, now=NOW + ONE_HOUR
    ),
}
