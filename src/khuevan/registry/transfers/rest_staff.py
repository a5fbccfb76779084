"""Moves of staff for programs: reading, opening a case, every step of it."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import get_school_for
from khuevan.registry.transfers import actions, facts, selectors
from khuevan.registry.transfers.desks import STAFF
from khuevan.registry.transfers.documents import (
    DayIn,
    DecideIn,
    NoteIn,
    OwnMoveIn,
    PaperIn,
    ReasonIn,
    StaffCaseOut,
    StaffCasePage,
    StaffCaseState,
    StaffComeIn,
    StaffLeaveIn,
    StaffNewcomerIn,
    StaffWishIn,
)
from khuevan.registry.transfers.errors import SchoolUnknown
from khuevan.registry.transfers.forms.steps import papers_for
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.permissions import ASK_MOVE
from khuevan.registry.transfers.rest_words import (
    PAGE_SIZE,
    decision_out,
    end_of,
    paper_out,
    router,
)
from khuevan.ui.tables import part_of


@router.get("/staff-transfers", permission=STAFF.view, response=StaffCasePage)
def staff_transfers(
    request: HttpRequest,
    state: StaffCaseState | None = None,
    waiting_for_us: bool = False,  # noqa: FBT001, FBT002 (a query parameter)
    after: str = "",
) -> StaffCasePage:
    """Return the moves of staff within reach, newest first; those of a state, or to act on."""
    actor = _actor(request)
    rows: Any = selectors.transfers(actor=actor, desk=STAFF).select_related("staff_member")
    if state is not None:
        rows = rows.filter(state=state)
    if waiting_for_us:
        rows = rows.filter(selectors.open_ones()).filter(selectors.waiting_for(actor, STAFF))
    shown, more = part_of(rows, ("asked_on", "pk"), after, size=PAGE_SIZE)
    return StaffCasePage(items=[StaffCaseOut.of(row) for row in shown], next=more)


@router.get("/staff-transfers/{uuid}", permission=STAFF.view, response=StaffCaseOut)
def staff_transfer(request: HttpRequest, uuid: UUID) -> StaffCaseOut:
    """Return one move with its decisions and what its file lacks."""
    return _case(request, uuid)


@router.post("/staff/{uuid}/transfers", permission=STAFF.record, response=StaffCaseOut)
def staff_leave(request: HttpRequest, uuid: UUID, body: StaffLeaveIn) -> StaffCaseOut:
    """Ask for a colleague of one's school to move to another."""
    transfer = actions.ask_for_colleague(
        actor=_actor(request),
        member_uuid=uuid,
        to=end_of(body.to_school, body.outside),
        wish=_wish(body),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.post("/staff-transfers", permission=STAFF.record, response=StaffCaseOut)
def staff_come(request: HttpRequest, body: StaffComeIn) -> StaffCaseOut:
    """Ask for a colleague of another school, whom name, birth date and number have to name."""
    actor = _actor(request)
    from_school = facts.school_by_code(body.from_school)
    if from_school is None:
        raise SchoolUnknown
    transfer = actions.ask_for_colleague_of(
        actor=actor,
        to_school=get_school_for(actor, body.to_school, STAFF.record),
        from_school=from_school,
        sought=actions.Sought(body.full_name, body.birth_date, body.number),
        wish=_wish(body),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.post("/outside-staff-transfers", permission=STAFF.record, response=StaffCaseOut)
def staff_from_outside(request: HttpRequest, body: StaffNewcomerIn) -> StaffCaseOut:
    """Open a case for a colleague from another province."""
    actor = _actor(request)
    transfer = actions.ask_for_outsider(
        actor=actor,
        to_school=get_school_for(actor, body.to_school, STAFF.record),
        outside=actions.Outside(body.outside.school, body.outside.province),
        newcomer=actions.StaffNewcomer(
            body.full_name, body.birth_date, body.sex, body.personal_number
        ),
        wish=_wish(body),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.get("/own-transfers", permission=ASK_MOVE, response=StaffCasePage)
def own_moves(request: HttpRequest) -> StaffCasePage:
    """Return one's own moves, newest first."""
    rows = selectors.own_moves(actor=_actor(request)).select_related("staff_member")
    newest = rows.order_by("-asked_on", "-pk")[:PAGE_SIZE]
    return StaffCasePage(
        items=[StaffCaseOut.of(row) for row in newest],
        next="",
    )


@router.post("/own-transfers", permission=ASK_MOVE, response=StaffCaseOut)
def own_move(request: HttpRequest, body: OwnMoveIn) -> StaffCaseOut:
    """Ask to move to another school oneself."""
    transfer = actions.ask_to_move(
        actor=_actor(request),
        to=end_of(body.to_school, body.outside),
        wish=actions.StaffWish(body.moves_on, body.reason, position=body.position),
        now=clock.now(),
    )
    return _case(request, transfer.uuid, ASK_MOVE)


@router.post("/own-transfers/{uuid}/withdraw", permission=ASK_MOVE, response=StaffCaseOut)
def own_withdraw(request: HttpRequest, uuid: UUID, body: ReasonIn) -> StaffCaseOut:
    """Take one's own application back."""
    selectors.get_transfer_for(_actor(request), uuid, ASK_MOVE)
    actions.withdraw(actor=_actor(request), uuid=uuid, reason=body.reason, now=clock.now())
    return _case(request, uuid, ASK_MOVE)


@router.post("/staff-transfers/{uuid}/accept", permission=STAFF.record, response=StaffCaseOut)
def staff_accept(request: HttpRequest, uuid: UUID, body: NoteIn) -> StaffCaseOut:
    """Agree for one's school."""
    _door(request, uuid)
    actions.accept(actor=_actor(request), uuid=uuid, note=body.note, now=clock.now())
    return _case(request, uuid)


@router.post("/staff-transfers/{uuid}/refuse", permission=STAFF.record, response=StaffCaseOut)
def staff_refuse(request: HttpRequest, uuid: UUID, body: ReasonIn) -> StaffCaseOut:
    """Refuse for one's school."""
    _door(request, uuid)
    actions.refuse(actor=_actor(request), uuid=uuid, reason=body.reason, now=clock.now())
    return _case(request, uuid)


@router.post("/staff-transfers/{uuid}/withdraw", permission=STAFF.record, response=StaffCaseOut)
def staff_withdraw(request: HttpRequest, uuid: UUID, body: ReasonIn) -> StaffCaseOut:
    """Take a case back before the release."""
    _door(request, uuid)
    actions.withdraw(actor=_actor(request), uuid=uuid, reason=body.reason, now=clock.now())
    return _case(request, uuid)


@router.post(
    "/staff-transfers/{uuid}/decisions/{side}", permission=STAFF.decide, response=StaffCaseOut
)
def staff_decide(
    request: HttpRequest, uuid: UUID, side: Literal["ORIGIN", "DESTINATION"], body: DecideIn
) -> StaffCaseOut:
    """Write down what the competent office decided."""
    _door(request, uuid, STAFF.decide)
    actions.decide(actor=_actor(request), uuid=uuid, side=side, now=clock.now(), **body.dict())
    return _case(request, uuid)


@router.post("/staff-transfers/{uuid}/papers", permission=STAFF.record, response=StaffCaseOut)
def staff_paper(request: HttpRequest, uuid: UUID, body: PaperIn) -> StaffCaseOut:
    """Note that a paper was handed over."""
    _door(request, uuid)
    if body.paper not in dict(papers_for("STAFF")):
        raise NotFound
    actions.give_paper(
        actor=_actor(request), uuid=uuid, paper=body.paper, note=body.note, now=clock.now()
    )
    return _case(request, uuid)


@router.post(
    "/staff-transfer-papers/{uuid}/take-out", permission=STAFF.record, response=StaffCaseOut
)
def staff_paper_out(request: HttpRequest, uuid: UUID) -> StaffCaseOut:
    """Take a paper out of a case that one's own school put in, before the release."""
    transfer = actions.take_paper_out(
        actor=_actor(request), paper_uuid=uuid, desk=STAFF, now=clock.now()
    )
    return _case(request, transfer.uuid)


@router.post("/staff-transfers/{uuid}/release", permission=STAFF.record, response=StaffCaseOut)
def staff_release(request: HttpRequest, uuid: UUID, body: DayIn) -> StaffCaseOut:
    """Let a colleague go from a day on."""
    _door(request, uuid)
    actions.release(actor=_actor(request), uuid=uuid, on=body.on, now=clock.now())
    return _case(request, uuid)


@router.post("/staff-transfers/{uuid}/take-back", permission=STAFF.record, response=StaffCaseOut)
def staff_take_back(request: HttpRequest, uuid: UUID) -> StaffCaseOut:
    """Take a release back while nobody has received the colleague."""
    _door(request, uuid)
    actions.take_back(actor=_actor(request), uuid=uuid, now=clock.now())
    return _case(request, uuid)


@router.post("/staff-transfers/{uuid}/receive", permission=STAFF.record, response=StaffCaseOut)
def staff_receive(request: HttpRequest, uuid: UUID, body: DayIn) -> StaffCaseOut:
    """Take a released colleague in: the new position begins."""
    _door(request, uuid)
    actions.receive(actor=_actor(request), uuid=uuid, on=body.on, now=clock.now())
    return _case(request, uuid)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _door(request: HttpRequest, uuid: UUID, permission: Permission = STAFF.record) -> Transfer:
    """Return the case, or raise `NotFound`: a pupil's case has endpoints of its own."""
    return selectors.get_transfer_for(_actor(request), uuid, permission)


def _wish(body: StaffWishIn) -> actions.StaffWish:
    return actions.StaffWish(body.moves_on, body.reason, body.move, body.position, body.returns_on)


def _case(request: HttpRequest, uuid: UUID, permission: Permission = STAFF.view) -> StaffCaseOut:
    actor = _actor(request)
    row = selectors.get_transfer_for(actor, uuid, permission)
    decisions = selectors.decisions_of(actor=actor, transfer=row)
    return StaffCaseOut.of(
        row,
        decisions=[decision_out(one) for one in decisions],
        missing_papers=actions.missing_papers(row),
        papers=[paper_out(one) for one in selectors.papers_of(actor=actor, transfer=row)],
    )
