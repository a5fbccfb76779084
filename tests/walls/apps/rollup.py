"""Rows of the matrix: counts on any day, census days."""

from __future__ import annotations

from datetime import date
from typing import Any

from khuevan.insight.rollup.actions import freeze_census, open_census, reopen_census
from khuevan.insight.rollup.asked import Asked
from khuevan.insight.rollup.models import Census, CensusVersion
from khuevan.insight.rollup.selectors import count, frame_of, pupil_rows
from khuevan.insight.rollup.selectors.census import beside_now
from khuevan.insight.rollup.selectors.counting import pupils_by_grade
from tests.factories import EVERYTHING, NOW, TODAY
from tests.walls.shapes import REASON, SEE_PUPIL, Deed, Sample
from tests.walls.world import World, uuid_of

COUNT = ("students.figure:view",)


def _purpose(_world: World) -> str:
    """Say what an office needs names for."""
    return "?purpose=REPORT"


def _frozen(_world: World) -> Census:
    census = open_census(actor=EVERYTHING, on=date(2026, 9, 30), level="", decision="", now=NOW)
    freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    return census


def _open(_world: World) -> Census:
    return open_census(actor=EVERYTHING, on=TODAY, level="", decision="", now=NOW)


def _of_frozen(world: World) -> dict[str, Any]:
    return uuid_of(world.once(_frozen))


def _of_open(world: World) -> dict[str, Any]:
    return uuid_of(world.once(_open))


ROUTES: dict[str, Sample] = {
    "rollup:table": Sample(shared=True, also=COUNT),
    "rollup:rows": Sample(shared=True, also=(*COUNT, *SEE_PUPIL)),
    "rollup:file": Sample(lambda _w: {"kind": "xlsx"}, shared=True, also=COUNT),
    "rollup:compare": Sample(shared=True, also=COUNT),
    "rollup:compare_rows": Sample(shared=True, also=(*COUNT, *SEE_PUPIL)),
    "rollup:compare_file": Sample(lambda _w: {"kind": "xlsx"}, shared=True, also=COUNT),
    "rollup:censuses": Sample(),
    "rollup:census": Sample(_of_frozen, shared=True, also=COUNT),
    "rollup:census_new": Sample(at_province=True),
    "rollup:census_freeze": Sample(_of_open, at_province=True),
    "rollup:census_reopen": Sample(_of_frozen, at_province=True),
    "GET /api/v1/counts": Sample(also=COUNT),
    "GET /api/v1/counts/rows": Sample(query=_purpose, also=(*COUNT, *SEE_PUPIL)),
    "GET /api/v1/counts/compare": Sample(also=COUNT),
    "GET /api/v1/counts/compare/rows": Sample(query=_purpose, also=(*COUNT, *SEE_PUPIL)),
    "GET /api/v1/censuses": Sample(),
    "GET /api/v1/censuses/<uuid>": Sample(_of_frozen, shared=True, also=COUNT),
    "POST /api/v1/censuses": Sample(at_province=True),
    "POST /api/v1/censuses/<uuid>/freeze": Sample(_of_open, at_province=True),
    "POST /api/v1/censuses/<uuid>/reopen": Sample(_of_frozen, at_province=True),
}

DEEDS: dict[str, Deed] = {
    "rollup:census_new": Deed(Census, lambda _w: {"on": "31/05/2026", "level": "TH"}),
    "rollup:census_freeze": Deed(CensusVersion),
    "rollup:census_reopen": Deed(Census, lambda _w: REASON),
    "POST /api/v1/censuses": Deed(
        Census, lambda _w: {"on": "2026-05-31", "level": "THCS"}, status=200
    ),
    "POST /api/v1/censuses/<uuid>/freeze": Deed(CensusVersion, status=200),
    "POST /api/v1/censuses/<uuid>/reopen": Deed(Census, lambda _w: REASON, status=200),
}


def _of_a(world: World, rows: str = "grade", cols: str = "sex", **more: str) -> Asked:
    narrow = {"school": world.cast.school_a.code, **more}
    return Asked(TODAY, rows=rows, cols=cols).narrowed(**narrow)


def _rows_of_a(world: World, actor: Any) -> list[Any]:
    asked = _of_a(world)
    frame = frame_of(actor=actor, asked=asked)
    schools = [world.cast.school_a.pk]
    return list(pupil_rows(actor=actor, asked=asked, frame=frame, schools=schools))


def _frozen_of_a(world: World, actor: Any) -> list[Any]:
    census = world.once(_frozen)
    version = CensusVersion.objects.get(census=census)
    told = beside_now(actor=actor, census=census, version=version)
    return [one for one in told if one.place.id == world.cast.school_a.pk]


READS = {
    "rollup.count": lambda w, a: count(actor=a, asked=_of_a(w)).table.total,
    "rollup.count_ethnicity": lambda w, a: (
        count(actor=a, asked=_of_a(w, rows="ethnicity", cols="")).table.total
    ),
    "rollup.pupils_by_grade": lambda w, a: [
        row for row in pupils_by_grade(actor=a, on=TODAY) if row[0] == w.cast.school_a.pk
    ],
    "rollup.pupil_rows": _rows_of_a,
    "rollup.beside_now": _frozen_of_a,
}
ACTS = {
    "rollup.open_census": lambda _w, a: open_census(
        actor=a, on=date(2026, 5, 31), level="TH", decision="", now=NOW
    ),
    "rollup.freeze_census": lambda w, a: freeze_census(actor=a, uuid=w.once(_open).uuid, now=NOW),
    "rollup.reopen_census": lambda w, a: reopen_census(
        actor=a, uuid=w.once(_frozen).uuid, reason="x", now=NOW
    ),
}
