"""Schools by law: opened, permitted, changed, closed, by decisions."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from khuevan.registry.schools.actions import (
    RegisterCorrection,
    Registered,
    SchoolData,
    change_code,
    change_facts,
    close_school,
    correct_decision,
    correct_facts,
    correct_register,
    permit_operation,
    register_schools,
    withdraw_decision,
)
from khuevan.registry.schools.api import School
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.models import SchoolCode, SchoolDecision, SchoolVersion
from tests.factories import (
    COMMUNE_CODE,
    EVERYTHING,
    NOW,
    TODAY,
    build_signed,
    commune_area,
    make_province,
    make_school,
)
from tests.walls.shapes import DAY, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World

LATER = TODAY + timedelta(days=30)
_PERMITTED = TODAY - timedelta(days=9)
LATER_TEXT = f"{LATER:%d/%m/%Y}"
_SIGNED = {
    "number": "412/QĐ-UBND",
    "decided_on": DAY,
    "signed_as": "HEAD",
    "signer": "Trần Văn Ký",
    "signer_position": "Chủ tịch",
}
_DECIDED = {**_SIGNED, "decided_on": f"{TODAY}"}


def _facts(**changes: Any) -> dict[str, Any]:
    return {
        "school_type": "LOWER_SECONDARY",
        "levels": ["THCS"],
        "ownership": "PUBLIC",
        "boarding": "DAY",
        "decision": "412/QĐ-UBND",
        **changes,
    }


def _new_school(world: World, **changes: Any) -> dict[str, Any]:
    return {
        **_facts(),
        "name": "Trường THCS Hồng Phong",
        "short_name": "THCS Hồng Phong",
        "code": "42000999",
        "parent": str(make_province().pk),
        "area": str(commune_area().pk),
        "starts_on": DAY,
        **_SIGNED,
        **changes,
    }


def _closable(world: World) -> School:
    made: School = world.once(_make_closable)
    return made


def _make_closable(_world: World) -> School:
    return make_school("Trường THCS Sắp Sáp Nhập", code="42000777")


def _permission(world: World) -> SchoolDecision:
    made: SchoolDecision = world.once(_make_permission)
    return made


def _make_permission(world: World) -> SchoolDecision:
    return permit_operation(
        actor=EVERYTHING, school_id=_closable(world).pk, on=_PERMITTED,
        signed=build_signed(number="6/QĐ-UBND", on=_PERMITTED), now=NOW,
    )  # fmt: skip


def _one(world: World) -> dict[str, Any]:
    return {"code": _closable(world).code, "uuid": _permission(world).uuid}


_RIGHT = {
    **_SIGNED, "number": "7/QĐ-UBND", "decided_on": f"{_PERMITTED:%d/%m/%Y}", "reason": "Sai số",
}  # fmt: skip
FACTS = SchoolFacts("LOWER_SECONDARY", ("THCS",), boarding="DAY")


def _pk(world: World) -> int:
    return int(world.cast.school_a.pk)


_DAY = TODAY.isoformat()
_LATER = LATER.isoformat()
_TO_OPEN = {
    "name": "Trường TH Hồng Phong",
    "short_name": "TH Hồng Phong",
    "school_type": "PRIMARY",
    "levels": ["TH"],
    "starts_on": f"{TODAY}",
    "area": COMMUNE_CODE,
    "founding": _DECIDED,
}

_FACTS = {
    "on": _LATER,
    "school_type": "LOWER_SECONDARY",
    "levels": ["THCS"],
    "ownership": "PUBLIC",
    "boarding": "DAY",
}
_API = "/api/v1"
ROUTES = {
    "schools:permit": Sample(
        lambda w: {"code": _closable(w).code}, also=SEE_SCHOOL, at_province=True
    ),
    f"POST {_API}/schools/<code>/permissions": Sample(
        lambda w: {"code": _closable(w).code}, also=SEE_SCHOOL, at_province=True
    ),
    f"GET {_API}/schools/<code>/decisions": Sample(code_a),
    "schools:decision_correct": Sample(_one, also=SEE_SCHOOL, at_province=True),
    "schools:decision_withdraw": Sample(_one, also=SEE_SCHOOL, at_province=True),
    f"POST {_API}/schools/<code>/decisions/<uuid>/corrections": Sample(
        _one, also=SEE_SCHOOL, at_province=True
    ),
    f"POST {_API}/schools/<code>/decisions/<uuid>/withdraw": Sample(
        _one, also=SEE_SCHOOL, at_province=True
    ),
    "schools:facilities": Sample(shared=True),
    "schools:facility_file": Sample(lambda _w: {"kind": "csv"}, shared=True),
    "GET /api/v1/facilities": Sample(),
    "schools:new": Sample(also=SEE_SCHOOL, at_province=True, shared=True),
    "schools:found": Sample(also=SEE_SCHOOL, at_province=True, shared=True),
    "schools:facts": Sample(code_a),
    "schools:facts_change": Sample(code_a, also=SEE_SCHOOL),
    "schools:facts_correct": Sample(code_a, also=SEE_SCHOOL),
    "schools:code_change": Sample(code_a, also=SEE_SCHOOL),
    "schools:close": Sample(
        lambda w: {"code": _closable(w).code}, also=SEE_SCHOOL, at_province=True
    ),
    "schools:facility_new": Sample(also=SEE_SCHOOL, at_province=True, shared=True),
    f"POST {_API}/schools": Sample(at_province=True),
    f"GET {_API}/schools/<code>/facts": Sample(code_a),
    f"POST {_API}/schools/<code>/facts": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/schools/<code>/facts/corrections": Sample(code_a, also=SEE_SCHOOL),
    f"POST {_API}/schools/<code>/close": Sample(
        lambda w: {"code": _closable(w).code}, also=SEE_SCHOOL, at_province=True
    ),
    f"POST {_API}/founded-schools": Sample(at_province=True),
    f"POST {_API}/facilities": Sample(at_province=True),
    f"POST {_API}/schools/<code>/code": Sample(code_a, also=SEE_SCHOOL),
}
DEEDS = {
    "schools:permit": Deed(SchoolDecision, lambda _w: {**_SIGNED, "on": DAY}),
    f"POST {_API}/schools/<code>/permissions": Deed(
        SchoolDecision, lambda _w: {**_DECIDED, "on": _DAY}, 201
    ),
    "schools:decision_correct": Deed(SchoolDecision, lambda _w: _RIGHT),
    "schools:decision_withdraw": Deed(SchoolDecision, lambda _w: {"reason": "Nhập nhầm"}),
    f"POST {_API}/schools/<code>/decisions/<uuid>/corrections": Deed(
        SchoolDecision, lambda _w: {**_RIGHT, "decided_on": f"{_PERMITTED}"}, 200
    ),
    f"POST {_API}/schools/<code>/decisions/<uuid>/withdraw": Deed(
        SchoolDecision, lambda _w: {"reason": "Nhập nhầm"}, 204
    ),
    "schools:new": Deed(School, _new_school),
    "schools:found": Deed(School, lambda w: _new_school(w, code="42000994")),
    "schools:facts_change": Deed(SchoolVersion, lambda _w: _facts(on=LATER_TEXT)),
    "schools:facts_correct": Deed(SchoolVersion, lambda _w: _facts(reason="Nhập nhầm")),
    "schools:code_change": Deed(SchoolCode, lambda _w: {"code": "42000888", "on": LATER_TEXT}),
    "schools:close": Deed(School, lambda _w: {**_SIGNED, "on": DAY}),
    "schools:facility_new": Deed(
        School,
        lambda w: _new_school(
            w,
            code="42000998",
            school_type="INDEPENDENT_PRESCHOOL",
            levels=["MN"],
            ownership="PRIVATE",
        ),
    ),
    f"POST {_API}/schools": Deed(
        School,
        lambda _w: {
            "code": "42000997",
            "name": "Trường THCS Hồng Phong",
            "short_name": "THCS Hồng Phong",
            "school_type": "LOWER_SECONDARY",
            "levels": ["THCS"],
            "parent": make_province().code,
            "area": COMMUNE_CODE,
            "starts_on": _DAY,
            "founding": _DECIDED,
        },
        201,
    ),
    f"POST {_API}/founded-schools": Deed(
        School,
        lambda _w: {
            **_TO_OPEN,
            "code": "42000996",
            "parent": make_province().code,
        },
        201,
    ),
    f"POST {_API}/facilities": Deed(
        School,
        lambda _w: {
            **_TO_OPEN,
            "code": "42000995",
            "school_type": "INDEPENDENT_PRESCHOOL",
            "levels": ["MN"],
            "ownership": "PRIVATE",
            "parent": make_province().code,
        },
        201,
    ),
    f"POST {_API}/schools/<code>/facts": Deed(SchoolVersion, lambda _w: _FACTS, 201),
    f"POST {_API}/schools/<code>/facts/corrections": Deed(
        SchoolVersion, lambda _w: {**_FACTS, "on": _DAY, "reason": "Nhập nhầm"}, 200
    ),
    f"POST {_API}/schools/<code>/close": Deed(School, lambda _w: {**_DECIDED, "on": _DAY}, 204),
    f"POST {_API}/schools/<code>/code": Deed(
        School, lambda _w: {"code": "42000996", "on": _DAY, "decision": "16/QĐ-SGDĐT"}, 200
    ),
}


_codes = count(7001)


def _registered(world: World) -> SchoolData:
    return SchoolData(
        code=f"4200{next(_codes)}",
        name="Trường TH Hồng Lĩnh",
        short_name="TH Hồng Lĩnh",
        school_type="PRIMARY",
        levels=("TH",),
        parent_id=world.province.pk,
    )


ACTS = {
    "schools.permit_operation": lambda w, a: permit_operation(
        actor=a, school_id=_pk(w), on=TODAY, signed=build_signed(), now=NOW
    ),
    "schools.correct_decision": lambda w, a: correct_decision(
        actor=a,
        uuid=_permission(w).uuid,
        signed=build_signed(on=_PERMITTED),
        reason="Nhập nhầm",
        now=NOW,
    ),
    "schools.withdraw_decision": lambda w, a: withdraw_decision(
        actor=a, uuid=_permission(w).uuid, reason="Nhập nhầm", now=NOW
    ),
    "schools.change_facts": lambda w, a: change_facts(
        actor=a, school_id=_pk(w), facts=FACTS, on=LATER, now=NOW
    ),
    "schools.correct_facts": lambda w, a: correct_facts(
        actor=a, school_id=_pk(w), facts=FACTS, on=TODAY, reason="Nhập nhầm", now=NOW
    ),
    "schools.change_code": lambda w, a: change_code(
        actor=a, school_id=_pk(w), code="42000555", on=LATER, decision="", now=NOW
    ),
    "schools.close_school": lambda w, a: close_school(
        actor=a, school_id=_closable(w).pk, on=TODAY, signed=build_signed(), now=NOW
    ),
    "schools.register_schools": lambda w, a: register_schools(
        actor=a, schools=[Registered(_registered(w), TODAY)], now=NOW
    ),
    "schools.correct_register": lambda w, a: correct_register(
        actor=a, corrections=[RegisterCorrection(_pk(w), {"phone": "0239123456"})], now=NOW
    ),
}
MAKES = (_make_closable, _make_permission)
