"""Campuses, rooms and classes written by programs: the same actions as the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from ninja import Schema, Status
from pydantic import Field

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools import actions, places
from khuevan.registry.schools.models import (
    GradeLevel,
    RoomKind,
    Session,
)
from khuevan.registry.schools.permissions import (
    MANAGE_CAMPUSES,
    MANAGE_CLASSES,
    VIEW_SCHOOLS,
)
from khuevan.registry.schools.rest.reading import router
from khuevan.registry.schools.rest.writing import CloseIn
from khuevan.registry.schools.selectors import academic_year_on, get_class_for, get_school_for
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema


class CampusIn(StrictSchema):
    """A campus that opens."""

    name: str
    starts_on: date
    address: str = ""
    distance_km: Decimal | None = None
    phone: str = ""


class RoomIn(StrictSchema):
    """A room of a campus."""

    campus: UUID
    name: str
    starts_on: date
    kind: RoomKind = RoomKind.CLASSROOM
    subject: str = ""
    capacity: int | None = None
    classes_at_once: Annotated[int, Field(ge=1, le=20)] | None = None


class RoomOut(Schema):
    """A room and who sits in it."""

    uuid: UUID
    name: str
    kind: str
    subject: str
    capacity: int | None
    classes_at_once: int | None
    classes: list[UUID]


class CampusOut(Schema):
    """A campus with its rooms and classes today."""

    uuid: UUID
    name: str
    is_main: bool
    address: str
    distance_km: Decimal | None
    starts_on: date
    rooms: list[RoomOut]
    classes: list[UUID]

    @classmethod
    def of(cls, use: places.CampusUse) -> Self:
        """Return the document of a campus."""
        site = use.campus
        rooms = [
            RoomOut(
                uuid=one.room.uuid,
                name=one.room.name,
                kind=one.room.kind,
                subject=one.room.subject,
                capacity=one.room.capacity,
                classes_at_once=one.room.classes_at_once,
                classes=[room.uuid for room in one.classes],
            )
            for one in use.rooms
        ]
        return cls(
            uuid=site.uuid,
            name=site.name,
            is_main=site.is_main,
            address=site.address,
            distance_km=site.distance_km,
            starts_on=site.starts_on,
            rooms=rooms,
            classes=[room.uuid for room in use.classes],
        )


class ClassIn(StrictSchema):
    """A class of this school year."""

    name: str
    grade: str
    session: Session = Session.MORNING
    campus: UUID | None = None
    room: UUID | None = None
    further_grades: list[str] = []
    sessions_a_week: int | None = None
    is_inclusive: bool = False
    is_gifted: bool = False
    subject_combination: str = ""


class WrittenOut(Schema):
    """What was written, by its uuid."""

    uuid: UUID
    name: str


@router.get("/schools/{code}/campuses", permission=VIEW_SCHOOLS, response=list[CampusOut])
def list_campuses(request: Request, code: str) -> list[CampusOut]:
    """Return a school's campuses with rooms and classes today."""
    actor = request.actor
    school = get_school_for(actor, code)
    uses = places.campus_uses(actor=actor, school=school, on=actor.today)
    return [CampusOut.of(use) for use in uses]


@router.post("/schools/{code}/campuses", permission=MANAGE_CAMPUSES, response={201: WrittenOut})
def add_campus(request: Request, code: str, body: CampusIn) -> Status[WrittenOut]:
    """Open a satellite campus."""
    actor = request.actor
    school = get_school_for(actor, code, MANAGE_CAMPUSES)
    campus = actions.add_campus(
        actor=actor,
        school_id=school.pk,
        data=actions.CampusData(**body.dict(exclude={"starts_on"})),
        starts_on=body.starts_on,
        now=clock.now(),
    )
    return Status(201, WrittenOut.from_orm(campus))


@router.post("/campuses/{uuid}/close", permission=MANAGE_CAMPUSES, response=WrittenOut)
def close_campus(request: Request, uuid: UUID, body: CloseIn) -> WrittenOut:
    """Close a satellite campus with its rooms."""
    actor = request.actor
    closed = actions.close_campus(actor=actor, uuid=uuid, on=body.on, now=clock.now())
    return WrittenOut.from_orm(closed)


@router.post("/rooms", permission=MANAGE_CAMPUSES, response={201: WrittenOut})
def add_room(request: Request, body: RoomIn) -> Status[WrittenOut]:
    """Add a room to a campus."""
    actor = request.actor
    room = actions.add_room(
        actor=actor,
        campus_uuid=body.campus,
        data=actions.RoomData(**body.dict(exclude={"campus", "starts_on"})),
        starts_on=body.starts_on,
        now=clock.now(),
    )
    return Status(201, WrittenOut.from_orm(room))


@router.post("/rooms/{uuid}/close", permission=MANAGE_CAMPUSES, response=WrittenOut)
def close_room(request: Request, uuid: UUID, body: CloseIn) -> WrittenOut:
    """Take a room out of use."""
    actor = request.actor
    closed = actions.close_room(actor=actor, uuid=uuid, on=body.on, now=clock.now())
    return WrittenOut.from_orm(closed)


@router.post("/schools/{code}/classes", permission=MANAGE_CLASSES, response={201: WrittenOut})
def open_class(request: Request, code: str, body: ClassIn) -> Status[WrittenOut]:
    """Open a class for this school year."""
    actor = request.actor
    school = get_school_for(actor, code, MANAGE_CLASSES)
    year = academic_year_on(actor.today)
    if year is None:
        raise NotFound
    opened = actions.open_class(
        actor=actor,
        school_id=school.pk,
        academic_year=year,
        grade_level=_grade(body.grade),
        name=body.name,
        details=_details(body),
        now=clock.now(),
    )
    return Status(201, WrittenOut.from_orm(opened))


@router.post("/classes/{uuid}/details", permission=MANAGE_CLASSES, response=WrittenOut)
def edit_class(request: Request, uuid: UUID, body: ClassIn) -> WrittenOut:
    """Describe a class anew; its grade stays."""
    actor = request.actor
    changed = actions.edit_class(
        actor=actor, uuid=uuid, name=body.name, details=_details(body), now=clock.now()
    )
    return WrittenOut.from_orm(changed)


@router.post("/classes/{uuid}/close", permission=MANAGE_CLASSES, response=WrittenOut)
def close_class(request: Request, uuid: UUID, body: CloseIn) -> WrittenOut:
    """Close a class; refused while pupils sit in it."""
    actor = request.actor
    get_class_for(actor, uuid, MANAGE_CLASSES)
    closed = actions.close_class(actor=actor, uuid=uuid, on=body.on, now=clock.now())
    return WrittenOut.from_orm(closed)


def _grade(code: str) -> GradeLevel:
    found = GradeLevel.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def _details(body: ClassIn) -> actions.ClassDetails:
    said = body.dict(exclude={"name", "grade", "further_grades"})
    further = tuple(_grade(code) for code in body.further_grades)
    return actions.ClassDetails(**said, further_grades=further)
