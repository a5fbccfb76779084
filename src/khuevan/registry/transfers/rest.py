"""Transfers of pupils for programs, and beside them those of staff: reading and every step."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import get_class_for, get_school_for, grade_levels
from khuevan.registry.students.api import EDIT_STUDENTS
from khuevan.registry.transfers import actions, facts, rest_staff, selectors
from khuevan.registry.transfers.documents import (
    CaseOut,
    ComeIn,
    DayIn,
    DecideIn,
    LeaveIn,
    NewcomerIn,
    NoteIn,
    PaperIn,
    PlaceIn,
    ReasonIn,
    ReceiveIn,
    State,
    TransferOut,
    TransferPage,
    values_of,
)
from khuevan.registry.transfers.errors import SchoolUnknown
from khuevan.registry.transfers.kinds import Paper
from khuevan.registry.transfers.permissions import (
    ASK_TRANSFER,
    DECIDE_TRANSFERS,
    RECORD_TRANSFERS,
    VIEW_TRANSFERS,
)
from khuevan.registry.transfers.rest_words import (
    PAGE_SIZE,
    decision_out,
    end_of,
    paper_out,
    router,
)
from khuevan.ui.tables import part_of

__all__ = ["rest_staff", "router"]


@router.get("/transfers", permission=VIEW_TRANSFERS, response=TransferPage)
def list_transfers(
    request: HttpRequest,
    state: State | None = None,
    waiting_for_us: bool = False,  # noqa: FBT001, FBT002 (a query parameter)
    after: str = "",
) -> TransferPage:
    """Return the transfers within reach, newest request first; those of a state, or to act on."""
    actor = _actor(request)
    rows: Any = selectors.transfers(actor=actor)
    if state is not None:
        rows = rows.filter(state=state)
    if waiting_for_us:
        rows = rows.filter(selectors.open_ones()).filter(selectors.waiting_for(actor))
    shown, more = part_of(rows, ("asked_on", "pk"), after, size=PAGE_SIZE)
    return TransferPage(items=[TransferOut.of(row) for row in shown], next=more)


@router.get("/transfers/{uuid}", permission=VIEW_TRANSFERS, response=CaseOut)
def get_transfer(request: HttpRequest, uuid: UUID) -> CaseOut:
    """Return one transfer with its decisions and what its file lacks."""
    return _case(request, uuid)


@router.post("/students/{uuid}/transfers", permission=RECORD_TRANSFERS, response=CaseOut)
def leave(request: HttpRequest, uuid: UUID, body: LeaveIn) -> CaseOut:
    """Ask for a pupil of one's school to go to another."""
    return _leave(request, uuid, body)


@router.post("/students/{uuid}/transfer-wishes", permission=ASK_TRANSFER, response=CaseOut)
def wish(request: HttpRequest, uuid: UUID, body: LeaveIn) -> CaseOut:
    """Ask, as a guardian, for one's child to go to another school."""
    return _leave(request, uuid, body)


