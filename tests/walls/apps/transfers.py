"""Transfers: school A lets pupils go to a third school and receives from it; B is a stranger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.organizations.api import OrgUnit, manager_on
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.transfers import actions, selectors
from khuevan.registry.transfers.models import Transfer, TransferDecision, TransferPaper
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_school, make_student
from tests.signing import decide_all, open_decisions
from tests.walls.shapes import DAY, Deed, Sample, code_a, pupil
from tests.walls.world import World, uuid_of

SEE = ("transfers.transfer:view",)
RECORD = ("transfers.transfer:record",)
PUPILS = ("students.student:record", "students.student:view")
SCHOOLS = ("schools.school:view", "schools.class:view")
WISH = actions.Wish(moves_on=TODAY, reason="Gia đình chuyển nơi ở")
NAME = "Vũ Gia Bảo"


def third(world: World) -> HomeroomClass:
    """Return a class of a third school, under a commune of its own."""
    found: HomeroomClass = world.once(_third)
    return found


def _third(_world: World) -> HomeroomClass:
    school = make_school("Trường THCS Bình Lộc", code="42000503")
    return make_class("6C", school=school)


def third_school(world: World) -> School:
    """Return that school."""
    return third(world).school


def _pupil_of(room: HomeroomClass) -> Any:
    return make_student(NAME, homeroom_class=room, sex="MALE", personal_number=None)


def _going(world: World) -> Transfer:
    """Return a case of a pupil of school A who goes there."""
    return actions.ask_to_leave(
        actor=EVERYTHING,
        student_uuid=_pupil_of(world.cast.class_6b).uuid,
        to=third_school(world),
        wish=WISH,
        now=NOW,
    )


def _coming(world: World) -> Transfer:
    """Return a case of a pupil of the third school who comes to school A."""
    return actions.ask_to_leave(
        actor=EVERYTHING,
        student_uuid=_pupil_of(third(world)).uuid,
        to=world.cast.school_a,
        wish=WISH,
        now=NOW,
    )


def _ready(transfer: Transfer) -> Transfer:
    """Return a case accepted, decided and with all papers."""
    actions.accept(actor=EVERYTHING, uuid=transfer.uuid, now=NOW)
    for one in open_decisions(transfer):
        decide_all(transfer, side=one.side, upload=_scan())
    for rule, _side in actions.needed_papers(transfer):
        actions.give_paper(actor=EVERYTHING, uuid=transfer.uuid, paper=rule.paper, now=NOW)
    return transfer


def _scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("don.pdf", b"%PDF-1.4\n%%EOF\n")


def asked_away(world: World) -> Transfer:
    """Return a case that waits for the third school."""
    return world.once(_asked_away)  # type: ignore[no-any-return]


def _asked_away(world: World) -> Transfer:
    return _going(world)


def asked_here(world: World) -> Transfer:
    """Return a case that waits for school A's answer."""
    return world.once(_asked_here)  # type: ignore[no-any-return]


def _asked_here(world: World) -> Transfer:
    return _coming(world)


def to_decide(world: World) -> Transfer:
    """Return a case that waits for the office of school A."""
    return world.once(_to_decide)  # type: ignore[no-any-return]


def _to_decide(world: World) -> Transfer:
    return actions.accept(actor=EVERYTHING, uuid=_going(world).uuid, now=NOW)


def to_release(world: World) -> Transfer:
    """Return a case that school A releases next."""
    return world.once(_to_release)  # type: ignore[no-any-return]


def _to_release(world: World) -> Transfer:
    return _ready(_going(world))


def released(world: World) -> Transfer:
    """Return a case that school A has released."""
    return world.once(_released)  # type: ignore[no-any-return]


def _released(world: World) -> Transfer:
    case = _ready(_going(world))
    return actions.release(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW)


def to_receive(world: World) -> Transfer:
    """Return a case that school A receives next."""
    return world.once(_to_receive)  # type: ignore[no-any-return]


def _to_receive(world: World) -> Transfer:
    case = _ready(_coming(world))
    return actions.release(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW)


def to_place(world: World) -> Transfer:
    """Return a case of a pupil on school A's roll without a class."""
    return world.once(_to_place)  # type: ignore[no-any-return]


def _to_place(world: World) -> Transfer:
    case = _ready(_coming(world))
    actions.release(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW)
    return actions.receive(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW)


def paper(world: World) -> TransferPaper:
    """Return a scan that school A has given."""
    return world.once(_paper)  # type: ignore[no-any-return]


def _paper(world: World) -> TransferPaper:
    case = asked_away(world)
    given = actions.give_paper(
        actor=EVERYTHING, uuid=case.uuid, paper="REPORT_CARD", upload=_scan(), now=NOW
    )
    TransferPaper.objects.unscoped(because="a test says who gave it").filter(pk=given.pk).update(
        given_by="RELEASER"
    )
    return given


def decision(world: World) -> TransferDecision:
    """Return a decision with its document."""
    rows = TransferDecision.objects.unscoped(because="a test names it")
    return rows.filter(transfer=released(world)).order_by("pk")[0]


def child_case(world: World) -> Transfer:
    """Return a case that a pupil's mother asked for."""
    return world.once(_child_case)  # type: ignore[no-any-return]


def _child_case(world: World) -> Transfer:
    case = _going(world)
    Transfer.objects.unscoped(because="a test says who asked").filter(pk=case.pk).update(
        asked_by="FAMILY"
    )
    return case


def of(make: Callable[[World], Any]) -> Callable[[World], dict[str, Any]]:
    """Return the arguments of a route on what a function makes."""
    return lambda world: uuid_of(make(world))


def _side(world: World) -> dict[str, Any]:
    return {**uuid_of(to_decide(world)), "side": "ORIGIN"}


def office(world: World) -> OrgUnit:
    """Return the commune that decides for school A."""
    return OrgUnit.objects.get(code=manager_on(world.cast.school_a.pk, on=TODAY).unit.code)


def _known(world: World) -> Any:
    return make_student(
        NAME, homeroom_class=third(world), sex="MALE", personal_number="042215000777"
    )


STEPS = (*SEE, *PUPILS)

MAKES = (
    _third,
    _known,
    _asked_away,
    _asked_here,
    _to_decide,
    _to_release,
    _released,
    _to_receive,
    _to_place,
    _paper,
    _child_case,
)

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
    "transfers:decide": Sample(_side, also=SEE, at=office),
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
    "POST /api/v1/transfers/<uuid>/decisions/<side>": Sample(_side, also=SEE, at=office),
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
    "number": "15/UBND",
    "signer": "Trần Văn Ký",
    "signer_position": "Chủ tịch",
    "signed_as": "HEAD",
}


def _leave(world: World) -> dict[str, Any]:
    return {"where": "INSIDE", "school": third_school(world).code, "moves_on": DAY, **REASON}


def _sought(world: World) -> dict[str, Any]:
    """Return a pupil of the third school as the parents' request names them."""
    student = world.once(_known)
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
            "outside_province": "Nghệ An",
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
