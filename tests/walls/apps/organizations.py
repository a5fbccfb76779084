"""The tree of units, and changing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.kernel.actor import Actor
from khuevan.platform.organizations.api import (
    Decided,
    Handed,
    LinkKind,
    OrgUnit,
    OrgUnitVersion,
    ReportingLink,
    UnitAlias,
    UnitPlace,
    add_alias,
    add_link,
    add_unit,
    end_link,
    end_unit,
    merge_units,
    move_units,
    paper_stores,
    rename_unit,
    split_unit,
    undo_latest_change,
)
from khuevan.platform.organizations.change_forms import UNIT
from khuevan.platform.organizations.picking import offered
from tests.factories import EVERYTHING, NOW, TODAY, UNITS_START, make_commune, make_province
from tests.walls.shapes import DAY, Deed, Sample, code_a
from tests.walls.world import World

ON = f"{TODAY:%Y-%m-%d}"
BY = {"decision": "5/QĐ-UBND"}


def heir(_world: World) -> OrgUnit:
    """Make a commune that others may come under."""
    return make_commune("UBND xã Kế Tục")


def spare(_world: World) -> OrgUnit:
    """Make a commune with nothing under it, renamed once."""
    made = make_commune("UBND xã Thừa")
    on = UNITS_START.replace(year=2026)
    rename_unit(
        actor=EVERYTHING,
        unit_id=made.pk,
        name="UBND xã Dư",
        short_name="Dư",
        on=on,
        decision=Decided("3/QĐ"),
        now=NOW,
    )
    return made


def of_spare(world: World) -> dict[str, Any]:
    """Return the arguments of a route on the spare commune."""
    return {"code": world.once(spare).code}


def moved(world: World, *codes: str) -> dict[str, Any]:
    """Return what brings units to another one."""
    return {
        "units": list(codes),
        "into": world.once(heir).code,
        "on": ON,
        "decision": "12/QĐ-UBND",
    }


def asked(world: World) -> dict[str, Any]:
    """Return what the page of changes is sent."""
    return {
        "change": "MOVE",
        "units": world.cast.school_a.code,
        "into": world.once(heir).code,
        "on": DAY,
        "decision": "12/QĐ-UBND",
    }


def to_heir(world: World) -> dict[str, Any]:
    """Return the other end of a link."""
    return {"kind": "PROFESSIONAL", "master": world.once(heir).code}


def linked(world: World) -> ReportingLink:
    """Make a commune that answers to another one."""
    return add_link(
        actor=EVERYTHING,
        unit_id=make_commune("UBND xã Hai Nơi").pk,
        master_id=world.once(heir).pk,
        kind=LinkKind.REPORTS,
        starts_on=UNITS_START,
        decision="1/QĐ",
        now=NOW,
    )


def scan(_world: World) -> UUID:
    """Keep the scan of a decision."""
    upload = SimpleUploadedFile("qd.pdf", b"%PDF-1.4\ntrailer\n%%EOF\n")
    return next(iter(paper_stores)).keep(EVERYTHING, upload, NOW)


MAKES = (heir, spare, linked, scan)
ROUTES = {
    "units:tree": Sample(shared=True),
    "units:file": Sample(lambda _w: {"kind": "csv"}, shared=True),
    "units:unit": Sample(code_a, shared=True),
    "units:changes": Sample(query=lambda _w: "?from=30/06/2025&to=01/07/2025", shared=True),
    "units:reorganize": Sample(at_province=True, shared=True),
    "files:unit_decision": Sample(lambda w: {"uuid": w.once(scan)}, shared=True),
    "units:pick": Sample(query=lambda _w: "?change=MOVE&field=units&units_q=UBND", shared=True),
    "units:undo": Sample(of_spare, at_province=True),
    "units:alias_new": Sample(of_spare, at_province=True),
    "units:link_new": Sample(of_spare, at_province=True),
    "units:link_end": Sample(lambda w: {"uuid": w.once(linked).uuid}, at_province=True),
    "POST /api/v1/units/<code>/split": Sample(of_spare, at_province=True),
    "POST /api/v1/units/<code>/codes": Sample(of_spare, at_province=True),
    "POST /api/v1/units/<code>/links": Sample(of_spare, at_province=True),
    "POST /api/v1/unit-links/<uuid>/end": Sample(
        lambda w: {"uuid": w.once(linked).uuid}, at_province=True
    ),
    "GET /api/v1/units": Sample(shared=True),
    "GET /api/v1/units/changes": Sample(
        query=lambda _w: "?from=2025-06-30&to=2025-07-01", shared=True
    ),
    "GET /api/v1/units/<code>": Sample(code_a, shared=True),
    "POST /api/v1/units": Sample(at_province=True),
    "POST /api/v1/reorganizations/moves": Sample(at_province=True),
    "POST /api/v1/reorganizations/merges": Sample(at_province=True),
    "POST /api/v1/units/<code>/names": Sample(of_spare, at_province=True),
    "POST /api/v1/units/<code>/end": Sample(of_spare, at_province=True),
    "POST /api/v1/units/<code>/undo": Sample(of_spare, at_province=True),
}
DEEDS = {
    "units:reorganize": Deed(OrgUnitVersion, asked),
    "units:undo": Deed(OrgUnitVersion, lambda _w: {"reason": "Nhập nhầm"}),
    "units:alias_new": Deed(
        UnitAlias, lambda _w: {"source": "Bộ GDĐT", "code": "42-1", "starts_on": DAY}
    ),
    "units:link_new": Deed(ReportingLink, lambda w: {**to_heir(w), "starts_on": DAY}),
    "units:link_end": Deed(ReportingLink, lambda _w: {"on": DAY}),
    "POST /api/v1/units/<code>/split": Deed(
        OrgUnitVersion,
        lambda w: {
            **BY,
            "on": ON,
            "parts": {w.once(heir).code: []},
            "registers_to": w.once(heir).code,
        },
        200,
    ),
    "POST /api/v1/units/<code>/codes": Deed(
        UnitAlias, lambda _w: {"source": "Bộ GDĐT", "code": "42-1", "starts_on": ON}, 200
    ),
    "POST /api/v1/units/<code>/links": Deed(
        ReportingLink, lambda w: {**to_heir(w), "starts_on": ON}, 200
    ),
    "POST /api/v1/unit-links/<uuid>/end": Deed(ReportingLink, lambda _w: {"on": ON}, 200),
    "POST /api/v1/units": Deed(
        OrgUnit,
        lambda _w: {
            "code": "TCCB",
            "kind": "ATTACHED",
            "name": "Phòng Tổ chức cán bộ",
            "short_name": "P. TCCB",
            "parent": make_province().code,
            "starts_on": ON,
            "decision": "5/QĐ-SGDĐT",
        },
        200,
    ),
    "POST /api/v1/reorganizations/moves": Deed(
        OrgUnitVersion, lambda w: moved(w, w.cast.school_a.code), 200
    ),
    "POST /api/v1/reorganizations/merges": Deed(
        OrgUnitVersion, lambda w: moved(w, w.once(spare).code), 200
    ),
    "POST /api/v1/units/<code>/names": Deed(
        OrgUnitVersion, lambda _w: {**BY, "name": "UBND xã Mới", "short_name": "Mới", "on": ON}, 200
    ),
    "POST /api/v1/units/<code>/end": Deed(
        OrgUnitVersion,
        lambda w: {**BY, "on": ON, "successors": {"REGISTERS": [w.once(heir).code]}},
        200,
    ),
    "POST /api/v1/units/<code>/undo": Deed(OrgUnitVersion, lambda _w: {"reason": "Nhập nhầm"}, 200),
}

_BY = Decided("5/QĐ-UBND")


def _pk(world: World) -> int:
    """Return a commune of the province that nothing else is made of."""
    return int(world.once(spare).pk)


READS: dict[str, Callable[[World, Actor], object]] = {
    "organizations.offered": lambda _w, a: list(offered(UNIT, a, TODAY)),
}
ACTS: dict[str, Callable[[World, Actor], object]] = {
    "organizations.add_unit": lambda _w, a: add_unit(
        actor=a,
        code="TTHN",
        kind="ATTACHED",
        place=UnitPlace("Trung tâm hòa nhập", "TTHN", make_province().pk, None),
        starts_on=TODAY,
        decision=_BY,
        now=NOW,
    ),
    "organizations.rename_unit": lambda w, a: rename_unit(
        actor=a, unit_id=_pk(w), name="UBND xã M", short_name="M", on=TODAY, decision=_BY, now=NOW
    ),
    "organizations.move_units": lambda w, a: move_units(
        actor=a,
        unit_ids=[w.cast.school_a.pk],
        parent_id=w.once(heir).pk,
        on=TODAY,
        decision=_BY,
        now=NOW,
    ),
    "organizations.merge_units": lambda w, a: merge_units(
        actor=a, unit_ids=[_pk(w)], into_id=w.once(heir).pk, on=TODAY, decision=_BY, now=NOW
    ),
    "organizations.split_unit": lambda w, a: split_unit(
        actor=a,
        unit_id=_pk(w),
        parts={w.once(heir).pk: []},
        registers_to=w.once(heir).pk,
        on=TODAY,
        decision=_BY,
        now=NOW,
    ),
    "organizations.end_unit": lambda w, a: end_unit(
        actor=a,
        unit_id=_pk(w),
        successors={Handed.REGISTERS: {w.once(heir).pk}},
        on=TODAY,
        decision=_BY,
        now=NOW,
    ),
    "organizations.undo_latest_change": lambda w, a: undo_latest_change(
        actor=a, unit_id=_pk(w), reason="Nhầm", now=NOW
    ),
    "organizations.add_alias": lambda w, a: add_alias(
        actor=a, unit_id=_pk(w), code="42-9", source="Bộ GDĐT", starts_on=TODAY, now=NOW
    ),
    "organizations.add_link": lambda w, a: add_link(
        actor=a,
        unit_id=_pk(w),
        master_id=w.once(heir).pk,
        kind=LinkKind.PROFESSIONAL,
        starts_on=TODAY,
        decision="1/QĐ",
        now=NOW,
    ),
    "organizations.end_link": lambda w, a: end_link(
        actor=a, uuid=w.once(linked).uuid, on=TODAY, now=NOW
    ),
}
