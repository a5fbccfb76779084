"""People for programs: names, codes, contacts, addresses; read and written."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.accounts.api import Person
from khuevan.registry.people import actions
from khuevan.registry.people.life import code_shown, roles_of
from khuevan.registry.people.models import AddressKind
from khuevan.registry.people.permissions import (
    EDIT_PERSONS,
    SETTLE_DOUBTS,
    VIEW_DOUBTS,
    VIEW_PERSONS,
)
from khuevan.registry.people.rules import contradictions_of
from khuevan.registry.people.selectors import (
    addresses_of_person,
    codes_of,
    contacts_of,
    doubted,
    former_names_of,
    get_person_for,
    get_person_kept,
)
from khuevan.ui.formats import masked
from khuevan.ui.request import Request
from khuevan.ui.rest import Router, StrictSchema, Version
from khuevan.ui.tables import part_of

PAGE_SIZE = 100
Line = Annotated[str, Field(max_length=250)]

router = Router(tags=["people"])


class NameOut(Schema):
    """A name borne until a day."""

    full_name: str
    reason: str
    decision: str
    starts_on: date | None
    ends_on: date


class PersonCodeOut(Schema):
    """A code; the personal number, and what repeats it, with its middle hidden."""

    kind: str
    code: str
    issuer: str
    starts_on: date | None
    ends_on: date | None
    replaced_by: str


class PersonContactOut(Schema):
    """One way to reach somebody."""

    kind: str
    value: str
    note: str


class AddressOut(Schema):
    """An address with its commune, when one is known."""

    uuid: UUID
    kind: str
    detail: str
    original: str
    area_code: str
    area: str
    starts_on: date | None
    ends_on: date | None


class RoleOut(Schema):
    """Something the person is or was, in words."""

    role: str
    told: str


class PersonOut(Schema):
    """A person as far as the asker may know; the version is given back with a change."""

    uuid: UUID
    full_name: str
    sex: str
    birth_date: date | None
    nationality_code: str
    version: int
    former_names: list[NameOut]
    codes: list[PersonCodeOut]
    contacts: list[PersonContactOut]
    addresses: list[AddressOut]
    roles: list[RoleOut]


class NameIn(StrictSchema):
    """A new name by decision."""

    version: Version
    full_name: Annotated[str, Field(max_length=180)]
    on: date
    reason: Annotated[str, Field(max_length=200)]
    decision: Annotated[str, Field(max_length=120)] = ""


class ReplaceIn(StrictSchema):
    """What takes the place of a temporary code."""

    version: Version
    personal_number: Annotated[str, Field(max_length=20)] = ""
    moet_code: Annotated[str, Field(max_length=20)] = ""


class PassportIn(StrictSchema):
    """A foreigner's passport; the country by its code of the list of nationalities."""

    code: Annotated[str, Field(max_length=20)]
    country: Annotated[str, Field(max_length=2)]
    starts_on: date | None = None


class BackgroundIn(StrictSchema):
    """Nationality and religion by the codes of their lists; a religion not named stays."""

    version: Version
    nationality_code: Annotated[str, Field(max_length=2)]
    religion_code: Annotated[str, Field(max_length=2)] | None = None


class PersonContactIn(StrictSchema):
    """One way to reach somebody."""

    kind: Literal["MOBILE", "HOME_PHONE", "WORK_PHONE", "EMAIL"]
    value: Annotated[str, Field(max_length=254)]
    note: Annotated[str, Field(max_length=80)] = ""


class ContactsIn(StrictSchema):
    """All contacts in their order."""

    version: Version
    contacts: Annotated[list[PersonContactIn], Field(max_length=50)]


class AddressIn(StrictSchema):
    """Another address from a day on."""

    kind: Literal["BIRTHPLACE", "HOMETOWN", "PERMANENT", "CURRENT"]
    detail: Line = ""
    area_code: Annotated[str, Field(max_length=5)] = ""
    on: date


class ConvertIn(StrictSchema):
    """The commune of today, where the former one went into several."""

    area_code: Annotated[str, Field(max_length=5)] = ""


class NumberReviewIn(StrictSchema):
    """Why."""

    reason: Annotated[str, Field(max_length=200)]


class DoubtOut(Schema):
    """Somebody whose number contradicts the record."""

    uuid: UUID
    full_name: str
    personal_number_masked: str
    contradicts: list[str]


class DoubtPage(Schema):
    """A part of that list; `next` is given as `after` to get the following one."""

    items: list[DoubtOut]
    next: str


@router.get("/people/doubts", permission=VIEW_DOUBTS, response=DoubtPage)
def list_doubts(request: Request, after: str = "") -> DoubtPage:
    """Return the people in reach whose personal number contradicts the record, by name."""
    rows = doubted(request.actor)
    shown, more = part_of(rows, ("sort_key", "pk"), after, size=PAGE_SIZE)
    items = [
        DoubtOut(
            uuid=row.uuid,
            full_name=row.full_name,
            personal_number_masked=masked(row.personal_number),
            contradicts=[one.value for one in contradictions_of(row.number_doubts)],
        )
        for row in shown
    ]
    return DoubtPage(items=items, next=more)


@router.get("/people/{uuid}", permission=VIEW_PERSONS, response=PersonOut)
def get_person(request: Request, uuid: UUID) -> PersonOut:
    """Return a person in reach: names, codes, contacts, addresses, roles."""
    actor = request.actor
    person = get_person_for(actor, uuid)
    actions.note_opened(actor=actor, person=person, what="person", now=clock.now())
    return _out(actor, person)