@router.post("/transfers", permission=RECORD_TRANSFERS, response=CaseOut)
def come(request: HttpRequest, body: ComeIn) -> CaseOut:
    """Ask for a pupil of another school, whom name, birth date and number have to name."""
    actor = _actor(request)
    from_school = facts.school_by_code(body.from_school)
    if from_school is None:
        raise SchoolUnknown
    transfer = actions.ask_to_come(
        actor=actor,
        to_school=get_school_for(actor, body.to_school, RECORD_TRANSFERS),
        from_school=from_school,
        sought=actions.Sought(body.full_name, body.birth_date, body.number),
        wish=actions.Wish(body.moves_on, body.reason, grounds=body.grounds),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.post("/outside-transfers", permission=RECORD_TRANSFERS, response=CaseOut)
def from_outside(request: HttpRequest, body: NewcomerIn) -> CaseOut:
    """Open a case for a pupil from another province."""
    actor = _actor(request)
    school = get_school_for(actor, body.to_school, RECORD_TRANSFERS)
    grade = next((one for one in grade_levels() if one.code == body.grade), None)
    if grade is None:
        raise NotFound
    transfer = actions.ask_from_outside(
        actor=actor,
        to_school=school,
        outside=actions.Outside(body.outside.school, body.outside.province),
        newcomer=actions.Newcomer(
            body.full_name, body.birth_date, body.sex, grade, body.personal_number
        ),
        wish=actions.Wish(body.moves_on, body.reason),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.post("/transfers/{uuid}/accept", permission=RECORD_TRANSFERS, response=CaseOut)
def accept(request: HttpRequest, uuid: UUID, body: NoteIn) -> CaseOut:
    """Accept a pupil at the new school."""
    actions.accept(actor=_actor(request), uuid=uuid, note=body.note, now=clock.now())
    return _case(request, uuid)


@router.post("/transfers/{uuid}/refuse", permission=RECORD_TRANSFERS, response=CaseOut)
def refuse(request: HttpRequest, uuid: UUID, body: ReasonIn) -> CaseOut:
    """Refuse a pupil at the new school."""
    actions.refuse(actor=_actor(request), uuid=uuid, reason=body.reason, now=clock.now())
    return _case(request, uuid)


@router.post("/transfers/{uuid}/withdraw", permission=RECORD_TRANSFERS, response=CaseOut)
def withdraw(request: HttpRequest, uuid: UUID, body: ReasonIn) -> CaseOut:
    """Take a case back before the release, for the parents."""
    actions.withdraw(actor=_actor(request), uuid=uuid, reason=body.reason, now=clock.now())
    return _case(request, uuid)


@router.post("/transfers/{uuid}/decisions/{side}", permission=DECIDE_TRANSFERS, response=CaseOut)
def decide(
    request: HttpRequest, uuid: UUID, side: Literal["ORIGIN", "DESTINATION"], body: DecideIn
) -> CaseOut:
    """Write down what the office of the old or the new school decided."""
    actions.decide(actor=_actor(request), uuid=uuid, side=side, now=clock.now(), **body.dict())
    return _case(request, uuid)


@router.post("/transfers/{uuid}/papers", permission=RECORD_TRANSFERS, response=CaseOut)
def give_paper(request: HttpRequest, uuid: UUID, body: PaperIn) -> CaseOut:
    """Note that a paper was handed over."""
    if body.paper not in Paper.values:
        raise NotFound
    actions.give_paper(
        actor=_actor(request), uuid=uuid, paper=body.paper, note=body.note, now=clock.now()
    )
    return _case(request, uuid)


@router.post("/transfer-papers/{uuid}/take-out", permission=RECORD_TRANSFERS, response=CaseOut)
def take_paper_out(request: HttpRequest, uuid: UUID) -> CaseOut:
    """Take a paper out of a case that one's own school put in, before the release."""
    transfer = actions.take_paper_out(actor=_actor(request), paper_uuid=uuid, now=clock.now())
    return _case(request, transfer.uuid)


@router.post("/transfers/{uuid}/release", permission=RECORD_TRANSFERS, response=CaseOut)
def release(request: HttpRequest, uuid: UUID, body: DayIn) -> CaseOut:
    """Let a pupil go from a day on."""
    actions.release(actor=_actor(request), uuid=uuid, on=body.on, now=clock.now())
    return _case(request, uuid)


@router.post("/transfers/{uuid}/take-back", permission=RECORD_TRANSFERS, response=CaseOut)
def take_back(request: HttpRequest, uuid: UUID) -> CaseOut:
    """Take a release back while nobody has received the pupil."""
    actions.take_back(actor=_actor(request), uuid=uuid, now=clock.now())
    return _case(request, uuid)


@router.post("/transfers/{uuid}/receive", permission=RECORD_TRANSFERS, response=CaseOut)
def receive(request: HttpRequest, uuid: UUID, body: ReceiveIn) -> CaseOut:
    """Take a released pupil onto the roll, and into a class when given."""
    actor = _actor(request)
    room = get_class_for(actor, body.class_uuid, EDIT_STUDENTS) if body.class_uuid else None
    actions.receive(
        actor=actor,
        uuid=uuid,
        on=body.on,
        homeroom_class=room,
        is_sure=body.is_sure,
        plan=body.plan,
        now=clock.now(),
    )
    return _case(request, uuid)


@router.post("/transfers/{uuid}/place", permission=RECORD_TRANSFERS, response=CaseOut)
def place(request: HttpRequest, uuid: UUID, body: PlaceIn) -> CaseOut:
    """Give a received pupil a class."""
    actor = _actor(request)
    actions.place(
        actor=actor,
        uuid=uuid,
        homeroom_class=get_class_for(actor, body.class_uuid, EDIT_STUDENTS),
        on=body.on,
        is_sure=body.is_sure,
        now=clock.now(),
    )
    return _case(request, uuid)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _leave(request: HttpRequest, uuid: UUID, body: LeaveIn) -> CaseOut:
    transfer = actions.ask_to_leave(
        actor=_actor(request),
        student_uuid=uuid,
        to=end_of(body.to_school, body.outside),
        wish=actions.Wish(body.moves_on, body.reason, grounds=body.grounds),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


def _case(request: HttpRequest, uuid: UUID) -> CaseOut:
    actor = _actor(request)
    row = selectors.get_transfer_for(actor, uuid)
    decisions = selectors.decisions_of(actor=actor, transfer=row)
    standing = selectors.standing_of(actor, row, decisions)
    return CaseOut(
        **values_of(row, sees_record=standing.sees_travelling(row)),
        decisions=[decision_out(one) for one in decisions],
        missing_papers=actions.missing_papers(row),
        papers=[paper_out(one) for one in selectors.papers_of(actor=actor, transfer=row)],
    )
