"""Decisions on schools by programs: closed, permitted to operate, put right, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Status
from pydantic import Field

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import SignedIn
from khuevan.registry.schools import actions
from khuevan.registry.schools.decisions import get_decision_for
from khuevan.registry.schools.errors import SchoolNotFound
from khuevan.registry.schools.permissions import DECIDE_SCHOOLS
from khuevan.registry.schools.rest.reading import SchoolDecisionOut, router
from khuevan.registry.schools.selectors import (
    get_known_school_for,
    get_open_school_for,
    get_school_for,
)
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema

Reason = Annotated[str, Field(min_length=1, max_length=160)]


class CloseSchoolIn(SignedIn):
    """The decision by which a school closes, its first day without it, who takes its registers."""

    on: date
    successor: str = ""


class PermitIn(SignedIn):
    """The permission to operate, and the first day it counts."""

    on: date


class DecisionCorrectionIn(SignedIn):
    """A decision as it should have been written down, and what was wrong."""

    reason: Reason


class DecisionWithdrawalIn(StrictSchema):
    """Why a decision is withdrawn."""

    reason: Reason


@router.post("/schools/{code}/close", permission=DECIDE_SCHOOLS, response={204: None})
def close_school(request: Request, code: str, body: CloseSchoolIn) -> Status[None]:
    """Close a school by a decision; refused while pupils, staff or classes remain."""
    actor = request.actor
    school = get_open_school_for(actor, code, DECIDE_SCHOOLS)
    successor = None
    if body.successor:
        try:
            successor = get_known_school_for(actor, body.successor)
        except NotFound as error:
            raise SchoolNotFound(code=body.successor) from error
    actions.close_school(
        actor=actor,
        school_id=school.pk,
        on=body.on,
        signed=body.signed(),
        successor=successor,
        now=clock.now(),
    )
    return Status(204, None)


@router.post(
    "/schools/{code}/permissions", permission=DECIDE_SCHOOLS, response={201: SchoolDecisionOut}
)
def permit_operation(request: Request, code: str, body: PermitIn) -> Status[SchoolDecisionOut]:
    """Write down by which decision a school may operate from a day on."""
    school = get_school_for(request.actor, code, DECIDE_SCHOOLS)
    written = actions.permit_operation(
        actor=request.actor, school_id=school.pk, on=body.on, signed=body.signed(), now=clock.now()
    )
    return Status(201, SchoolDecisionOut.from_orm(written))


@router.post(
    "/schools/{code}/decisions/{uuid}/corrections",
    permission=DECIDE_SCHOOLS,
    response=SchoolDecisionOut,
)
def correct_decision(
    request: Request, code: str, uuid: UUID, body: DecisionCorrectionIn
) -> SchoolDecisionOut:
    """Put right number, day or signature of a decision; what it brought stays."""
    get_decision_for(request.actor, uuid, code=code)
    one = actions.correct_decision(
        actor=request.actor,
        uuid=uuid,
        signed=body.signed(),
        reason=body.reason,
        now=clock.now(),
    )
    return SchoolDecisionOut.from_orm(one)


@router.post(
    "/schools/{code}/decisions/{uuid}/withdraw", permission=DECIDE_SCHOOLS, response={204: None}
)
def withdraw_decision(
    request: Request, code: str, uuid: UUID, body: DecisionWithdrawalIn
) -> Status[None]:
    """Withdraw a decision with what it brought; a founding before its day only."""
    get_decision_for(request.actor, uuid, code=code)
    actions.withdraw_decision(actor=request.actor, uuid=uuid, reason=body.reason, now=clock.now())
    return Status(204, None)
