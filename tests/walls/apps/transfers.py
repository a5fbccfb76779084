"""Transfers: school A lets pupils go to a third school and receives from it; B is a stranger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.transfers import actions, selectors
from khuevan.registry.transfers.models import Transfer, TransferPaper
from tests.factories import NOW, TODAY
from tests.walls.shapes import DAY, Deed, Sample, code_a, pupil
from tests.walls.transfer_cases import (
    MAKES,
    WISH,
    asked_away,
    asked_here,
    child_case,
    decision,
    known,
    of,
    office,
    paper,
    released,
    side_of_case,
    third_school,
    to_place,
    to_receive,
    to_release,
)
from tests.walls.world import World

__all__ = ["MAKES"]

SEE = ("transfers.transfer:view",)
RECORD = ("transfers.transfer:record",)
PUPILS = ("students.student:record", "students.student:view")
SCHOOLS = ("schools.school:view", "schools.class:view")


STEPS = (*SEE, *PUPILS)

ROUTES: dict[str, Sample] = {
    "transfers:board": Sample(),
    "transfers:list": Sample(),
    "transfers:export": Sample(also=SEE),
    "transfers:case": Sample(of(asked_away)),
    "transfers:paper_file": Sample(of(paper)),
    "transfers:paper_remove": Sample(of(paper), also=SEE),
    "transfers:decision_file": Sample(of(decision)),
    "transfers:purpose": Sample(of(asked_away)),
    "transfers:accept": Sample(of(asked_here), also=SEE),
    "transfers:refuse": Sample(of(asked_here), also=SEE),
    "transfers:withdraw": Sample(of(asked_away), also=SEE),
    "transfers:withdraw_wish": Sample(of(child_case), also=SEE),
    "transfers:decide": Sample(side_of_case, also=SEE, at=office),
    "transfers:draft": Sample(side_of_case, also=SEE, at=office),
    "transfers:decided": Sample(also=SEE),
    "transfers:release": Sample(of(to_release), also=STEPS),
    "transfers:take_back": Sample(of(released), also=STEPS),
    "transfers:receive": Sample(of(to_receive), also=STEPS),
    "transfers:place": Sample(of(to_place), also=STEPS),
    "transfers:paper": Sample(of(asked_away), also=SEE),
    "transfers:leave": Sample(pupil, also=SEE),
    "transfers:wish": Sample(pupil, also=(*SEE, *RECORD)),
    "transfers:come": Sample(code_a, also=(*SEE, *SCHOOLS)),
    "transfers:from_outside": Sample(code_a, also=(*SEE, *SCHOOLS)),
    "GET /api/v1/transfers": Sample(),
    "GET /api/v1/transfers/<uuid>": Sample(of(asked_away)),
    "POST /api/v1/students/<uuid>/transfers": Sample(pupil, also=SEE),
    "POST /api/v1/students/<uuid>/transfer-wishes": Sample(pupil, also=(*SEE, *RECORD)),
    "POST /api/v1/transfers": Sample(also=(*SEE, *SCHOOLS)),
    "POST /api/v1/outside-transfers": Sample(also=(*SEE, *SCHOOLS)),
    "POST /api/v1/transfers/<uuid>/accept": Sample(of(asked_here), also=SEE),
    "POST /api/v1/transfers/<uuid>/refuse": Sample(of(asked_here), also=SEE),
    "POST /api/v1/transfers/<uuid>/withdraw": Sample(of(asked_away), also=SEE),
    "POST /api/v1/transfers/<uuid>/decisions/<side>": Sample(side_of_case, also=SEE, at=office),
    "POST /api/v1/transfer-papers/<uuid>/take-out": Sample(of(paper), also=SEE),
    "POST /api/v1/transfers/<uuid>/papers": Sample(of(asked_away), also=SEE),
    "POST /api/v1/transfers/<uuid>/release": Sample(of(to_release), also=STEPS),
    "POST /api/v1/transfers/<uuid>/take-back": Sample(of(released), also=STEPS),
    "POST /api/v1/transfers/<uuid>/receive": Sample(of(to_receive), also=STEPS),
    "POST /api/v1/transfers/<uuid>/place": Sample(of(to_place), also=STEPS),
}

REASON = {"reason": "Theo đơn của gia đình"}
ISO = TODAY.isoformat()
SIGNED = {
    "number": "15/QĐ",
    "signer": "Trần Văn Ký",
    "signer_position": "Chủ tịch",
    "signed_as": "HEAD",
}


def _leave(world: World) -> dict[str, Any]:
    return {"where": "INSIDE", "school": third_school(world).code, "moves_on": DAY, **REASON}


def _sought(world: World) -> dict[str, Any]:
    """Return a pupil of the third school as the parents' request names them."""
    student = world.once(known)
    return {
        "full_name": student.person.full_name,
        "birth_date": student.person.birth_date.isoformat(),
        "number": student.person.personal_number,
    }


