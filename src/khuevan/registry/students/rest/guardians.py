"""Who answers for a pupil, for programs: custody and contact by date, the order of contact."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import Field

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import stated_purpose
from khuevan.registry.students import actions
from khuevan.registry.students.data import GuardianData
from khuevan.registry.students.models import Guardianship, GuardianshipLimit
from khuevan.registry.students.permissions import RECORD_GUARDIANS, VIEW_GUARDIANS
from khuevan.registry.students.rest.words import ASKED, GuardianIn, Paper, Purpose, router
from khuevan.registry.students.selectors import (
    former_guardians_of,
    get_guardianship_for,
    get_limit_for,
    get_student_for,
    guardians_of,
    limits_of,
)
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema


class LimitOut(Schema):
    """Days on which a guardian has no custody, or may not be in contact, by which paper."""

    uuid: UUID
    kind: str
    paper: str
    starts_on: date
    ends_on: date | None


class GuardianOut(Schema):
    """Somebody who answers for the pupil, or did; from `ends_on` on no longer."""

    uuid: UUID
    relation: str
    full_name: str
    birth_year: int | None
    occupation: str
    phone: str
    on_behalf_of: str
    contact_order: int
    starts_on: date | None
    ends_on: date | None
    end_reason: str
    limits: list[LimitOut]

    @classmethod
    def of(cls, row: Guardianship, limits: list[GuardianshipLimit]) -> Self:
        """Return the document of a guardianship."""
        told = {name: getattr(row, name) for name in cls.model_fields if name != "limits"}
        return cls(**told, limits=[LimitOut.from_orm(one) for one in limits])


class NewGuardianIn(GuardianIn):
    """One more guardian; for an organization, the person who acts for it."""

    on_behalf_of: Paper = ""

    def data(self) -> GuardianData:
        """Return the plain value, without the organization."""
        return GuardianData(**self.dict(exclude={"on_behalf_of"}))


class OrderIn(StrictSchema):
    """All guardians of today, in the order in which they are called."""

    order: Annotated[list[UUID], Field(max_length=10)]


class LimitIn(StrictSchema):
    """From when on what is limited, by which paper."""

    kind: Literal["NO_CUSTODY", "NO_CONTACT"]
    starts_on: date
    ends_on: date | None = None
    paper: Paper


class LiftIn(StrictSchema):
    """The first day without the limit."""

    on: date
    paper: Paper = ""


class GuardianEndIn(StrictSchema):
    """The first day no longer a guardian, and why."""

    on: date
    reason: Paper
    paper: Paper = ""


@router.get(
    "/students/{uuid}/guardians",
    permission=VIEW_GUARDIANS,
    response=list[GuardianOut],
    openapi_extra={"responses": ASKED},
)
def list_guardians(request: Request, uuid: UUID, purpose: Purpose = "") -> list[GuardianOut]:
    """Return a pupil's guardians in the order of contact, then those of before."""
    actor = request.actor
    get_student_for(actor, uuid, VIEW_GUARDIANS)
    student, _standing = actions.open_record(
        actor=actor,
        uuid=uuid,
        what="family",
        now=clock.now(),
        purpose=purpose or stated_purpose(request, uuid),
    )
    is_own = student.person_id in actor.reach(VIEW_GUARDIANS, "person").ids
    on = actor.today
    limits = {} if is_own else limits_of(actor=actor, student=student, on=on)
    rows = list(guardians_of(actor=actor, student=student, on=on))
    if not is_own:
        rows += former_guardians_of(actor=actor, student=student, on=on)
    return [GuardianOut.of(row, limits.get(row.pk, [])) for row in rows]


@router.post("/students/{uuid}/guardians", permission=RECORD_GUARDIANS, response=GuardianOut)
def add_guardian(request: Request, uuid: UUID, body: NewGuardianIn) -> GuardianOut:
    """Let one more person answer for a pupil."""
    actor = request.actor
    row = actions.add_guardian(
        actor=actor,
        student_uuid=uuid,
        data=body.data(),
        on_behalf_of=body.on_behalf_of,
        now=clock.now(),
    )
    return _reread(actor, row.uuid)


@router.post(
    "/students/{uuid}/guardians/order", permission=RECORD_GUARDIANS, response=list[GuardianOut]
)
def order_guardians(request: Request, uuid: UUID, body: OrderIn) -> list[GuardianOut]:
    """Set whom the school calls first, second and so on; return them in that order."""
    actor = request.actor
    actions.order_guardians(actor=actor, student_uuid=uuid, order=body.order, now=clock.now())
    return [_reread(actor, one) for one in body.order]


@router.post("/guardianships/{uuid}/limits", permission=RECORD_GUARDIANS, response=GuardianOut)
def limit(request: Request, uuid: UUID, body: LimitIn) -> GuardianOut:
    """Write down that a guardian has no custody, or may not be in contact, on some days."""
    actor = request.actor
    actions.limit_guardian(actor=actor, uuid=uuid, now=clock.now(), **body.dict())
    return _reread(actor, uuid)


@router.post("/guardian-limits/{uuid}/lift", permission=RECORD_GUARDIANS, response=GuardianOut)
def lift(request: Request, uuid: UUID, body: LiftIn) -> GuardianOut:
    """Let a guardian answer for the pupil again."""
    actor = request.actor
    row = get_limit_for(actor, uuid, RECORD_GUARDIANS).guardianship
    actions.lift_limit(actor=actor, uuid=uuid, now=clock.now(), **body.dict())
    return _reread(actor, row.uuid)


@router.post("/guardianships/{uuid}/end", permission=RECORD_GUARDIANS, response=GuardianOut)
def end(request: Request, uuid: UUID, body: GuardianEndIn) -> GuardianOut:
    """End a guardianship on a day, for a reason."""
    actor = request.actor
    actions.end_guardianship(actor=actor, uuid=uuid, now=clock.now(), **body.dict())
    return _reread(actor, uuid)


@router.post("/guardianships/{uuid}/restore", permission=RECORD_GUARDIANS, response=GuardianOut)
def restore(request: Request, uuid: UUID) -> GuardianOut:
    """Take the end of a guardianship back."""
    actor = request.actor
    actions.restore_guardian(actor=actor, uuid=uuid, now=clock.now())
    return _reread(actor, uuid)


def _reread(actor: Actor, uuid: UUID) -> GuardianOut:
    row = get_guardianship_for(actor, uuid, RECORD_GUARDIANS)
    limits = limits_of(
        actor=actor, student=row.student, on=actor.today, permission=RECORD_GUARDIANS
    )
    return GuardianOut.of(row, limits.get(row.pk, []))
