"""Rows of the matrix for move-overs: one that goes on at the primary school, one signed at A."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.actions import drop_import, upload_sheets
from khuevan.platform.sheets.api import SheetImport
from khuevan.registry.cutover import actions, selectors
from khuevan.registry.cutover.actions import OwnTotal
from khuevan.registry.cutover.content import looked_at
from khuevan.registry.cutover.models import (
    Cutover,
    CutoverExplanation,
    CutoverList,
    CutoverRecord,
    CutoverTotal,
    Part,
)
from khuevan.registry.cutover.permissions import RUN_CUTOVERS
from khuevan.registry.cutover.rules import Count, Line
from khuevan.registry.schools.api import School
from tests.factories import EVERYTHING, NOW, TODAY
from tests.walls.shapes import DAY, Deed, Sample, code_a
from tests.walls.world import LIST, World

VIEW = ("cutover.cutover:view",)
WHY = "Hai em chuyển đi sau ngày chốt số liệu"


def live(world: World) -> Cutover:
    """Begin the primary school's move-over: a class differs and is explained, it is submitted."""
    return _submitted(world.cast.primary)


def signed(world: World) -> CutoverRecord:
    """Sign a move-over of school A."""
    return _sign(EVERYTHING, _submitted(world.cast.school_a))


def _submitted(school: School) -> Cutover:
    begun = actions.begin(
        actor=EVERYTHING,
        school_id=school.pk,
        product="VNEDU",
        on=TODAY,
        responsible="Phan Thị Loan",
        now=NOW,
    )
    lines = selectors.reconciliation(EVERYTHING, begun).classes
    totals = [_own(line, int(line == lines[0])) for line in lines]
    given: dict[str, Any] = {"actor": EVERYTHING, "uuid": begun.uuid, "now": NOW}
    actions.save_totals(**given, version=None, totals=totals)
    actions.explain(**given, part=Part.CLASS, key=lines[0].key, sentence=WHY)
    return actions.submit(**given, version=begun.version + 1)


def _own(line: Line, surplus: int) -> OwnTotal:
    return OwnTotal(line.part, line.key, line.name, Count((line.recorded.total or 0) + surplus))


def _upload(world: World) -> SheetImport:
    (one,) = upload_sheets(
        actor=EVERYTHING,
        kind="students.list",
        unit_id=world.cast.primary.pk,
        upload=SimpleUploadedFile("hoc-sinh.csv", LIST.encode()),
        now=NOW,
    )
    return drop_import(actor=EVERYTHING, uuid=one.uuid, now=NOW)


def joined(world: World) -> SheetImport:
    """Load a list that counts in, and give it up."""
    world.once(live)
    return _upload(world)


def apart(world: World) -> SheetImport:
    """Load a list that counts no longer in."""
    uuid = world.once(live).uuid
    one = _upload(world)
    actions.leave_out(actor=EVERYTHING, uuid=uuid, sheet_import=one.uuid, now=NOW)
    _again(uuid)
    return one


def _again(uuid: Any) -> None:
    version = selectors.get_cutover_for(EVERYTHING, uuid).version
    actions.submit(actor=EVERYTHING, uuid=uuid, version=version, now=NOW)


def _line(world: World) -> Line:
    lines = selectors.reconciliation(EVERYTHING, world.once(live)).classes
    return next(line for line in lines if line.differs)


def _numbers(cutover: Cutover) -> str:
    found = selectors.reconciliation(EVERYTHING, cutover)
    return looked_at(found, selectors.lists_of(cutover))


def _sign(actor: Actor, cutover: Cutover) -> CutoverRecord:
    return actions.sign(
        actor=actor, uuid=cutover.uuid, numbers=_numbers(cutover), number="", now=NOW
    )


def _live(world: World) -> dict[str, Any]:
    return {"uuid": world.once(live).uuid}


def _room(world: World) -> dict[str, Any]:
    return {**_live(world), "key": _line(world).key}


def _signed(world: World) -> dict[str, Any]:
    return {"uuid": world.once(signed).uuid}


def _signed_cutover(world: World) -> dict[str, Any]:
    return {"uuid": world.once(signed).cutover.uuid}


def _primary(world: World) -> Any:
    return world.cast.primary.unit


def _at_primary(kwargs: Any = _live, *also: str) -> Sample:
    return Sample(kwargs, also=also or VIEW, at=_primary)


def _version(world: World) -> dict[str, Any]:
    return {"version": selectors.get_cutover_for(EVERYTHING, world.once(live).uuid).version}


def _typed(world: World) -> dict[str, Any]:
    return {**_version(world), f"CLASS.{_line(world).key}.total": "40"}


def _sent(world: World) -> dict[str, Any]:
    one = {"part": "CLASS", "key": _line(world).key, "name": "3A", "total": 41}
    return {**_version(world), "totals": [one]}


