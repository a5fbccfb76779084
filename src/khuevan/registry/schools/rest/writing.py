"""Schools opened, changed and closed by programs: the same actions as the pages."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Schema, Status

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import unit_by_code, version_of
from khuevan.registry.schools import actions
from khuevan.registry.schools.errors import SchoolNotFound
from khuevan.registry.schools.facts import SchoolFacts, versions_of
from khuevan.registry.schools.founding import FoundingDecision
from khuevan.registry.schools.models import (
    Boarding,
    EducationLevel,
    Ownership,
    SchoolType,
)
from khuevan.registry.schools.permissions import (
    FOUND_SCHOOLS,
    LICENSE_FACILITIES,
    MANAGE_SCHOOLS,
    VIEW_SCHOOLS,
)
from khuevan.registry.schools.rest.reading import router
from khuevan.registry.schools.selectors import get_school_for
from khuevan.ui.rest import StrictSchema


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
    decision: str = ""

    def facts(self) -> SchoolFacts:
        """Return what is said."""
        return SchoolFacts(
            **self.dict(exclude={"on", "levels", "reason"}), levels=tuple(self.levels)
        )


class FoundingIn(StrictSchema):
    """The decision by which a school is founded: its number, its day, who signed."""

    number: str
    signed_on: date
    signed_by: str


class SchoolIn(StrictSchema):
    """A school that opens; `parent` is the code of its managing unit."""

    code: str
    name: str
    short_name: str
    school_type: SchoolType
    levels: list[EducationLevel]
    parent: str
    starts_on: date
    founding: FoundingIn
    ownership: Ownership = Ownership.PUBLIC
    boarding: Boarding = Boarding.NONE
    is_disadvantaged: bool = False
    national_standard: Literal[1, 2] | None = None
    decision: str = ""
    address: str = ""
    phone: str = ""
    website: str = ""


class OpenedOut(Schema):
    """The code under which the school is found."""

    code: str


class CorrectionIn(FactsIn):
    """What was entered wrong about the period that holds on a day."""

    reason: str


class CloseIn(StrictSchema):
    """The first day without something."""

    on: date


class CloseSchoolIn(CloseIn):
    """Closing a school, with who takes its registers."""

    decision: str
    successor: str = ""


@router.post("/schools", permission=MANAGE_SCHOOLS, response={201: OpenedOut})
def open_school(request: HttpRequest, body: SchoolIn) -> Status[OpenedOut]:
    """Open a school under its managing unit, by its founding decision."""
    return _opened(request, body)


@router.post("/founded-schools", permission=FOUND_SCHOOLS, response={201: OpenedOut})
def found_school(request: HttpRequest, body: SchoolIn) -> Status[OpenedOut]:
    """Open a school that one's own commune founds."""
    return _opened(request, body)


@router.post("/facilities", permission=LICENSE_FACILITIES, response={201: OpenedOut})
def license_facility(request: HttpRequest, body: SchoolIn) -> Status[OpenedOut]:
    """License an independent preschool facility of one's own commune."""
    return _opened(request, body)


def _opened(request: HttpRequest, body: SchoolIn) -> Status[OpenedOut]:
    said = body.dict(exclude={"parent", "starts_on", "levels", "founding"})
    parent = unit_by_code(body.parent)
    place = version_of(parent.pk, on=body.starts_on)
    school = actions.open_school(
        actor=request.actor,  # type: ignore[attr-defined]
        data=actions.SchoolData(
            **said,
            levels=tuple(body.levels),
            founding=FoundingDecision(**body.founding.dict()),
            parent_id=parent.pk,
            area_id=place.area_id if place else None,
        ),
        starts_on=body.starts_on,
        now=clock.now(),
    )
    return Status(201, OpenedOut(code=school.code))


@router.get("/schools/{code}/facts", permission=VIEW_SCHOOLS, response=list[FactsOut])
def list_facts(request: HttpRequest, code: str) -> list[FactsOut]:
    """Return what a school was by law, newest first."""
    school = get_school_for(request.actor, code)  # type: ignore[attr-defined]
    return [FactsOut.from_orm(row) for row in versions_of(school.pk)]


@router.post("/schools/{code}/facts", permission=MANAGE_SCHOOLS, response={201: FactsOut})
def change_facts(request: HttpRequest, code: str, body: FactsIn) -> Status[FactsOut]:
    """Make a school something else by law from a day on."""
    actor = request.actor  # type: ignore[attr-defined]
    school = get_school_for(actor, code, MANAGE_SCHOOLS)
    version = actions.change_facts(
        actor=actor, school_id=school.pk, facts=body.facts(), on=body.on, now=clock.now()
    )
    return Status(201, FactsOut.from_orm(version))


@router.post("/schools/{code}/facts/corrections", permission=MANAGE_SCHOOLS, response=FactsOut)
def correct_facts(request: HttpRequest, code: str, body: CorrectionIn) -> FactsOut:
    """Put right what was entered wrong about the period that holds on a day."""
    actor = request.actor  # type: ignore[attr-defined]
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


@router.post("/schools/{code}/close", permission=MANAGE_SCHOOLS, response={204: None})
def close_school(request: HttpRequest, code: str, body: CloseSchoolIn) -> Status[None]:
    """Close a school; refused while pupils, staff or classes remain."""
    actor = request.actor  # type: ignore[attr-defined]
    school = get_school_for(actor, code, MANAGE_SCHOOLS)
    successor = None
    if body.successor:
        try:
            successor = get_school_for(actor, body.successor)
        except NotFound as error:
            raise SchoolNotFound(code=body.successor) from error
    actions.close_school(
        actor=actor,
        school_id=school.pk,
        on=body.on,
        decision=body.decision,
        successor=successor,
        now=clock.now(),
    )
    return Status(204, None)