@router.post("/people/{uuid}/names", permission=EDIT_PERSONS, response=PersonOut)
def change_name(request: Request, uuid: UUID, body: NameIn) -> PersonOut:
    """Give a person a new name by decision."""
    actor = request.actor
    actions.change_name(actor=actor, uuid=uuid, now=clock.now(), **body.dict())
    return _reread(actor, uuid)


@router.post("/people/{uuid}/temporary-code", permission=EDIT_PERSONS, response=PersonOut)
def issue_temporary(request: Request, uuid: UUID) -> PersonOut:
    """Issue a temporary code for whoever has no number yet."""
    actor = request.actor
    actions.issue_temporary_code(actor=actor, uuid=uuid, now=clock.now())
    return _reread(actor, uuid)


@router.post("/people/{uuid}/code", permission=EDIT_PERSONS, response=PersonOut)
def replace_temporary(request: Request, uuid: UUID, body: ReplaceIn) -> PersonOut:
    """Put the number or the ministry's code in the place of a temporary code."""
    actor = request.actor
    actions.replace_temporary_code(actor=actor, uuid=uuid, now=clock.now(), **body.dict())
    return _reread(actor, uuid)


@router.post("/people/{uuid}/passport", permission=EDIT_PERSONS, response=PersonOut)
def passport(request: Request, uuid: UUID, body: PassportIn) -> PersonOut:
    """Record a foreigner's passport."""
    actor = request.actor
    actions.add_passport(actor=actor, uuid=uuid, now=clock.now(), **body.dict())
    return _reread(actor, uuid)


@router.post("/people/{uuid}/background", permission=EDIT_PERSONS, response=PersonOut)
def background(request: Request, uuid: UUID, body: BackgroundIn) -> PersonOut:
    """Set nationality, and religion where a form of the state asks for it."""
    actor = request.actor
    actions.set_background(actor=actor, uuid=uuid, now=clock.now(), **body.dict())
    return _reread(actor, uuid)


@router.post("/people/{uuid}/contacts", permission=EDIT_PERSONS, response=PersonOut)
def contacts(request: Request, uuid: UUID, body: ContactsIn) -> PersonOut:
    """Set all contacts in the order in which to try them."""
    actor = request.actor
    told = [actions.ContactData(**one.dict()) for one in body.contacts]
    actions.set_contacts(
        actor=actor, uuid=uuid, version=body.version, contacts=told, now=clock.now()
    )
    return _reread(actor, uuid)


@router.post("/people/{uuid}/addresses", permission=EDIT_PERSONS, response=PersonOut)
def address(request: Request, uuid: UUID, body: AddressIn) -> PersonOut:
    """Record another address from a day on."""
    actor = request.actor
    told = {**body.dict(), "kind": AddressKind(body.kind)}
    actions.move_address(actor=actor, uuid=uuid, now=clock.now(), **told)
    return _reread(actor, uuid)


@router.post(
    "/people/{uuid}/addresses/{address}/convert", permission=EDIT_PERSONS, response=PersonOut
)
def convert(request: Request, uuid: UUID, address: UUID, body: ConvertIn) -> PersonOut:
    """Carry an address of a former commune over; refused with the choices if there are several."""
    actor = request.actor
    actions.convert_address(
        actor=actor, uuid=uuid, address=address, area_code=body.area_code, now=clock.now()
    )
    return _reread(actor, uuid)


@router.post("/people/{uuid}/number-review", permission=SETTLE_DOUBTS, response=NumberReviewIn)
def confirm(request: Request, uuid: UUID, body: NumberReviewIn) -> NumberReviewIn:
    """Confirm that a number is right as it stands."""
    actions.confirm_number(
        actor=request.actor,
        uuid=uuid,
        reason=body.reason,
        now=clock.now(),
    )
    return body


def _reread(actor: Actor, uuid: UUID) -> PersonOut:
    return _out(actor, get_person_kept(actor, uuid))


def _out(actor: Actor, person: Person) -> PersonOut:
    return PersonOut(
        uuid=person.uuid,
        full_name=person.full_name,
        sex=person.sex,
        birth_date=person.birth_date,
        nationality_code=person.nationality_code,
        version=person.version,
        former_names=[NameOut.from_orm(one) for one in former_names_of(actor, person)],
        codes=_codes(actor, person),
        contacts=[PersonContactOut.from_orm(one) for one in contacts_of(actor, person)],
        addresses=_addresses(actor, person),
        roles=[
            RoleOut(role=one["name"], told=one["text"])
            for one in roles_of(actor, person, actor.today)
        ],
    )


def _codes(actor: Actor, person: Person) -> list[PersonCodeOut]:
    lines = []
    for one in codes_of(actor, person, on=actor.today):
        told = PersonCodeOut.from_orm(one)
        told.code = code_shown(one)
        lines.append(told)
    return lines


def _addresses(actor: Actor, person: Person) -> list[AddressOut]:
    return [
        AddressOut(
            uuid=row.uuid,
            kind=row.kind,
            detail=row.detail,
            original=row.original,
            area_code=row.area.code if row.area else "",
            area=row.area.full_name if row.area else "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in addresses_of_person(actor, person)
    ]
