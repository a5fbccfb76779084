"""Rows of the matrix for people recorded twice, both at school A."""

from __future__ import annotations

from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.registry.duplicates import actions, selectors
from khuevan.registry.duplicates.actions.merging import Versions
from khuevan.registry.duplicates.models import DuplicatePair, PairKind, PersonMerge
from khuevan.registry.duplicates.permissions import SETTLE_PAIRS
from khuevan.registry.students.api import Student
from tests.factories import EVERYTHING, NOW, make_student
from tests.walls.shapes import Deed, Sample
from tests.walls.world import World

VIEW = ("duplicates.pair:view",)
PAPERS = "Giấy khai sinh"


def _pupil(world: World, name: str) -> Student:
    return make_student(name, homeroom_class=world.cast.class_6b)


def _pair_of(one: Student, other: Student) -> DuplicatePair:
    return DuplicatePair.objects.create(
        kind=PairKind.PUPIL, one=one.person, other=other.person, bits=9, seen=SEEN, found_at=NOW
    )


def pair(world: World) -> DuplicatePair:
    """Make a pair of two pupils of 6B."""
    return _pair_of(*(_pupil(world, "Đào Văn Đôi") for _time in range(2)))


def merge(world: World) -> PersonMerge:
    """Make two records of a pupil of 6B one."""
    return _merge(EVERYTHING, _pair_of(*(_pupil(world, "Đào Thị Gộp") for _time in range(2))))


def _merge(actor: Actor, pair: DuplicatePair) -> PersonMerge:
    return actions.merge(
        actor=actor,
        pair=pair.uuid,
        kept=pair.one.uuid,
        versions=Versions(pair.one.version, pair.other.version),
        taken=(),
        reason=PAPERS,
        now=NOW,
    )


SEEN = {
    "name": "SAME",
    "birth_date": "SAME",
    "sex": "SAME",
    "number": "UNKNOWN",
    "guardian": "UNKNOWN",
    "phone": "UNKNOWN",
    "ward": "UNKNOWN",
    "school": "SAME",
}


def _pair(world: World) -> dict[str, Any]:
    return {"uuid": world.once(pair).uuid}


def _made(world: World) -> dict[str, Any]:
    return {"uuid": world.once(merge).uuid}


def _merged(world: World) -> dict[str, Any]:
    one = world.once(pair)
    return {
        "kept": str(one.one.uuid),
        "kept_version": one.one.version,
        "given_up_version": one.other.version,
        "reason": PAPERS,
    }


def _typed(world: World) -> dict[str, Any]:
    one = world.once(pair)
    return {
        "kept": "one",
        "one_version": one.one.version,
        "other_version": one.other.version,
        "reason": PAPERS,
    }


def _why(_world: World) -> dict[str, Any]:
    return {"reason": PAPERS}


ROUTES = {
    "duplicates:list": Sample(),
    "duplicates:pair": Sample(_pair),
    "duplicates:make_one": Sample(_pair, also=VIEW),
    "duplicates:apart": Sample(_pair, also=VIEW),
    "duplicates:merges": Sample(),
    "duplicates:merge": Sample(_made),
    "duplicates:take_apart": Sample(_made, also=VIEW),
    "GET /api/v1/duplicates": Sample(),
    "POST /api/v1/duplicates/<uuid>/merge": Sample(_pair),
    "POST /api/v1/duplicates/<uuid>/apart": Sample(_pair),
    "GET /api/v1/duplicate-merges/<uuid>": Sample(_made),
    "POST /api/v1/duplicate-merges/<uuid>/undo": Sample(_made),
}

DEEDS = {
    "duplicates:make_one": Deed(PersonMerge, _typed),
    "duplicates:apart": Deed(DuplicatePair, lambda _w: {"apart-reason": PAPERS}),
    "duplicates:take_apart": Deed(PersonMerge, _why),
    "POST /api/v1/duplicates/<uuid>/merge": Deed(PersonMerge, _merged, 200),
    "POST /api/v1/duplicates/<uuid>/apart": Deed(DuplicatePair, _why, 200),
    "POST /api/v1/duplicate-merges/<uuid>/undo": Deed(
        PersonMerge, lambda _w: {"reason": PAPERS}, 200
    ),
}


def _pairs(world: World, actor: Actor) -> list[DuplicatePair]:
    one = world.once(pair)
    return list(selectors.pairs(actor).filter(pk=one.pk))


def _merges(world: World, actor: Actor) -> list[PersonMerge]:
    made = world.once(merge)
    return list(selectors.merges(actor).filter(pk=made.pk))


READS = {"pairs of people recorded twice": _pairs, "what was made one": _merges}

ACTS = {
    "open a pair": lambda w, actor: selectors.get_pair_for(actor, w.once(pair).uuid, SETTLE_PAIRS),
    "make two records one": lambda w, actor: _merge(actor, w.once(pair)),
    "tell two people apart": lambda w, actor: actions.tell_apart(
        actor=actor, uuid=w.once(pair).uuid, reason=PAPERS, now=NOW
    ),
    "take two records apart": lambda w, actor: actions.take_apart(
        actor=actor, uuid=w.once(merge).uuid, reason=PAPERS, now=NOW
    ),
}

MAKES = (pair, merge)
