"""What is put right of somebody's training for programs, and the number shown on request."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ninja import Schema, Status

from khuevan.kernel import clock
from khuevan.registry.staff import actions
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.rest.people import SubjectOut
from khuevan.registry.staff.rest.words import router
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema


class SubjectEndIn(StrictSchema):
    """The first day on which a subject no longer stands."""

    on: date


class MemberSensitiveOut(Schema):
    """What is shown only on request, and the request is kept."""

    uuid: UUID
    personal_number: str


@router.post("/staff-subjects/{uuid}/end", permission=MANAGE_STAFF, response=SubjectOut)
def end_subject(request: Request, uuid: UUID, body: SubjectEndIn) -> SubjectOut:
    """Keep that a subject no longer stands from a day on."""
    actor = request.actor
    row = actions.end_subject(actor=actor, uuid=uuid, on=body.on, now=clock.now())
    return SubjectOut.from_orm(row)


@router.post("/qualifications/{uuid}/withdraw", permission=MANAGE_STAFF, response={204: None})
def withdraw_qualification(request: Request, uuid: UUID) -> Status[None]:
    """Keep that a degree or certificate was recorded wrongly or no longer counts."""
    actions.withdraw_qualification(actor=request.actor, uuid=uuid, now=clock.now())
    return Status(204, None)


@router.post(
    "/staff/{uuid}/sensitive",
    permission=MANAGE_STAFF,
    response=MemberSensitiveOut,
    keeps_answer=False,
)
def show_number(request: Request, uuid: UUID) -> MemberSensitiveOut:
    """Return the personal number that is masked elsewhere; that it was asked for is kept."""
    member = actions.unmask(actor=request.actor, uuid=uuid, now=clock.now())
    return MemberSensitiveOut(uuid=member.uuid, personal_number=member.person.personal_number or "")
