"""Schools and classes for programs: the same selectors and doors as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self
from uuid import UUID

from ninja import Schema

from khuevan.registry.schools import selectors
from khuevan.registry.schools.decisions import school_decisions
from khuevan.registry.schools.permissions import VIEW_CLASSES, VIEW_SCHOOLS
from khuevan.ui.request import Request
from khuevan.ui.rest import Router
from khuevan.ui.tables import part_of

PAGE_SIZE = 100

State = Literal["open", "coming", "closed"]
READ = {
    "open": selectors.schools,
    "coming": selectors.coming_schools,
    "closed": selectors.closed_schools,
}

router = Router(tags=["schools"])


class SchoolOut(Schema):
    """A school as it is called and placed today."""

    code: str
    name: str
    short_name: str
    school_type: str
    ownership: str
    levels: list[str]
    commune_code: str
    commune: str
    address: str
    phone: str
    founded_on: date | None
    opens_on: date | None
    """Of a school that opens later: its first day."""
    closed_on: date | None

    @classmethod
    def of(cls, school: Any) -> Self:
        """Return the document of a school."""
        return cls(
            code=school.code,
            name=school.name,
            short_name=school.short_name,
            school_type=school.school_type,
            ownership=school.ownership,
            levels=school.levels,
            commune_code=school.area_code or "",
            commune=school.area_name or "",
            address=school.address,
            phone=school.phone,
            founded_on=school.founded_on,
            opens_on=getattr(school, "opens_on", None),
            closed_on=school.closed_on,
        )


class SchoolDecisionOut(Schema):
    """A decision on a school: what, number and day, who signed, for which office, by which text."""

    uuid: UUID
    matter: str
    number: str
    decided_on: date
    counts_from: date
    signer: str
    signer_position: str
    signed_as: str
    office: str
    source: str
    confidence: str
    """How sure it is that the office was competent; empty where no text was asked."""
    authorization: str
    authorized_on: date | None
    is_withdrawn: bool
    withdrawn_because: str


class SchoolPage(Schema):
    """A part of the list of schools; `next` is given as `after` to get the following one."""

    items: list[SchoolOut]
    next: str


class FacilityOut(SchoolOut):
    """An independent preschool facility with the commune's license."""

    license: str
    licensed_on: date | None

    @classmethod
    def of(cls, school: Any) -> Self:
        """Return the document of a facility."""
        told = SchoolOut.of(school).dict()
        return cls(**told, license=school.license or "", licensed_on=school.licensed_on)


class FacilityPage(Schema):
    """A part of the list of facilities; `next` is given as `after` to get the following one."""

    items: list[FacilityOut]
    next: str


class ClassOut(Schema):
    """A class of this school year with its size today."""

    uuid: UUID
    name: str
    school: str
    academic_year: str
    grade: str
    level: str
    session: str
    pupils: int
    girls: int

    @classmethod
    def of(cls, room: Any, year: str) -> Self:
        """Return the document of a class."""
        return cls(
            uuid=room.uuid,
            name=room.name,
            school=room.school.code,
            academic_year=year,
            grade=room.grade_level.code,
            level=room.grade_level.level,
            session=room.session,
            pupils=room.size,
            girls=room.girls,
        )


@router.get("/schools", permission=VIEW_SCHOOLS, response=SchoolPage)
def list_schools(request: Request, after: str = "", state: State = "open") -> SchoolPage:
    """Return the schools within reach, by name: those open today, coming or closed."""
    actor = request.actor
    rows = READ[state](actor=actor, on=actor.today)
    shown, more = part_of(rows, ("sort_key", "pk"), after, size=PAGE_SIZE)
    return SchoolPage(items=[SchoolOut.of(school) for school in shown], next=more)


@router.get("/facilities", permission=VIEW_SCHOOLS, response=FacilityPage)
def list_facilities(request: Request, after: str = "") -> FacilityPage:
    """Return the independent preschool facilities within reach with their licenses, by name."""
    actor = request.actor
    rows = selectors.facilities(actor=actor, on=actor.today)
    shown, more = part_of(rows, ("sort_key", "pk"), after, size=PAGE_SIZE)
    return FacilityPage(items=[FacilityOut.of(one) for one in shown], next=more)


@router.get("/schools/{code}", permission=VIEW_SCHOOLS, response=SchoolOut)
def get_school(request: Request, code: str) -> SchoolOut:
    """Return one school."""
    return SchoolOut.of(selectors.get_known_school_for(request.actor, code))


@router.get("/schools/{code}/decisions", permission=VIEW_SCHOOLS, response=list[SchoolDecisionOut])
def list_decisions(request: Request, code: str) -> list[SchoolDecisionOut]:
    """Return the decisions on a school, newest first; those withdrawn last."""
    school = selectors.get_known_school_for(request.actor, code)
    rows = school_decisions(school.pk, withdrawn=True)
    return [SchoolDecisionOut.from_orm(one) for one in rows]


@router.get("/schools/{code}/classes", permission=VIEW_CLASSES, response=list[ClassOut])
def list_classes(request: Request, code: str) -> list[ClassOut]:
    """Return the classes of a school this year, as far as they are within reach."""
    actor = request.actor
    school = selectors.get_school_for(actor, code)
    year = selectors.academic_year_on(actor.today)
    if year is None:
        return []
    rows = selectors.classes(actor=actor, year=year).filter(school_id=school.pk)
    return [ClassOut.of(room, year.code) for room in rows]
