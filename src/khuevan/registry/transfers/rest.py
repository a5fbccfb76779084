"""Transfers of pupils for programs: reading, opening a case, coming in; the steps beside it."""

from __future__ import annotations

from uuid import UUID

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import stated_purpose
from khuevan.registry.schools.api import get_class_for, grade_levels
from khuevan.registry.students.api import EDIT_STUDENTS
from khuevan.registry.transfers import actions, rest_staff, selectors
from khuevan.registry.transfers.desks import PUPILS
from khuevan.registry.transfers.documents import (
    CaseOut,
    ComeIn,
    GoIn,
    NewcomerIn,
    PlaceIn,
    Purpose,
    ReceiveIn,
    State,
    TransferOut,
    TransferPage,
    values_of,
)
from khuevan.registry.transfers.permissions import (
    ASK_TRANSFER,
    RECORD_TRANSFERS,
    VIEW_TRANSFERS,
)
from khuevan.registry.transfers.rest_steps import offer_steps
from khuevan.registry.transfers.rest_words import (
    actor_of,
    case_values,
    cases_page,
    comer_of,
    end_of,
    note_reading,
    old_school,
    outside_of,
    own_school,
    router,
    sought_of,
)
from khuevan.ui.request import Request

__all__ = ["rest_staff", "router"]


@router.get("/transfers", permission=VIEW_TRANSFERS, response=TransferPage)
def list_transfers(
    request: Request,
    state: State | None = None,
    waiting_for_us: bool = False,  # noqa: FBT001, FBT002 (a query parameter)
    after: str = "",
) -> TransferPage:
    """Return the transfers within reach, newest request first; those of a state, or to act on."""
    shown, more = cases_page(
        request, PUPILS, state=state, waiting_for_us=waiting_for_us, after=after
    )
    return TransferPage(items=[TransferOut.of(row) for row in shown], next=more)


@router.get("/transfers/{uuid}", permission=VIEW_TRANSFERS, response=CaseOut)
def get_transfer(request: Request, uuid: UUID, purpose: Purpose = "") -> CaseOut:
    """Return one transfer with its decisions and what its file lacks."""
    row = selectors.get_transfer_for(actor_of(request), uuid)
    note_reading(request, row, purpose or stated_purpose(request, uuid), clock.now())
    return _case(request, uuid)


@router.post("/students/{uuid}/transfers", permission=RECORD_TRANSFERS, response=CaseOut)
def leave(request: Request, uuid: UUID, body: GoIn) -> CaseOut:
    """Ask for a pupil of one's school to go to another."""
    return _leave(request, uuid, body)


@router.post("/students/{uuid}/transfer-wishes", permission=ASK_TRANSFER, response=CaseOut)
def wish(request: Request, uuid: UUID, body: GoIn) -> CaseOut:
    """Ask, as a guardian, for one's child to go to another school."""
    return _leave(request, uuid, body)


@router.post("/transfers", permission=RECORD_TRANSFERS, response=CaseOut)
def come(request: Request, body: ComeIn) -> CaseOut:
    """Ask for a pupil of another school, whom name, birth date and number have to name."""
    transfer = actions.ask_to_come(
        actor=actor_of(request),
        to_school=own_school(request, PUPILS, body.to_school),
        from_school=old_school(body),
        sought=sought_of(body),
        wish=actions.Wish(body.moves_on, body.reason, grounds=body.grounds),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.post("/outside-transfers", permission=RECORD_TRANSFERS, response=CaseOut)
def from_outside(request: Request, body: NewcomerIn) -> CaseOut:
    """Open a case for a pupil from another province."""
    school = own_school(request, PUPILS, body.to_school)
    grade = next((one for one in grade_levels() if one.code == body.grade), None)
    if grade is None:
        raise NotFound
    transfer = actions.ask_from_outside(
        actor=actor_of(request),
        to_school=school,
        outside=outside_of(body.outside),
        newcomer=actions.Newcomer(**comer_of(body), grade=grade),
        wish=actions.Wish(body.moves_on, body.reason),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.post("/transfers/{uuid}/receive", permission=RECORD_TRANSFERS, response=CaseOut)
def receive(request: Request, uuid: UUID, body: ReceiveIn) -> CaseOut:
    """Take a released pupil onto the roll, and into a class when given."""
    actor = actor_of(request)
    room = get_class_for(actor, body.class_uuid, EDIT_STUDENTS) if body.class_uuid else None
    actions.receive(
        actor=actor,
        uuid=uuid,
        on=body.on,
        homeroom_class=room,
        is_sure=body.is_sure,
        is_day_sure=body.is_day_sure,
        plan=body.plan,
        now=clock.now(),
    )
    return _case(request, uuid)


@router.post("/transfers/{uuid}/place", permission=RECORD_TRANSFERS, response=CaseOut)
def place(request: Request, uuid: UUID, body: PlaceIn) -> CaseOut:
    """Give a received pupil a class."""
    actor = actor_of(request)
    actions.place(
        actor=actor,
        uuid=uuid,
        homeroom_class=get_class_for(actor, body.class_uuid, EDIT_STUDENTS),
        on=body.on,
        is_sure=body.is_sure,
        now=clock.now(),
    )
    return _case(request, uuid)


def _leave(request: Request, uuid: UUID, body: GoIn) -> CaseOut:
    transfer = actions.ask_to_leave(
        actor=actor_of(request),
        student_uuid=uuid,
        to=end_of(body),
        wish=actions.Wish(body.moves_on, body.reason, grounds=body.grounds),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


def _case(request: Request, uuid: UUID) -> CaseOut:
    actor = actor_of(request)
    row = selectors.get_transfer_for(actor, uuid)
    standing = selectors.standing_of(actor, row, selectors.decisions_of(actor=actor, transfer=row))
    values = values_of(row, sees_record=standing.sees_travelling(row))
    return CaseOut(**values, **case_values(request, row))


offer_steps(PUPILS, response=CaseOut, show=_case)
