"""Rows of the matrix for work that counts as lessons, and the zone of a school."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.models import ConvertedWork, SchoolZone
from khuevan.registry.curriculum.selectors.works import converted_works
from tests.factories import EVERYTHING, NOW, TODAY
from tests.walls.apps.staff import member
from tests.walls.shapes import DAY, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

ONE_DAY = timedelta(days=1)


def work(world: World) -> ConvertedWork:
    """Record that somebody of school A trains a team."""
    return _record(world, EVERYTHING)


def mistaken(world: World) -> ConvertedWork:
    """Record work that is taken back."""
    return _record(world, EVERYTHING)


def _record(world: World, actor: Actor) -> ConvertedWork:
    return actions.record_work(
        actor=actor,
        school=world.cast.school_a,
        member=world.once(member),
        new=actions.NewWork("TEAM", Decimal(2), "WEEK", 15, TODAY, None, agreement="NQ 12"),
        now=NOW,
    )


def _teacher(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(world.once(member))}


def _work(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(world.once(work))}


ROUTES = {
    "curriculum:works": Sample(code_a, also=SEE_SCHOOL),
    "curriculum:new_work": Sample(_teacher, also=SEE_SCHOOL),
    "curriculum:end_work": Sample(_work, also=SEE_SCHOOL),
    "curriculum:withdraw_work": Sample(lambda w: {**code_a(w), **uuid_of(w.once(mistaken))}),
    "curriculum:zone": Sample(code_a, also=SEE_SCHOOL),
}

DEEDS = {
    "curriculum:new_work": Deed(
        ConvertedWork,
        lambda _w: {
            "code": "JUROR",
            "periods": "2",
            "pace": "ONCE",
            "factor": "1",
            "starts_on": DAY,
            "last_day": DAY,
        },
    ),
    "curriculum:end_work": Deed(ConvertedWork, lambda _w: {"last_day": DAY}),
    "curriculum:withdraw_work": Deed(ConvertedWork),
    "curriculum:zone": Deed(SchoolZone, lambda _w: {"zone": "1", "starts_on": DAY}),
}


def _works(world: World, actor: Actor) -> list[Any]:
    world.once(work)
    return list(converted_works(actor=actor, school=world.cast.school_a))


READS = {"work beside lessons": _works}

ACTS = {
    "record converted work": _record,
    "end converted work": lambda w, actor: actions.end_work(
        actor=actor, uuid=w.once(work).uuid, on=TODAY + ONE_DAY, now=NOW
    ),
    "take back converted work": lambda w, actor: actions.withdraw_work(
        actor=actor, uuid=w.once(mistaken).uuid, now=NOW
    ),
    "say in which zone a school lies": lambda w, actor: actions.set_zone(
        actor=actor, school=w.cast.school_a, zone=1, basis="", starts_on=TODAY, now=NOW
    ),
}

MAKES = (work, mistaken)
