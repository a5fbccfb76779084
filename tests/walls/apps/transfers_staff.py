"""Moves of staff: school A lets colleagues go to a third school and receives; B is a stranger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.organizations.api import Signed
from khuevan.registry.staff.api import StaffMember
from khuevan.registry.transfers import actions, selectors
from khuevan.registry.transfers.desks import STAFF
from khuevan.registry.transfers.models import Transfer, TransferDecision, TransferPaper
from tests.factories import EVERYTHING, NOW, TODAY, make_person, make_staff
from tests.signing import decide_all
from tests.walls.apps.transfers import SIGNED
from tests.walls.shapes import DAY, Deed, Sample, code_a
from tests.walls.transfer_cases import third
from tests.walls.world import World, uuid_of

SEE = ("staff.record:view",)
KEEP = ("staff.member:manage",)
SCHOOLS = ("schools.school:view",)
WISH = actions.StaffWish(moves_on=TODAY, reason="Hợp lý hóa gia đình")
NUMBER = "042185003377"
BORN = date(1985, 3, 4)
WHY = "a test names it"
REASON = {"reason": "Theo đơn đề nghị"}
BY_DIRECTOR = {**SIGNED, "signer_position": "Giám đốc"}
NEWCOMER = {"full_name": "Lò Văn Xa", "birth_date": "1988-04-01", "sex": "MALE"}


class Cases:
    """Cases of colleagues at each of their steps, made once a world."""

    def __init__(self) -> None:
        self.makes = (
            self._known, self._asked, self._here, self._to_decide, self._to_release,
            self._released, self._to_receive, self._paper, self._own, self._own_given,
        )  # fmt: skip

    def _colleague(self, school: Any) -> StaffMember:
        return make_staff(school=school, person=make_person("Vũ Văn Lực"))

    def _ask(self, old: Any, new: Any) -> Transfer:
        member = self._colleague(old)
        return actions.ask_for_colleague(
            actor=EVERYTHING, member_uuid=member.uuid, to=new, wish=WISH, now=NOW
        )

    def _known(self, world: World) -> Any:
        person = make_person("Vi Thị Sao", birth_date=BORN, personal_number=NUMBER)
        return make_staff(school=third(world).school, person=person)

    def _asked(self, world: World) -> Transfer:
        return self._ask(world.cast.school_a, third(world).school)

    def _here(self, world: World) -> Transfer:
        return self._ask(third(world).school, world.cast.school_a)

    def _agreed(self, case: Transfer) -> Transfer:
        actions.accept(actor=EVERYTHING, uuid=case.uuid, now=NOW)
        for rule, _side in actions.needed_papers(case):
            actions.give_paper(actor=EVERYTHING, uuid=case.uuid, paper=rule.paper, now=NOW)
        return case

    def _decided(self, case: Transfer) -> Transfer:
        decide_all(case, number="9/QĐ", upload=_scan())
        return case

    def _to_decide(self, world: World) -> Transfer:
        return self._agreed(self._asked(world))

    def _to_release(self, world: World) -> Transfer:
        return self._decided(self._to_decide(world))

    def _released(self, world: World) -> Transfer:
        case = self._to_release(world)
        return actions.release(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW)

    def _to_receive(self, world: World) -> Transfer:
        case = self._decided(self._agreed(self._here(world)))
        return actions.release(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW)

    def _paper(self, world: World) -> TransferPaper:
        case = world.once(self._asked)
        given = actions.give_paper(
            actor=EVERYTHING, uuid=case.uuid, paper="CONSENT_OLD", upload=_scan(), now=NOW
        )
        TransferPaper.objects.unscoped(because=WHY).filter(pk=given.pk).update(given_by="RELEASER")
        return given

    def _own(self, world: World) -> Transfer:
        """Return the case that Ms Lan asked for herself."""
        lan = StaffMember.objects.unscoped(because=WHY).get(person=world.cast.lan)
        case = actions.ask_for_colleague(
            actor=EVERYTHING,
            member_uuid=lan.uuid,
            to=third(world).school,
            wish=WISH,
            now=NOW,
        )
        Transfer.objects.unscoped(because=WHY).filter(pk=case.pk).update(
            asked_by="PERSON", consents=[]
        )
        return case

    def of(self, make: Callable[[World], Any]) -> Callable[[World], dict[str, Any]]:
        """Return the arguments of a route on what a function makes."""
        return lambda world: uuid_of(world.once(make))

    def _side(self, world: World) -> dict[str, Any]:
        return {**uuid_of(world.once(self._to_decide)), "side": "ORIGIN"}

    def _decision(self, world: World) -> dict[str, Any]:
        found = TransferDecision.objects.unscoped(because=WHY)
        return uuid_of(found.filter(transfer=world.once(self._released)).order_by("pk")[0])

    def _toan(self, world: World) -> dict[str, Any]:
        return uuid_of(StaffMember.objects.unscoped(because=WHY).get(person=world.cast.toan))

    def routes(self) -> dict[str, Sample]:
        """Return every route with its arguments."""
        own = lambda world: world.cast.lan  # noqa: E731  (who may open a case of her own)
        other = lambda world: world.cast.toan  # noqa: E731  (a colleague with no case yet)
        asked, here = self.of(self._asked), self.of(self._here)
        api = "/api/v1/staff-transfers/<uuid>"
        return {
            "transfers:staff_board": Sample(),
            "transfers:staff_list": Sample(),
            "transfers:staff_export": Sample(also=SEE),
            "transfers:staff_case": Sample(asked),
            "transfers:staff_paper_file": Sample(self.of(self._paper)),
            "transfers:staff_paper_remove": Sample(self.of(self._paper), also=SEE),
            "transfers:staff_decision_file": Sample(self._decision),
            "transfers:staff_purpose": Sample(asked),
            "transfers:staff_accept": Sample(here, also=SEE),
            "transfers:staff_refuse": Sample(here, also=SEE),
            "transfers:staff_withdraw": Sample(asked, also=SEE),
            "transfers:staff_decide": Sample(self._side, also=SEE, at_province=True),
            "transfers:staff_draft": Sample(self._side, also=SEE, at_province=True),
            "transfers:staff_decided": Sample(also=SEE),
            "transfers:staff_release": Sample(self.of(self._to_release), also=SEE),
            "transfers:staff_take_back": Sample(self.of(self._released), also=SEE),
            "transfers:staff_receive": Sample(self.of(self._to_receive), also=SEE),
            "transfers:staff_paper": Sample(asked, also=SEE),
            "transfers:staff_leave": Sample(self._toan, also=SEE),
            "transfers:staff_come": Sample(code_a, also=(*SEE, *SCHOOLS)),
            "transfers:staff_from_outside": Sample(code_a, also=(*SEE, *SCHOOLS)),
            "transfers:own": Sample(),
            "transfers:own_ask": Sample(own=other),
            "transfers:own_case": Sample(self.of(self._own), own=own),
            "transfers:own_withdraw": Sample(self.of(self._own), own=own),
            "transfers:own_paper_file": Sample(self.of(self._own_given), own=own),
            "transfers:own_decision_file": Sample(self._own_decision, own=own),
            "GET /api/v1/staff-transfers": Sample(),
            f"GET {api}": Sample(asked),
            "POST /api/v1/staff/<uuid>/transfers": Sample(self._toan, also=SEE),
            "POST /api/v1/staff-transfers": Sample(also=(*SEE, *SCHOOLS)),
            "POST /api/v1/outside-staff-transfers": Sample(also=(*SEE, *SCHOOLS)),
            "GET /api/v1/own-transfers": Sample(),
            "POST /api/v1/own-transfers": Sample(own=other),
            "POST /api/v1/own-transfers/<uuid>/withdraw": Sample(self.of(self._own), own=own),
            f"POST {api}/accept": Sample(here, also=SEE),
            f"POST {api}/refuse": Sample(here, also=SEE),
            f"POST {api}/withdraw": Sample(asked, also=SEE),
            f"POST {api}/decisions/<side>": Sample(self._side, also=SEE, at_province=True),
            f"POST {api}/papers": Sample(asked, also=SEE),
            "POST /api/v1/staff-transfer-papers/<uuid>/take-out": Sample(
                self.of(self._paper), also=SEE
            ),
            f"POST {api}/release": Sample(self.of(self._to_release), also=SEE),
            f"POST {api}/take-back": Sample(self.of(self._released), also=SEE),
            f"POST {api}/receive": Sample(self.of(self._to_receive), also=SEE),
        }

    def _own_given(self, world: World) -> TransferPaper:
        case = world.once(self._own)
        return actions.give_paper(
            actor=EVERYTHING, uuid=case.uuid, paper="CONSENT_OLD", upload=_scan(), now=NOW
        )

    def _own_decision(self, world: World) -> dict[str, Any]:
        case = world.once(self._own)
        TransferDecision.objects.unscoped(because=WHY).filter(transfer=case).update(
            file=world.once(self._paper).file
        )
        return uuid_of(TransferDecision.objects.unscoped(because=WHY).get(transfer=case))

    def _sought(self, world: World) -> dict[str, Any]:
        """Return the colleague of the third school as the application names them."""
        person = world.once(self._known).person
        born = person.birth_date.isoformat()
        return {"full_name": person.full_name, "birth_date": born, "number": NUMBER}

    def _to(self, world: World) -> str:
        return str(third(world).school.code)

    def page_deeds(self) -> dict[str, Deed]:
        """Return what is sent to pages where something happens."""
        post = {"position": "TEACHER", "moves_on": DAY, **REASON}
        away = {"outside_school": "THCS Kim Đồng", "outside_province": "40"}
        return {
            "transfers:staff_export": Deed(
                AuditEntry, lambda _w: {"purpose": "REPORT", "kind": "csv"}, status=200,
                is_own=True,
            ),
            "transfers:staff_paper_remove": Deed(TransferPaper),
            "transfers:staff_accept": Deed(Transfer, lambda _w: {"note": ""}),
            "transfers:staff_refuse": Deed(Transfer, lambda _w: REASON),
            "transfers:staff_withdraw": Deed(Transfer, lambda _w: REASON),
            "transfers:staff_decide": Deed(
                Transfer,
                lambda _w: {"is_granted": "0", "decided_on": DAY, **BY_DIRECTOR, **REASON},
            ),
            "transfers:staff_release": Deed(Transfer, lambda _w: {"on": DAY}),
            "transfers:staff_take_back": Deed(Transfer, lambda _w: {"sure": "on"}),
            "transfers:staff_receive": Deed(Transfer, lambda _w: {"on": DAY}),
            "transfers:staff_paper": Deed(TransferPaper, lambda _w: {"paper": "APPLICATION"}),
            "transfers:staff_leave": Deed(
                Transfer,
                lambda w: {"where": "INSIDE", "school": self._to(w), "move": "WISH", **post},
            ),
            "transfers:staff_come": Deed(
                Transfer,
                lambda w: {**self._sought(w), "school": self._to(w), "move": "WISH", **post},
            ),
            "transfers:staff_from_outside": Deed(
                Transfer, lambda w: {**NEWCOMER, **away, "move": "WISH", **post}
            ),
            "transfers:own_ask": Deed(
                Transfer, lambda w: {"where": "INSIDE", "school": self._to(w), **post}
            ),
            "transfers:own_withdraw": Deed(Transfer, lambda _w: REASON),
        }  # fmt: skip

    def rest_deeds(self) -> dict[str, Deed]:
        """Return what programs send where something happens."""
        iso, api = TODAY.isoformat(), "POST /api/v1/staff-transfers/<uuid>"
        sent = {"position": "TEACHER", "moves_on": iso, **REASON}
        outside = {"school": "THCS Kim Đồng", "province": "Nghệ An"}
        return {
            "POST /api/v1/staff/<uuid>/transfers": Deed(
                Transfer, lambda w: {"to_school": self._to(w), **sent}, 200
            ),
            "POST /api/v1/staff-transfers": Deed(
                Transfer,
                lambda w: {
                    **self._sought(w),
                    "to_school": w.cast.school_a.code,
                    "from_school": self._to(w),
                    **sent,
                },
                200,
            ),
            "POST /api/v1/outside-staff-transfers": Deed(
                Transfer,
                lambda w: {
                    **NEWCOMER, "to_school": w.cast.school_a.code, "outside": outside, **sent,
                },
                200,
            ),
            "POST /api/v1/own-transfers": Deed(
                Transfer, lambda w: {"to_school": self._to(w), **sent}, 200
            ),
            "POST /api/v1/own-transfers/<uuid>/withdraw": Deed(Transfer, lambda _w: REASON, 200),
            f"{api}/accept": Deed(Transfer, lambda _w: {"note": ""}, 200),
            f"{api}/refuse": Deed(Transfer, lambda _w: REASON, 200),
            f"{api}/withdraw": Deed(Transfer, lambda _w: REASON, 200),
            f"{api}/decisions/<side>": Deed(
                Transfer,
                lambda _w: {"is_granted": False, "decided_on": iso, **BY_DIRECTOR, **REASON},
                200,
            ),
            f"{api}/papers": Deed(TransferPaper, lambda _w: {"paper": "APPLICATION"}, 200),
            "POST /api/v1/staff-transfer-papers/<uuid>/take-out": Deed(TransferPaper, status=200),
            f"{api}/release": Deed(Transfer, lambda _w: {"on": iso}, 200),
            f"{api}/take-back": Deed(Transfer, status=200),
            f"{api}/receive": Deed(Transfer, lambda _w: {"on": iso}, 200),
        }  # fmt: skip

    def reads(self) -> dict[str, Callable[[World, Actor], object]]:
        """Return what another school must not read."""
        return {
            "moves of staff": lambda w, actor: list(
                selectors.transfers(actor=actor, desk=STAFF).filter(pk=w.once(self._asked).pk)
            ),
            "decisions on a move": lambda w, actor: selectors.decisions_of(
                actor=actor, transfer=w.once(self._released)
            ),
            "papers of a move": lambda w, actor: selectors.papers_of(
                actor=actor, transfer=w.once(self._released)
            ),
        }

    def acts(self) -> dict[str, Callable[[World, Actor], object]]:
        """Return what another school must not do."""
        return {
            "ask for a colleague": lambda w, actor: actions.ask_for_colleague(
                actor=actor,
                member_uuid=self._toan(w)["uuid"],
                to=third(w).school,
                wish=WISH,
                now=NOW,
            ),
            "agree to a move": lambda w, actor: actions.accept(
                actor=actor, uuid=w.once(self._here).uuid, now=NOW
            ),
            "decide a move": lambda w, actor: actions.decide(
                actor=actor,
                uuid=w.once(self._to_decide).uuid,
                side="ORIGIN",
                is_granted=True,
                signed=Signed("1/QĐ", TODAY, "Trần Văn Ký", "Giám đốc"),
                now=NOW,
            ),
            "release a colleague": lambda w, actor: actions.release(
                actor=actor, uuid=w.once(self._to_release).uuid, on=TODAY, now=NOW
            ),
            "receive a colleague": lambda w, actor: actions.receive(
                actor=actor, uuid=w.once(self._to_receive).uuid, on=TODAY, now=NOW
            ),
        }


def _scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("quyet-dinh.pdf", b"%PDF-1.4\n%%EOF\n")


_CASES = Cases()
MAKES = _CASES.makes
ROUTES = _CASES.routes()
DEEDS = _CASES.page_deeds() | _CASES.rest_deeds()
READS = _CASES.reads()
ACTS = _CASES.acts()
