"""Rows of the matrix for statements of overtime."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import Closure, add_make_up_day, close_days
from khuevan.school.hours import actions
from khuevan.school.hours.models import ClosedMonth, OvertimeRule
from khuevan.school.hours.selectors.statements import statement_of
from khuevan.school.timetable.models import DayChange
from tests.factories import EVERYTHING, NOW, make_staff
from tests.walls.apps.timetable import published
from tests.walls.shapes import DAY, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)
STORM, AFTER_STORM = date(2027, 2, 16), date(2027, 2, 21)


def teacher(world: World) -> Any:
    """Let somebody teach at school A since long."""
    world.once(published)
    return make_staff("Lê Thị Giờ", school=world.cast.school_a)


def closed(world: World) -> ClosedMonth:
    """Close September of school A."""
    world.once(teacher)
    return actions.close_month(
        actor=EVERYTHING, school=world.cast.school_a, month=SEPTEMBER, now=NOW
    )


def _september(world: World) -> dict[str, Any]:
    world.once(closed)
    return code_a(world)


def _october(world: World) -> dict[str, Any]:
    world.once(teacher)
    return code_a(world)


def _teacher(world: World) -> dict[str, Any]:
    return {**code_a(world), "uuid": world.once(teacher).uuid}


def _month(month: date) -> Any:
    return lambda _world: f"?month={month:%Y-%m}"


def storm(world: World) -> Closure:
    """Close school A on a Tuesday, and let a Sunday make up for it."""
    world.once(published)
    found = close_days(
        actor=EVERYTHING,
        unit_id=world.cast.school_a.pk,
        levels=[],
        starts_on=STORM,
        ends_on=STORM + timedelta(days=1),
        reason="STORM",
        note="",
        decision="",
        now=NOW,
    )
    add_make_up_day(actor=EVERYTHING, uuid=found.uuid, on=AFTER_STORM, now=NOW)
    return found


def _storm(world: World) -> dict[str, Any]:
    world.once(storm)
    return code_a(world)


ROUTES = {
    "hours:statement": Sample(_october, _month(OCTOBER), also=SEE_SCHOOL),
    "hours:teacher": Sample(_teacher, _month(OCTOBER), also=SEE_SCHOOL),
    "hours:workbook": Sample(_october, _month(OCTOBER)),
    "hours:print": Sample(_october, _month(OCTOBER)),
    "hours:close": Sample(_october, _month(OCTOBER)),
    "hours:open": Sample(_september, _month(SEPTEMBER), also=SEE_SCHOOL),
    "hours:rule": Sample(code_a, _month(OCTOBER), also=SEE_SCHOOL),
    "hours:make_up": Sample(code_a, also=SEE_SCHOOL),
    "hours:make_up_whole": Sample(_storm),
    "hours:own": Sample(shared=True),
    "GET /api/v1/schools/<code>/overtime/<month>": Sample(
        lambda w: {**_october(w), "month": OCTOBER.isoformat()}
    ),
}
DEEDS = {
    "hours:make_up_whole": Deed(
        DayChange, lambda _w: {"on": STORM.isoformat(), "to": AFTER_STORM.isoformat()}
    ),
    "hours:close": Deed(ClosedMonth),
    "hours:open": Deed(ClosedMonth, lambda _w: {"reason": "Sai"}),
    "hours:rule": Deed(OvertimeRule, lambda _w: {"counting": "YEAR", "starts_on": DAY}),
}


def _statement(world: World, actor: Actor) -> list[Any]:
    world.once(teacher)
    try:
        return statement_of(actor=actor, school=world.cast.school_a, month=OCTOBER).lines
    except NotFound:
        return []


READS = {"overtime of a month": _statement}
ACTS = {
    "close a month of overtime": lambda w, actor: actions.close_month(
        actor=actor, school=_school(w), month=OCTOBER, now=NOW
    ),
    "open a month of overtime again": lambda w, actor: actions.open_month(
        actor=actor, school=_closed_school(w), month=SEPTEMBER, reason="Sai", now=NOW
    ),
    "say how overtime is counted": lambda w, actor: actions.set_rule(
        actor=actor,
        school=w.cast.school_a,
        counting="YEAR",
        counts_looking_after=True,
        rate=None,
        starts_on=OCTOBER,
        now=NOW,
    ),
}


def _school(world: World) -> Any:
    world.once(teacher)
    return world.cast.school_a


def _closed_school(world: World) -> Any:
    world.once(closed)
    return world.cast.school_a


MAKES = (teacher, closed)
