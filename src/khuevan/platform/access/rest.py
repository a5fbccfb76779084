"""Grants for programs: the same selectors, actions and refusals as the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Self
from uuid import UUID

from ninja import Schema, Status

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions
from khuevan.platform.access.actions.grants import Place
from khuevan.platform.access.anchors import NamedAnchor, choices
from khuevan.platform.access.models import Grant
from khuevan.platform.access.permissions import GIVE_GRANTS, VIEW_GRANTS
from khuevan.platform.access.selectors import (
    class_names,
    get_grant_for,
    get_person_for,
    grants,
    role_named,
)
from khuevan.platform.organizations.api import unit_by_code
from khuevan.ui.request import Request
from khuevan.ui.rest import Router, StrictSchema

PAGE_SIZE = 100

router = Router(tags=["grants"])


class GrantOut(Schema):
    """A role somebody holds. `ends_on` is the first day on which it no longer holds."""

    uuid: UUID
    person: UUID
    person_name: str
    role: str
    unit_code: str | None
    class_uuid: UUID | None
    source: str
    starts_on: date
    ends_on: date | None
    reason: str

    @classmethod
    def of(cls, grant: Grant, classes: Mapping[int, NamedAnchor]) -> Self:
        """Return the document of a grant; `classes` names those that grants are anchored on."""
        room = classes.get(grant.anchor_class_id) if grant.anchor_class_id else None
        unit = grant.anchor_unit or grant.home_unit
        return cls(
            uuid=grant.uuid,
            person=grant.person.uuid,
            person_name=grant.person.full_name,
            role=grant.role.code,
            unit_code=unit.code if unit else None,
            class_uuid=room.uuid if room else None,
            source=grant.source,
            starts_on=grant.starts_on,
            ends_on=grant.ends_on,
            reason=grant.reason,
        )


class GrantPage(Schema):
    """A page of grants, newest first; `next` is given as `after` to get the following one."""

    items: list[GrantOut]
    next: UUID | None


class GrantIn(StrictSchema):
    """A role to give."""

    person: UUID
    role: str
    unit_code: str
    class_uuid: UUID | None = None
    starts_on: date
    ends_on: date | None = None
    reason: str


class GrantEndIn(StrictSchema):
    """Why a role ends."""

    reason: str


@router.get("/grants", permission=VIEW_GRANTS, response=GrantPage)
def list_grants(
    request: Request, after: UUID | None = None, person: UUID | None = None
) -> GrantPage:
    """Return the grants in force within reach, newest first."""
    actor = request.actor
    rows = grants(actor=actor)
    if person is not None:
        rows = rows.filter(person__uuid=person)
    if after is not None:
        rows = rows.filter(pk__lt=get_grant_for(actor, after, VIEW_GRANTS).pk)
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    more = len(found) > PAGE_SIZE
    classes = class_names(shown)
    return GrantPage(
        items=[GrantOut.of(grant, classes) for grant in shown],
        next=shown[-1].uuid if more else None,
    )


@router.post("/grants", permission=GIVE_GRANTS, response={201: GrantOut})
def give_grant(request: Request, body: GrantIn) -> Status[GrantOut]:
    """Give a person a role on a unit or class."""
    actor = request.actor
    unit = unit_by_code(body.unit_code)
    grant = actions.give_grant(
        actor=actor,
        person=get_person_for(actor, body.person, GIVE_GRANTS),
        role=role_named(body.role),
        place=Place(unit.pk, _class_id(actor, unit.pk, body.class_uuid)),
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        reason=body.reason,
        now=clock.now(),
    )
    return Status(201, _out(grant))


@router.post("/grants/{uuid}/end", permission=GIVE_GRANTS, response=GrantOut)
def end_grant(request: Request, uuid: UUID, body: GrantEndIn) -> GrantOut:
    """End a role that was given by hand."""
    actor = request.actor
    grant = get_grant_for(actor, uuid, GIVE_GRANTS)
    actions.end_grant(actor=actor, grant=grant, reason=body.reason, now=clock.now())
    return _out(get_grant_for(actor, uuid, GIVE_GRANTS))


def _out(grant: Grant) -> GrantOut:
    return GrantOut.of(grant, class_names([grant]))


def _class_id(actor: Actor, unit_id: int, uuid: UUID | None) -> int | None:
    """Return the number of a class of the unit that the actor sees, or raise `NotFound`."""
    if uuid is None:
        return None
    found = next((one for one in choices("class", actor, unit_id) if one.uuid == uuid), None)
    if found is None:
        raise NotFound
    return found.id
