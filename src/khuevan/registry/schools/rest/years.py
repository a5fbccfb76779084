"""Years by level and days without lessons for programs: read and written."""

from __future__ import annotations

from datetime import date
from typing import Any, Self
from uuid import UUID

from ninja import Schema, Status

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import unit_by_code
from khuevan.registry.schools import actions, calendar
from khuevan.registry.schools.models import (
    AcademicYear,
    ClosureReason,
    EducationLevel,
)
from khuevan.registry.schools.permissions import (
    CLOSE_DAYS,
    DECIDE_YEARS,
    VIEW_SCHOOLS,
)
from khuevan.registry.schools.rest.reading import router
from khuevan.registry.schools.selectors import academic_year_on, get_school_for
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema


class TermIn(StrictSchema):
    """A term; `ends_on` is the day after its last."""

    starts_on: date
    ends_on: date


class FrameIn(StrictSchema):
    """The province's decision on a level's year."""

    returns_on: date
    starts_on: date
    ends_on: date
    terms: list[TermIn]
    decision: str
    teaches_saturday: bool = False


class YearOut(Schema):
    """A level's year; no frame where nothing is decided."""

    level: str
    returns_on: date | None
    starts_on: date | None
    ends_on: date | None
    teaches_saturday: bool | None
    decision: str
    terms: list[TermIn]


class ClosureIn(StrictSchema):
    """Days without lessons in a unit and all below it; no level means all."""

    unit: str
    levels: list[EducationLevel] = []
    starts_on: date
    ends_on: date
    reason: ClosureReason
    note: str = ""
    decision: str


class MakeUpIn(StrictSchema):
    """A day on which lessons are made up."""

    on: date


class ClosureOut(Schema):
    """Days without lessons, with the days on which they are made up."""

    uuid: UUID
    levels: list[str]
    starts_on: date
    ends_on: date
    reason: str
    note: str
    decision: str
    made_up: list[date]

    @classmethod
    def of(cls, closure: Any) -> Self:
        """Return the document of a closure."""
        return cls(
            uuid=closure.uuid,
            levels=closure.levels,
            starts_on=closure.starts_on,
            ends_on=closure.ends_on,
            reason=closure.reason,
            note=closure.note,
            decision=closure.decision,
            made_up=[day.on for day in closure.make_up_days.all()],
        )


@router.get("/years/{year}", permission=VIEW_SCHOOLS, response=list[YearOut])
def get_year(request: Request, year: str) -> list[YearOut]:
    """Return each level's frame and terms of a year such as 2026-2027."""
    return [_year_out(one) for one in calendar.level_years(_year(year))]


@router.post("/years/{year}/{level}", permission=DECIDE_YEARS, response=YearOut)
def set_frame(request: Request, year: str, level: str, body: FrameIn) -> YearOut:
    """Write down the province's decision on a level's year."""
    found = _year(year)
    known = {one.level for one in calendar.level_years(found)}
    if level not in known:
        raise NotFound
    data = actions.FrameData(
        **body.dict(exclude={"terms"}),
        terms=tuple((term.starts_on, term.ends_on) for term in body.terms),
    )
    actions.set_frame(
        actor=request.actor,
        year=found,
        level=level,
        data=data,
        now=clock.now(),
    )
    return next(_year_out(one) for one in calendar.level_years(found) if one.level == level)


@router.get("/schools/{code}/closures", permission=VIEW_SCHOOLS, response=list[ClosureOut])
def list_closures(request: Request, code: str) -> list[ClosureOut]:
    """Return the days without lessons of a school this year, newest first."""
    actor = request.actor
    school = get_school_for(actor, code)
    year = academic_year_on(actor.today)
    if year is None:
        return []
    found = calendar.closures_of(school.pk, first=year.starts_on, end=year.ends_on)
    return [ClosureOut.of(one) for one in found]


@router.post("/closures", permission=CLOSE_DAYS, response={201: ClosureOut})
def close_days(request: Request, body: ClosureIn) -> Status[ClosureOut]:
    """Let pupils of a unit and all below it stay at home for some days."""
    closure = actions.close_days(
        actor=request.actor,
        unit_id=unit_by_code(body.unit).pk,
        **body.dict(exclude={"unit"}),
        now=clock.now(),
    )
    return Status(201, ClosureOut.of(closure))


@router.post("/closures/{uuid}/make-up-days", permission=CLOSE_DAYS, response=ClosureOut)
def add_make_up_day(request: Request, uuid: UUID, body: MakeUpIn) -> ClosureOut:
    """Name a day on which the lessons of a closure are made up."""
    actor = request.actor
    actions.add_make_up_day(actor=actor, uuid=uuid, on=body.on, now=clock.now())
    return ClosureOut.of(calendar.get_closure_for(actor, uuid))


@router.post("/closures/{uuid}/make-up-days/withdraw", permission=CLOSE_DAYS, response=ClosureOut)
def withdraw_make_up_day(request: Request, uuid: UUID, body: MakeUpIn) -> ClosureOut:
    """Take back a single day on which lessons were to be made up."""
    actor = request.actor
    actions.withdraw_make_up_day(actor=actor, uuid=uuid, on=body.on, now=clock.now())
    return ClosureOut.of(calendar.get_closure_for(actor, uuid))


def _year(code: str) -> AcademicYear:
    found = AcademicYear.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def _year_out(known: calendar.LevelYear) -> YearOut:
    frame = known.frame
    return YearOut(
        level=known.level,
        returns_on=frame.returns_on if frame else None,
        starts_on=frame.starts_on if frame else None,
        ends_on=frame.ends_on if frame else None,
        teaches_saturday=frame.teaches_saturday if frame else None,
        decision=frame.decision if frame else "",
        terms=[TermIn(starts_on=one.starts_on, ends_on=one.ends_on) for one in known.terms],
    )