def _explained(world: World) -> dict[str, Any]:
    return {"part": "CLASS", "key": _line(world).key, "sentence": "Em ấy nghỉ học"}


ROUTES = {
    "cutover:list": Sample(),
    "cutover:school": Sample(code_a),
    "cutover:begin": Sample(code_a, also=VIEW),
    "cutover:count_in": _at_primary(_live, *VIEW, "students.student:import"),
    "cutover:leave_out": _at_primary(),
    "cutover:abandon": _at_primary(),
    "cutover:totals": _at_primary(),
    "cutover:comparison": _at_primary(),
    "cutover:explain": _at_primary(),
    "cutover:room": _at_primary(_room),
    "cutover:submit": _at_primary(),
    "cutover:sign": _at_primary(),
    "cutover:withdraw": Sample(_signed_cutover, also=VIEW),
    "cutover:record": Sample(_signed, also=VIEW),
    "cutover:record_file": Sample(_signed, also=VIEW),
    "GET /api/v1/cutovers": Sample(),
    "GET /api/v1/cutovers/<uuid>": _at_primary(_live, *VIEW),
    "POST /api/v1/cutovers/<uuid>/totals": _at_primary(),
}

DEEDS = {
    "cutover:begin": Deed(
        Cutover, lambda _w: {"product": "SMAS", "on": DAY, "responsible": "Phan Thị Loan"}
    ),
    "cutover:count_in": Deed(CutoverList, lambda w: {"sheet_import": w.once(apart).uuid}),
    "cutover:leave_out": Deed(CutoverList, lambda w: {"sheet_import": w.once(joined).uuid}),
    "cutover:abandon": Deed(Cutover, lambda _w: {"reason": WHY}),
    "cutover:totals": Deed(CutoverTotal, _typed),
    "cutover:explain": Deed(CutoverExplanation, _explained),
    "cutover:submit": Deed(Cutover, _version),
    "cutover:sign": Deed(
        CutoverRecord,
        lambda w: {"numbers": _numbers(selectors.get_cutover_for(EVERYTHING, w.once(live).uuid))},
    ),
    "cutover:withdraw": Deed(CutoverRecord, lambda _w: {"reason": WHY}),
    "POST /api/v1/cutovers/<uuid>/totals": Deed(CutoverTotal, _sent, 200),
}


def _cutovers(world: World, actor: Actor) -> list[Cutover]:
    one = world.once(signed).cutover
    return list(selectors.cutovers(actor).filter(pk=one.pk))


def _records(world: World, actor: Actor) -> list[CutoverRecord]:
    rows = CutoverRecord.objects.visible_to(actor, RUN_CUTOVERS)
    return list(rows.filter(pk=world.once(signed).pk))


def _counted(world: World, actor: Actor) -> list[Line]:
    found = selectors.reconciliation(actor, world.once(signed).cutover)
    return [line for line in found.classes if line.recorded.total]


READS = {
    "move-overs": _cutovers,
    "signed records of move-overs": _records,
    "what a move-over counts": _counted,
}


def _given(world: World, actor: Actor) -> dict[str, Any]:
    return {"actor": actor, "uuid": world.once(live).uuid, "now": NOW}


ACTS = {
    "begin a move-over": lambda w, actor: actions.begin(
        actor=actor,
        school_id=w.cast.school_a.pk,
        product="SMAS",
        on=TODAY,
        responsible="",
        now=NOW,
    ),
    "count a list in": lambda w, actor: actions.count_in(
        **_given(w, actor), sheet_import=w.once(apart).uuid
    ),
    "leave a list out": lambda w, actor: actions.leave_out(
        **_given(w, actor), sheet_import=w.once(joined).uuid
    ),
    "enter own totals": lambda w, actor: actions.save_totals(
        **_given(w, actor), version=None, totals=[]
    ),
    "explain a difference": lambda w, actor: actions.explain(
        **_given(w, actor), part=Part.CLASS, key=_line(w).key, sentence=WHY
    ),
    "submit a reconciliation": lambda w, actor: actions.submit(**_given(w, actor), **_version(w)),
    "sign a reconciliation": lambda w, actor: _sign(actor, w.once(live)),
    "withdraw a signature": lambda w, actor: actions.withdraw(
        actor=actor, uuid=w.once(signed).cutover.uuid, reason=WHY, now=NOW
    ),
    "give a move-over up": lambda w, actor: actions.abandon(**_given(w, actor), reason=WHY),
    "open a signed record": lambda w, actor: selectors.get_record_for(actor, w.once(signed).uuid),
    "open a move-over": lambda w, actor: selectors.get_cutover_for(actor, w.once(live).uuid),
}

MAKES = (signed, live, joined, apart)