def _newcomer() -> dict[str, Any]:
    return {"full_name": "Lò Văn Xa", "birth_date": "2015-04-01", "sex": "MALE", "grade": "6"}


def _placed(world: World) -> dict[str, Any]:
    return {"class_uuid": str(world.cast.class_6a.uuid), "on": ISO}


_OUTSIDE = {"school": "THCS Kim Đồng", "province": "Nghệ An"}

DEEDS: dict[str, Deed] = {
    "transfers:export": Deed(
        AuditEntry, lambda _w: {"purpose": "REPORT", "kind": "csv"}, status=200, is_own=True
    ),
    "transfers:paper_remove": Deed(TransferPaper),
    "transfers:accept": Deed(Transfer, lambda _w: {"note": ""}),
    "transfers:refuse": Deed(Transfer, lambda _w: REASON),
    "transfers:withdraw": Deed(Transfer, lambda _w: REASON),
    "transfers:withdraw_wish": Deed(Transfer, lambda _w: REASON),
    "transfers:decide": Deed(
        Transfer, lambda _w: {"is_granted": "0", "decided_on": DAY, **SIGNED, **REASON}
    ),
    "transfers:release": Deed(Transfer, lambda _w: {"on": DAY}),
    "transfers:take_back": Deed(Transfer, lambda _w: {"sure": "on"}),
    "transfers:receive": Deed(Transfer, lambda _w: {"on": DAY}),
    "transfers:place": Deed(Transfer, lambda w: {"room": w.cast.class_6a.uuid, "on": DAY}),
    "transfers:paper": Deed(TransferPaper, lambda _w: {"paper": "REQUEST"}),
    "transfers:leave": Deed(Transfer, _leave),
    "transfers:wish": Deed(Transfer, _leave),
    "transfers:come": Deed(
        Transfer,
        lambda w: {**_sought(w), "school": third_school(w).code, "moves_on": DAY, **REASON},
    ),
    "transfers:from_outside": Deed(
        Transfer,
        lambda _w: {
            **_newcomer(),
            "outside_school": "THCS Kim Đồng",
            "outside_province": "40",
            "moves_on": DAY,
            **REASON,
        },
    ),
    "POST /api/v1/students/<uuid>/transfers": Deed(
        Transfer,
        lambda w: {"to_school": third_school(w).code, "moves_on": ISO, **REASON},
        200,
    ),
    "POST /api/v1/students/<uuid>/transfer-wishes": Deed(
        Transfer,
        lambda w: {"to_school": third_school(w).code, "moves_on": ISO, **REASON},
        200,
    ),
    "POST /api/v1/transfers": Deed(
        Transfer,
        lambda w: {
            **_sought(w),
            "to_school": w.cast.school_a.code,
            "from_school": third_school(w).code,
            "moves_on": ISO,
            **REASON,
        },
        200,
    ),
    "POST /api/v1/outside-transfers": Deed(
        Transfer,
        lambda w: {
            **_newcomer(),
            "to_school": w.cast.school_a.code,
            "outside": _OUTSIDE,
            "moves_on": ISO,
            **REASON,
        },
        200,
    ),
    "POST /api/v1/transfers/<uuid>/accept": Deed(Transfer, lambda _w: {"note": ""}, 200),
    "POST /api/v1/transfers/<uuid>/refuse": Deed(Transfer, lambda _w: REASON, 200),
    "POST /api/v1/transfers/<uuid>/withdraw": Deed(Transfer, lambda _w: REASON, 200),
    "POST /api/v1/transfers/<uuid>/decisions/<side>": Deed(
        Transfer,
        lambda _w: {"is_granted": False, "decided_on": ISO, **SIGNED, **REASON},
        200,
    ),
    "POST /api/v1/transfer-papers/<uuid>/take-out": Deed(TransferPaper, status=200),
    "POST /api/v1/transfers/<uuid>/papers": Deed(
        TransferPaper, lambda _w: {"paper": "REQUEST"}, 200
    ),
    "POST /api/v1/transfers/<uuid>/release": Deed(Transfer, lambda _w: {"on": ISO}, 200),
    "POST /api/v1/transfers/<uuid>/take-back": Deed(Transfer, status=200),
    "POST /api/v1/transfers/<uuid>/receive": Deed(Transfer, lambda _w: {"on": ISO}, 200),
    "POST /api/v1/transfers/<uuid>/place": Deed(Transfer, _placed, 200),
}

