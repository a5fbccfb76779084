"""Rows of the matrix about guardians: one more, custody and contact, the order, ends."""

from __future__ import annotations

from typing import Any

from khuevan.registry.students.actions import (
    add_guardian,
    end_guardianship,
    lift_limit,
    limit_guardian,
    order_guardians,
    restore_guardian,
)
from khuevan.registry.students.api import Guardianship, GuardianshipLimit, Student
from khuevan.registry.students.permissions import RECORD_GUARDIANS
from khuevan.registry.students.selectors import (
    former_guardians_of,
    get_guardianship_for,
    get_limit_for,
    limits_of,
)
from tests.factories import EVERYTHING, NOW, TODAY, make_guardian_data, make_student
from tests.walls.shapes import DAY, SEE_PUPIL, Deed, Sample, pupil
from tests.walls.world import World

PAPER = "Bản án 12/2026/HNGĐ-ST"
NEW = {"relation": "OTHER", "full_name": "Trần Thị Nga", "phone": "0912000779"}


def _family(_world: World) -> tuple[Student, dict[str, Guardianship], GuardianshipLimit]:
    """Return a pupil of 6B with a limited father, a mother and a former guardian."""
    child = make_student(
        "Đinh Văn Bình",
        homeroom_class=_world.cast.class_6b,
        guardians=[
            make_guardian_data("Đinh Văn Nam", relation="FATHER", phone="0912000701"),
            make_guardian_data("Lê Thị Hạnh", phone="0912000702"),
            make_guardian_data("Lê Văn Cậu", relation="GUARDIAN", phone="0912000703"),
        ],
    )
    rows = Guardianship.objects.unscoped(because="a test names them").filter(student=child)
    found = {row.relation: row for row in rows}
    end_guardianship(
        actor=EVERYTHING, uuid=found["GUARDIAN"].uuid, on=TODAY, reason="Đã hết giám hộ", now=NOW
    )
    limit = limit_guardian(
        actor=EVERYTHING,
        uuid=found["FATHER"].uuid,
        kind="NO_CUSTODY",
        starts_on=TODAY,
        paper=PAPER,
        now=NOW,
    )
    return child, found, limit


def _row(world: World, relation: str) -> Guardianship:
    return world.once(_family)[1][relation]  # type: ignore[no-any-return]


def _limit(world: World) -> GuardianshipLimit:
    return world.once(_family)[2]  # type: ignore[no-any-return]


def _on(relation: str) -> Any:
    return lambda w: {"uuid": w.once(_family)[0].uuid, "which": _row(w, relation).uuid}


def _guardianship(relation: str) -> Any:
    return lambda w: {"uuid": _row(w, relation).uuid}


MAKES = (_family,)
REST = "/api/v1/guardianships/<uuid>/"
LIFT = "POST /api/v1/guardian-limits/<uuid>/lift"

ROUTES = {
    "students:guardian_new": Sample(pupil, also=SEE_PUPIL),
    "students:guardian_limit": Sample(_on("MOTHER"), also=SEE_PUPIL),
    "students:guardian_end": Sample(_on("MOTHER"), also=SEE_PUPIL),
    "students:guardian_restore": Sample(_on("GUARDIAN"), also=SEE_PUPIL),
    "students:guardian_up": Sample(_on("FATHER"), also=SEE_PUPIL),
    "students:limit_lift": Sample(
        lambda w: {"uuid": w.once(_family)[0].uuid, "which": _limit(w).uuid}, also=SEE_PUPIL
    ),
    "GET /api/v1/students/<uuid>/guardians": Sample(pupil, also=SEE_PUPIL),
    "POST /api/v1/students/<uuid>/guardians": Sample(pupil),
    "POST /api/v1/students/<uuid>/guardians/order": Sample(
        lambda w: {"uuid": w.once(_family)[0].uuid}
    ),
    f"POST {REST}limits": Sample(_guardianship("MOTHER")),
    f"POST {REST}end": Sample(_guardianship("MOTHER")),
    f"POST {REST}restore": Sample(_guardianship("GUARDIAN")),
    LIFT: Sample(lambda w: {"uuid": _limit(w).uuid}),
}

_LIMIT = {"kind": "NO_CONTACT", "paper": PAPER}
_ISO = TODAY.isoformat()

DEEDS = {
    "students:guardian_new": Deed(Guardianship, lambda _w: NEW),
    "students:guardian_limit": Deed(GuardianshipLimit, lambda _w: {**_LIMIT, "starts_on": DAY}),
    "students:guardian_end": Deed(Guardianship, lambda _w: {"on": DAY, "reason": "Hết giám hộ"}),
    "students:guardian_restore": Deed(Guardianship),
    "students:guardian_up": Deed(Guardianship),
    "students:limit_lift": Deed(GuardianshipLimit, lambda _w: {"on": DAY}),
    "POST /api/v1/students/<uuid>/guardians": Deed(Guardianship, lambda _w: NEW, 200),
    "POST /api/v1/students/<uuid>/guardians/order": Deed(
        Guardianship,
        lambda w: {"order": [str(_row(w, one).uuid) for one in ("FATHER", "MOTHER")]},
        200,
    ),
    f"POST {REST}limits": Deed(GuardianshipLimit, lambda _w: {**_LIMIT, "starts_on": _ISO}, 200),
    f"POST {REST}end": Deed(Guardianship, lambda _w: {"on": _ISO, "reason": "Hết giám hộ"}, 200),
    f"POST {REST}restore": Deed(Guardianship, status=200),
    LIFT: Deed(GuardianshipLimit, lambda _w: {"on": _ISO}, 200),
}

READS = {
    "limits of guardians": lambda w, actor: limits_of(
        actor=actor, student=w.once(_family)[0], on=TODAY
    ),
    "guardians of before": lambda w, actor: list(
        former_guardians_of(actor=actor, student=w.once(_family)[0], on=TODAY)
    ),
}

ACTS = {
    "add a guardian": lambda w, actor: add_guardian(
        actor=actor, student_uuid=w.cast.minh_anh.uuid, data=make_guardian_data("Hà An"), now=NOW
    ),
    "limit a guardian": lambda w, actor: limit_guardian(
        actor=actor,
        uuid=_row(w, "MOTHER").uuid,
        kind="NO_CONTACT",
        starts_on=TODAY,
        paper=PAPER,
        now=NOW,
    ),
    "lift a limit": lambda w, actor: lift_limit(
        actor=actor, uuid=_limit(w).uuid, on=TODAY, now=NOW
    ),
    "end a guardianship": lambda w, actor: end_guardianship(
        actor=actor, uuid=_row(w, "MOTHER").uuid, on=TODAY, reason="Hết giám hộ", now=NOW
    ),
    "restore a guardian": lambda w, actor: restore_guardian(
        actor=actor, uuid=_row(w, "GUARDIAN").uuid, now=NOW
    ),
    "order guardians": lambda w, actor: order_guardians(
        actor=actor,
        student_uuid=w.once(_family)[0].uuid,
        order=[_row(w, one).uuid for one in ("FATHER", "MOTHER")],
        now=NOW,
    ),
    "find a guardianship": lambda w, actor: get_guardianship_for(
        actor, _row(w, "MOTHER").uuid, RECORD_GUARDIANS
    ),
    "find a limit": lambda w, actor: get_limit_for(actor, _limit(w).uuid, RECORD_GUARDIANS),
}
