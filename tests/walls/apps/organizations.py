"""The tree of units, and changing it."""

from __future__ import annotations

from typing import Any

from khuevan.platform.organizations.api import OrgUnit, OrgUnitVersion, rename_unit
from tests.factories import EVERYTHING, NOW, TODAY, UNITS_START, make_commune, make_province
from tests.walls.shapes import DAY, Deed, Sample, code_a
from tests.walls.world import World

ON = f"{TODAY:%Y-%m-%d}"


def heir(_world: World) -> OrgUnit:
    """Make a commune that others may come under."""
    return make_commune("UBND xã Kế Tục")


def spare(_world: World) -> OrgUnit:
    """Make a commune with nothing under it, renamed once."""
    made = make_commune("UBND xã Thừa")
    on = UNITS_START.replace(year=2026)
    rename_unit(
        actor=EVERYTHING, unit_id=made.pk, name="UBND xã Dư", short_name="Dư", on=on, now=NOW
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


MAKES = (heir, spare)
ROUTES = {
    "units:tree": Sample(shared=True),
    "units:file": Sample(lambda _w: {"kind": "csv"}, shared=True),
    "units:unit": Sample(code_a, shared=True),
    "units:changes": Sample(query=lambda _w: "?first=30/06/2025&second=01/07/2025", shared=True),
    "units:reorganize": Sample(at_province=True, shared=True),
    "GET /api/v1/units": Sample(shared=True),
    "GET /api/v1/units/changes": Sample(
        query=lambda _w: "?first=2025-06-30&second=2025-07-01", shared=True
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
    "POST /api/v1/units": Deed(
        OrgUnit,
        lambda _w: {
            "code": "TCCB",
            "kind": "DIVISION",
            "name": "Phòng Tổ chức cán bộ",
            "short_name": "P. TCCB",
            "parent": make_province().code,
            "starts_on": ON,
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
        OrgUnitVersion, lambda _w: {"name": "UBND xã Mới", "short_name": "Mới", "on": ON}, 200
    ),
    "POST /api/v1/units/<code>/end": Deed(
        OrgUnitVersion,
        lambda w: {"on": ON, "successors": {"REGISTERS": [w.once(heir).code]}},
        200,
    ),
    "POST /api/v1/units/<code>/undo": Deed(OrgUnitVersion, lambda _w: {"reason": "Nhập nhầm"}, 200),
}