READS: dict[str, Callable[[World, Actor], object]] = {
    "transfers": lambda w, actor: list(
        selectors.transfers(actor=actor).filter(pk=asked_away(w).pk)
    ),
    "transfers that wait": lambda w, actor: (
        asked_here(w),
        sum(map(sum, selectors.waiting(actor).values())),
    )[1],
    "decisions on a transfer": lambda w, actor: selectors.decisions_of(
        actor=actor, transfer=released(w)
    ),
    "papers of a transfer": lambda w, actor: selectors.papers_of(actor=actor, transfer=released(w)),
    "steps of a transfer": lambda w, actor: selectors.steps_of(actor=actor, transfer=released(w)),
    "what travels": lambda w, actor: selectors.travelling_of(actor=actor, transfer=released(w)),
}

ACTS: dict[str, Callable[[World, Actor], object]] = {
    "ask to leave": lambda w, actor: actions.ask_to_leave(
        actor=actor, student_uuid=w.cast.minh_anh.uuid, to=third_school(w), wish=WISH, now=NOW
    ),
    "ask from outside": lambda w, actor: actions.ask_from_outside(
        actor=actor,
        to_school=w.cast.school_a,
        outside=actions.Outside("THCS Kim Đồng", "Nghệ An"),
        newcomer=actions.Newcomer(
            "Lò Văn Xa", TODAY.replace(year=2015), "MALE", w.cast.class_6a.grade_level
        ),
        wish=WISH,
        now=NOW,
    ),
    "accept a pupil": lambda w, actor: actions.accept(
        actor=actor, uuid=asked_here(w).uuid, now=NOW
    ),
    "refuse a pupil": lambda w, actor: actions.refuse(
        actor=actor, uuid=asked_here(w).uuid, reason="Không", now=NOW
    ),
    "withdraw a transfer": lambda w, actor: actions.withdraw(
        actor=actor, uuid=asked_away(w).uuid, reason="Không", now=NOW
    ),
    "give a paper": lambda w, actor: actions.give_paper(
        actor=actor, uuid=asked_away(w).uuid, paper="REQUEST", now=NOW
    ),
    "take a paper out": lambda w, actor: actions.take_paper_out(
        actor=actor, paper_uuid=paper(w).uuid, now=NOW
    ),
    "release a pupil": lambda w, actor: actions.release(
        actor=actor, uuid=to_release(w).uuid, on=TODAY, now=NOW
    ),
    "take a release back": lambda w, actor: actions.take_back(
        actor=actor, uuid=released(w).uuid, now=NOW
    ),
    "receive a pupil": lambda w, actor: actions.receive(
        actor=actor, uuid=to_receive(w).uuid, on=TODAY, now=NOW
    ),
    "place a received pupil": lambda w, actor: actions.place(
        actor=actor, uuid=to_place(w).uuid, homeroom_class=w.cast.class_6a, on=TODAY, now=NOW
    ),
}
