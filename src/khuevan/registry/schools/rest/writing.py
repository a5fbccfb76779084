"""Schools opened, changed and closed by programs: the same actions as the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema, Status
from pydantic import Field

from khuevan.kernel import clock
from khuevan.platform.areas.api import AreaKind, areas_on
from khuevan.platform.organizations.api import SignedIn, unit_by_code
from khuevan.registry.schools import actions
from khuevan.registry.schools.errors_of_founding import AreaNeeded
from khuevan.registry.schools.facts import SchoolFacts, versions_of
from khuevan.registry.schools.models import (
    Boarding,
    EducationLevel,
    Ownership,
    SchoolType,
)
from khuevan.registry.schools.permissions import (
    DECIDE_SCHOOLS,
    FOUND_SCHOOLS,
    LICENSE_FACILITIES,
    MANAGE_SCHOOLS,
    VIEW_SCHOOLS,
)
from khuevan.registry.schools.rest.reading import router
from khuevan.registry.schools.selectors import get_school_for
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema

Line = Annotated[str, Field(max_length=250)]
Phone = Annotated[str, Field(max_length=20, pattern=r"^[0-9+ .()-]*$")]
Website = Annotated[str, Field(max_length=200, pattern=r"^(https?://\S+)?$")]


class FactsOut(Schema):
    """What a school is by law in a period; `ends_on` is the day after its last."""

    school_type: str
    levels: list[str]
    ownership: str
    boarding: str
    is_disadvantaged: bool
    national_standard: int | None
    decision: str
    starts_on: date
    ends_on: date | None


class FactsIn(StrictSchema):
    """What a school becomes from a day on."""

    on: date
    school_type: SchoolType
    levels: list[EducationLevel]
    ownership: Ownership
    boarding: Boarding = Boarding.NONE
    is_disadvantaged: bool = False
    national_standard: Literal[1, 2] | None = None
    decision: Annotated[str, Field(max_length=160)] = ""

    def facts(self) -> SchoolFacts:
        """Return what is said."""
        return SchoolFacts(
            **self.dict(exclude={"on", "levels", "reason", "signed"}), levels=tuple(self.levels)
        )


class ChangeIn(FactsIn):
    """The same; another type, other levels or another owner need a signed decision."""

    signed: SignedIn | None = None


class SchoolIn(StrictSchema):
    """A school that opens; `parent` is the code of its managing unit."""

    code: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9.-]+$")]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    short_name: Annotated[str, Field(min_length=1, max_length=80)]
    school_type: SchoolType
    levels: list[EducationLevel]
    parent: str
    area: Annotated[str, Field(max_length=5)] = ""
    """Code of the commune where it stands; needed unless a commune manages it."""
    starts_on: date
    founding: SignedIn
    """The decision by which it is founded or licensed."""
    ownership: Ownership = Ownership.PUBLIC
    boarding: Boarding = Boarding.NONE
    is_disadvantaged: bool = False
    national_standard: Literal[1, 2] | None = None
    decision: Annotated[str, Field(max_length=160)] = ""
    address: Line = ""
    phone: Phone = ""
    website: Website = ""


class OpenedOut(Schema):
    """The code under which the school is found."""

    code: str


class CorrectionIn(FactsIn):
    """What was entered wrong about the period that holds on a day."""

    reason: Annotated[str, Field(min_length=1, max_length=160)]


class CloseIn(StrictSchema):
    """The first day without something."""

    on: date


@router.post("/schools", permission=MANAGE_SCHOOLS, response={201: OpenedOut})
def open_school(request: Request, body: SchoolIn) -> Status[OpenedOut]:
    """Open a school under its managing unit, by its founding decision."""
    return _opened(request, body)


@router.post("/founded-schools", permission=FOUND_SCHOOLS, response={201: OpenedOut})
def found_school(request: Request, body: SchoolIn) -> Status[OpenedOut]:
    """Open a school that one's own commune founds."""
    return _opened(request, body)


@router.post("/facilities", permission=LICENSE_FACILITIES, response={201: OpenedOut})
def license_facility(request: Request, body: SchoolIn) -> Status[OpenedOut]:
    """License an independent preschool facility of one's own commune."""
    return _opened(request, body)


def _opened(request: Request, body: SchoolIn) -> Status[OpenedOut]:
    said = body.dict(exclude={"parent", "area", "starts_on", "levels", "founding"})
    parent = unit_by_code(body.parent)
    area = areas_on(body.starts_on).filter(kind=AreaKind.COMMUNE, code=body.area).first()
    if body.area and area is None:
        raise AreaNeeded
    school = actions.open_school(
        actor=request.actor,
        data=actions.SchoolData(
            **said,
            levels=tuple(body.levels),
            founding=body.founding.signed(),
            parent_id=parent.pk,
            area_id=area.pk if area else None,
        ),
        starts_on=body.starts_on,
        now=clock.now(),
    )
    return Status(201, OpenedOut(code=school.code))


@router.get("/schools/{code}/facts", permission=VIEW_SCHOOLS, response=list[FactsOut])
def list_facts(request: Request, code: str) -> list[FactsOut]:
    """Return what a school was by law, newest first."""
    school = get_school_for(request.actor, code)
    return [FactsOut.from_orm(row) for row in versions_of(school.pk)]


@router.post("/schools/{code}/facts", permission=DECIDE_SCHOOLS, response={201: FactsOut})
def change_facts(request: Request, code: str, body: ChangeIn) -> Status[FactsOut]:
    """Make a school something else by law from a day on."""
    actor = request.actor
    school = get_school_for(actor, code, DECIDE_SCHOOLS)
    version = actions.change_facts(
        actor=actor,
        school_id=school.pk,
        facts=body.facts(),
        on=body.on,
        signed=body.signed.signed() if body.signed else None,
        now=clock.now(),
    )
    return Status(201, FactsOut.from_orm(version))


@router.post("/schools/{code}/facts/corrections", permission=MANAGE_SCHOOLS, response=FactsOut)
def correct_facts(request: Request, code: str, body: CorrectionIn) -> FactsOut:
    """Put right what was entered wrong about the period that holds on a day."""
    actor = request.actor
    school = get_school_for(actor, code, MANAGE_SCHOOLS)
    version = actions.correct_facts(
        actor=actor,
        school_id=school.pk,
        facts=body.facts(),
        on=body.on,
        reason=body.reason,
        now=clock.now(),
    )
    return FactsOut.from_orm(version)
