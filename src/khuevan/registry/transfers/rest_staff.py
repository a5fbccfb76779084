"""Moves of staff for programs: reading, opening a case, one's own; the steps beside it."""

from __future__ import annotations

from uuid import UUID

from khuevan.kernel import clock
from khuevan.kernel.actor import Permission
from khuevan.platform.audit.api import stated_purpose
from khuevan.registry.transfers import actions, selectors
from khuevan.registry.transfers.desks import STAFF
from khuevan.registry.transfers.documents import (
    CaseReasonIn,
    OwnMoveIn,
    Purpose,
    StaffCaseOut,
    StaffCasePage,
    StaffCaseState,
    StaffComeIn,
    StaffGoIn,
    StaffNewcomerIn,
    StaffWishIn,
    WishedDayIn,
)
from khuevan.registry.transfers.permissions import ASK_MOVE
from khuevan.registry.transfers.rest_steps import door_of, offer_steps
from khuevan.registry.transfers.rest_words import (
    PAGE_SIZE,
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


@router.get("/staff-transfers", permission=STAFF.view, response=StaffCasePage)
def staff_transfers(
    request: Request,
    state: StaffCaseState | None = None,
    waiting_for_us: bool = False,  # noqa: FBT001, FBT002 (a query parameter)
    after: str = "",
) -> StaffCasePage:
    """Return the moves of staff within reach, newest first; those of a state, or to act on."""
    shown, more = cases_page(
        request, STAFF, state=state, waiting_for_us=waiting_for_us, after=after
    )
    return StaffCasePage(items=[StaffCaseOut.of(row) for row in shown], next=more)


@router.get("/staff-transfers/{uuid}", permission=STAFF.view, response=StaffCaseOut)
def staff_transfer(request: Request, uuid: UUID, purpose: Purpose = "") -> StaffCaseOut:
    """Return one move with its decisions and what its file lacks."""
    row = selectors.get_transfer_for(actor_of(request), uuid, STAFF.view)
    note_reading(request, row, purpose or stated_purpose(request, uuid), clock.now())
    return _case(request, uuid)


@router.post("/staff/{uuid}/transfers", permission=STAFF.record, response=StaffCaseOut)
def staff_leave(request: Request, uuid: UUID, body: StaffGoIn) -> StaffCaseOut:
    """Ask for a colleague of one's school to move to another."""
    transfer = actions.ask_for_colleague(
        actor=actor_of(request),
        member_uuid=uuid,
        to=end_of(body),
        wish=_wish(body),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.post("/staff-transfers", permission=STAFF.record, response=StaffCaseOut)
def staff_come(request: Request, body: StaffComeIn) -> StaffCaseOut:
    """Ask for a colleague of another school, whom name, birth date and number have to name."""
    transfer = actions.ask_for_colleague_of(
        actor=actor_of(request),
        to_school=own_school(request, STAFF, body.to_school),
        from_school=old_school(body),
        sought=sought_of(body),
        wish=_wish(body),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.post("/outside-staff-transfers", permission=STAFF.record, response=StaffCaseOut)
def staff_from_outside(request: Request, body: StaffNewcomerIn) -> StaffCaseOut:
    """Open a case for a colleague from another province."""
    transfer = actions.ask_for_outsider(
        actor=actor_of(request),
        to_school=own_school(request, STAFF, body.to_school),
        outside=outside_of(body.outside),
        newcomer=actions.StaffNewcomer(**comer_of(body)),
        wish=_wish(body),
        now=clock.now(),
    )
    return _case(request, transfer.uuid)


@router.get("/own-transfers", permission=ASK_MOVE, response=StaffCasePage)
def own_moves(request: Request) -> StaffCasePage:
    """Return one's own moves, newest first."""
    rows = selectors.own_moves(actor=actor_of(request)).select_related("staff_member")
    newest = rows.order_by("-asked_on", "-pk")[:PAGE_SIZE]
    return StaffCasePage(items=[StaffCaseOut.of(row) for row in newest], next="")


@router.post("/own-transfers", permission=ASK_MOVE, response=StaffCaseOut)
def own_move(request: Request, body: OwnMoveIn) -> StaffCaseOut:
    """Ask to move to another school oneself."""
    transfer = actions.ask_to_move(
        actor=actor_of(request),
        to=end_of(body),
        wish=actions.StaffWish(body.moves_on, body.reason, position=body.position),
        now=clock.now(),
    )
    return _case(request, transfer.uuid, ASK_MOVE)


@router.post("/own-transfers/{uuid}/withdraw", permission=ASK_MOVE, response=StaffCaseOut)
def own_withdraw(request: Request, uuid: UUID, body: CaseReasonIn) -> StaffCaseOut:
    """Take one's own application back."""
    actor = actor_of(request)
    door_of(actor, uuid, ASK_MOVE)
    actions.withdraw(actor=actor, uuid=uuid, reason=body.reason, now=clock.now())
    return _case(request, uuid, ASK_MOVE)


@router.post("/staff-transfers/{uuid}/receive", permission=STAFF.record, response=StaffCaseOut)
def staff_receive(request: Request, uuid: UUID, body: WishedDayIn) -> StaffCaseOut:
    """Take a released colleague in: the new position begins."""
    actor = actor_of(request)
    door_of(actor, uuid, STAFF.record)
    actions.receive(
        actor=actor, uuid=uuid, on=body.on, is_day_sure=body.is_day_sure, now=clock.now()
    )
    return _case(request, uuid)


def _wish(body: StaffWishIn) -> actions.StaffWish:
    return actions.StaffWish(body.moves_on, body.reason, body.move, body.position, body.returns_on)


def _case(request: Request, uuid: UUID, permission: Permission = STAFF.view) -> StaffCaseOut:
    row = selectors.get_transfer_for(actor_of(request), uuid, permission)
    return StaffCaseOut.of(row, **case_values(request, row))


offer_steps(STAFF, response=StaffCaseOut, show=_case)
