"""Cases of pupils at each of their steps, made once a world, for the rows of the matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.platform.organizations.api import OrgUnit, manager_on
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.transfers import actions
from khuevan.registry.transfers.models import Transfer, TransferDecision, TransferPaper
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_school, make_student
from tests.signing import decide_all, open_decisions
from tests.walls.world import World, uuid_of

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


def side_of_case(world: World) -> dict[str, Any]:
    """Return the arguments of a route on what an office decides."""
    return {**uuid_of(to_decide(world)), "side": "ORIGIN"}


def office(world: World) -> OrgUnit:
    """Return the commune that decides for school A."""
    return OrgUnit.objects.get(code=manager_on(world.cast.school_a.pk, on=TODAY).unit.code)


def known(world: World) -> Any:
    """Make a pupil of the third school with a personal number."""
    return make_student(
        NAME, homeroom_class=third(world), sex="MALE", personal_number="042215000777"
    )


MAKES = (
    _third,
    known,
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
