"""Consents for programs: how it stands with each purpose; answers of families and on paper."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.registry.people import actions
from khuevan.registry.people.consents import standings
from khuevan.registry.people.permissions import GIVE_CONSENTS, RECORD_CONSENTS, VIEW_CONSENTS
from khuevan.registry.people.rest.persons import router
from khuevan.registry.people.selectors import get_person_for
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema

Key = Annotated[str, Field(max_length=20)]


class ConsentOut(Schema):
    """How it stands with a purpose: ALLOWED, MISSING or REFUSED, and who is still to answer."""

    purpose: str
    verdict: str
    missing: list[str]
    own: bool | None


class AnswerIn(StrictSchema):
    """A yes, a no, or the answer taken back."""

    purpose: Key
    answer: Literal["yes", "no", "withdraw"]


class PaperConsentIn(StrictSchema):
    """What somebody signed on paper."""

    purpose: Key
    given_by: UUID
    is_yes: bool
    paper: Annotated[str, Field(max_length=120)]


@router.get("/people/{uuid}/consents", permission=VIEW_CONSENTS, response=list[ConsentOut])
def list_consents(request: Request, uuid: UUID) -> list[ConsentOut]:
    """Return how it stands with every purpose for a person in reach."""
    return _standings(request.actor, uuid)


@router.post("/people/{uuid}/consents", permission=GIVE_CONSENTS, response=list[ConsentOut])
def give(request: Request, uuid: UUID, body: AnswerIn) -> list[ConsentOut]:
    """Answer for oneself or for a child one answers for, or take the answer back."""
    actor, now = request.actor, clock.now()
    if body.answer == "withdraw":
        actions.withdraw(actor=actor, uuid=uuid, purpose=body.purpose, now=now)
    else:
        is_yes = body.answer == "yes"
        actions.answer(actor=actor, uuid=uuid, purpose=body.purpose, is_yes=is_yes, now=now)
    return _standings(actor, uuid)


@router.post("/people/{uuid}/paper-consents", permission=RECORD_CONSENTS, response=list[ConsentOut])
def record_paper(request: Request, uuid: UUID, body: PaperConsentIn) -> list[ConsentOut]:
    """Record what somebody signed on paper."""
    actor = request.actor
    actions.record_paper(actor=actor, uuid=uuid, now=clock.now(), **body.dict())
    return _standings(actor, uuid)


def _standings(actor: Actor, uuid: UUID) -> list[ConsentOut]:
    person = get_person_for(actor, uuid, VIEW_CONSENTS)
    return [
        ConsentOut(
            purpose=one.purpose.key,
            verdict=one.decision.verdict.value,
            missing=[part.value for part in one.decision.missing],
            own=one.own.is_yes if one.own else None,
        )
        for one in standings(actor, person, actor.today)
    ]
