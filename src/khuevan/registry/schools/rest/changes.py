"""What is written down anew of a school for programs: its code, contact, campuses, rooms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Schema, Status
from pydantic import Field

from khuevan.kernel import clock
from khuevan.registry.schools import actions
from khuevan.registry.schools.models import RoomKind
from khuevan.registry.schools.permissions import CLOSE_DAYS, MANAGE_CAMPUSES, MANAGE_SCHOOLS
from khuevan.registry.schools.places import get_campus_for
from khuevan.registry.schools.rest.places import WrittenOut
from khuevan.registry.schools.rest.reading import router
from khuevan.registry.schools.rest.writing import Line, OpenedOut, Phone, Website
from khuevan.registry.schools.selectors import get_school_for
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema

Name = Annotated[str, Field(min_length=1, max_length=120)]


class CodeIn(StrictSchema):
    """Another code from a day on; the old one still finds the school."""

    code: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9.-]+$")]
    on: date
    decision: Annotated[str, Field(max_length=160)] = ""


class SchoolContactIn(StrictSchema):
    """How a school is reached; what is left out is emptied."""

    phone: Phone = ""
    website: Website = ""
    address: Line = ""


class SchoolContactOut(Schema):
    """How a school is reached."""

    code: str
    phone: str
    website: str
    address: str


class CampusChangeIn(StrictSchema):
    """A campus as it is called and where it stands."""

    name: Name
    address: Line = ""
    distance_km: Annotated[Decimal, Field(ge=0, lt=1000, decimal_places=1)] | None = None
    phone: Phone = ""


class RoomChangeIn(StrictSchema):
    """A room as it is called and used."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    kind: RoomKind = RoomKind.CLASSROOM
    subject: Annotated[str, Field(max_length=60)] = ""
    capacity: Annotated[int, Field(ge=1, le=2000)] | None = None
    classes_at_once: Annotated[int, Field(ge=1, le=20)] | None = None


@router.post("/schools/{code}/code", permission=MANAGE_SCHOOLS, response=OpenedOut)
def change_code(request: Request, code: str, body: CodeIn) -> OpenedOut:
    """Give a school another code from a day on."""
    actor = request.actor
    school = get_school_for(actor, code, MANAGE_SCHOOLS)
    changed = actions.change_code(actor=actor, school_id=school.pk, now=clock.now(), **body.dict())
    return OpenedOut(code=changed.code)


@router.post("/schools/{code}/contact", permission=MANAGE_CAMPUSES, response=SchoolContactOut)
def change_contact(request: Request, code: str, body: SchoolContactIn) -> SchoolContactOut:
    """Write down how a school is reached."""
    actor = request.actor
    school = get_school_for(actor, code, MANAGE_CAMPUSES)
    changed = actions.change_contact(
        actor=actor, school_id=school.pk, now=clock.now(), **body.dict()
    )
    return SchoolContactOut.from_orm(changed)


@router.post("/campuses/{uuid}/details", permission=MANAGE_CAMPUSES, response=WrittenOut)
def change_campus(request: Request, uuid: UUID, body: CampusChangeIn) -> WrittenOut:
    """Write down a campus's name, address or distance anew; its commune stays."""
    actor = request.actor
    area_id = get_campus_for(actor, uuid, MANAGE_CAMPUSES).area_id
    data = actions.CampusData(**body.dict(), area_id=area_id)
    changed = actions.change_campus(actor=actor, uuid=uuid, data=data, now=clock.now())
    return WrittenOut.from_orm(changed)


@router.post("/rooms/{uuid}/details", permission=MANAGE_CAMPUSES, response=WrittenOut)
def change_room(request: Request, uuid: UUID, body: RoomChangeIn) -> WrittenOut:
    """Write down a room's name, use or capacity anew."""
    data = actions.RoomData(**body.dict())
    changed = actions.change_room(
        actor=request.actor,
        uuid=uuid,
        data=data,
        now=clock.now(),
    )
    return WrittenOut.from_orm(changed)


@router.post("/closures/{uuid}/withdraw", permission=CLOSE_DAYS, response={204: None})
def withdraw_closure(request: Request, uuid: UUID) -> Status[None]:
    """Take a closure back: its days are taught as before."""
    actions.withdraw_closure(actor=request.actor, uuid=uuid, now=clock.now())
    return Status(204, None)
