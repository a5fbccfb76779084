"""Rows of the matrix: scores, faults of school A, and cells mended there."""

from __future__ import annotations

from typing import Any

from khuevan.insight.quality import actions, findings, own, selectors
from khuevan.insight.quality.models import SchoolScore
from khuevan.insight.quality.rule_list import rule_of
from khuevan.insight.quality.upkeep import write_counts
from khuevan.kernel.actor import Actor
from khuevan.platform.accounts.api import Person
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.staff.api import HomeroomAssignment
from khuevan.registry.students.api import Student
from tests.factories import NOW, TODAY, make_class, make_student
from tests.walls.shapes import Deed, Sample, code_a
from tests.walls.world import World


def scores(world: World) -> SchoolScore:
    """Count the faults of school A."""
    school = world.cast.school_a
    write_counts([school.pk], on=TODAY, now=NOW)
    return SchoolScore.objects.unscoped(because="a wall test").get(school=school, on=TODAY)


def _on(rule: str, uuid: Any) -> Any:
    return lambda world: {**code_a(world), "rule": rule, "uuid": uuid(world)}


def _pupil(world: World) -> Any:
    return world.cast.student_6b.uuid


def _lan(world: World) -> Any:
    return world.cast.lan.staff_member.uuid


def roomless(world: World) -> HomeroomClass:
    """Open a class of school A with a pupil and nobody in charge."""
    opened = make_class("6Q", school=world.cast.school_a)
    make_student("Đào Văn Quý", homeroom_class=opened)
    return opened


PUPIL = _on("PUPIL_MOET", _pupil)
ROUTES = {
    "quality:index": Sample(shared=True, status=302),
    "quality:file": Sample(shared=True),
    "quality:own_class": Sample(shared=True),
    "quality:rules": Sample(),
    "quality:rule": Sample(lambda _w: {"rule": "PUPIL_NUMBER"}, shared=True),
    "quality:school": Sample(code_a),
    "quality:count": Sample(code_a),
    "quality:findings": Sample(lambda w: {**code_a(w), "rule": "PUPIL_NUMBER"}),
    "quality:fix_pupil": Sample(PUPIL),
    "quality:fix_staff": Sample(_on("STAFF_MOET", _lan)),
    "quality:fix_homeroom": Sample(_on("CLASS_HOMEROOM", lambda w: w.once(roomless).uuid)),
    "quality:fix_class": Sample(_on("CLASS_SESSIONS", lambda w: w.cast.class_6a.uuid)),
    "GET /api/v1/quality/rules": Sample(),
    "GET /api/v1/quality/units": Sample(),
    "GET /api/v1/quality/schools": Sample(),
    "GET /api/v1/quality/schools/<code>": Sample(code_a),
    "quality:fix_school": Sample(_on("SCHOOL_PHONE", lambda w: w.cast.school_a.unit.uuid)),
}

DEEDS = {
    "quality:count": Deed(SchoolScore),
    "quality:fix_pupil": Deed(
        Student, lambda w: {"value": "4200012345", "version": w.cast.student_6b.person.version}
    ),
    "quality:fix_staff": Deed(
        Person, lambda w: {"value": "4211122233", "version": w.cast.lan.version}
    ),
    "quality:fix_homeroom": Deed(
        HomeroomAssignment, lambda w: {"value": str(w.cast.toan.staff_member.uuid)}
    ),
    "quality:fix_class": Deed(HomeroomClass, lambda _w: {"value": "6"}),
    "quality:fix_school": Deed(School, lambda _w: {"value": "0239 3123 456"}),
}


def _league(world: World, actor: Actor) -> list[Any]:
    world.once(scores)
    return [
        one
        for one in selectors.league_of(actor=actor, on=TODAY).schools
        if one.code == world.cast.school_a.code
    ]


def _sums(world: World, actor: Actor) -> list[Any]:
    world.once(scores)
    return selectors.rule_sums(actor=actor, on=TODAY, schools=[world.cast.school_a.pk])


def _trend(world: World, actor: Actor) -> list[Any]:
    world.once(scores)
    return selectors.trend_of(actor=actor, on=TODAY, schools=[world.cast.school_a.pk])


def _findings(world: World, actor: Actor) -> list[Any]:
    school = findings.school_of_findings(actor, world.cast.school_a.code)
    return findings.findings(school, rule_of("PUPIL_NUMBER", TODAY), TODAY)


def _own_faults(world: World, actor: Actor) -> list[Any]:
    pupil = world.cast.minh_anh.uuid
    return [one for one in own.own_faults(actor=actor, on=TODAY) if one.uuid == pupil]


def _at_fault(world: World, actor: Actor) -> list[Any]:
    world.once(scores)
    told = selectors.schools_at_fault(actor=actor, on=TODAY, rule="PUPIL_NUMBER")
    return [one for one in told if one.place.code == world.cast.school_a.code]


READS = {
    "quality.schools_at_fault": _at_fault,
    "quality.own_faults": _own_faults,
    "quality.league": _league,
    "quality.rule_sums": _sums,
    "quality.trend": _trend,
}
ACTS = {
    "quality.findings": _findings,
    "quality.count_anew": lambda w, a: actions.count_anew(
        actor=a, code=w.cast.school_a.code, now=NOW
    ),
}
