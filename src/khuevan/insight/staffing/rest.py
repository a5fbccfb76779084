"""Teachers needed and present for programs: the same reach as the pages, and nobody's name."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Self

from ninja import Schema

from khuevan.insight.staffing import selectors
from khuevan.insight.staffing.counting import count_now
from khuevan.insight.staffing.days import fitted_day
from khuevan.insight.staffing.permissions import VIEW_STAFFING
from khuevan.insight.staffing.rules import WEEKS, Post
from khuevan.insight.staffing.selectors import Asked, Line
from khuevan.registry.schools.api import get_school_for
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["staffing"])
PLACES = 4


class StaffingLineOut(Schema):
    """A subject, commune or school: teachers needed and present, to the fourth decimal.

    `missing` and `spare` are added up subject by subject and school by school.
    """

    code: str
    name: str
    level: str
    commune: str
    schools: int
    needed: float
    available: float
    difference: float
    word: str
    missing: float
    spare: float
    leaving: int
    """Who reaches the age of retirement within a year."""

    @classmethod
    def of(cls, one: Line) -> Self:
        """Return the document of a row."""
        return cls(
            code=one.code,
            name=one.name,
            level=one.level,
            commune=one.commune,
            schools=one.schools,
            needed=_rounded(one.sums.needed),
            available=_rounded(one.sums.available),
            difference=_rounded(one.sums.difference),
            word=one.sums.word.value,
            missing=_rounded(one.sums.missing),
            spare=_rounded(one.sums.spare),
            leaving=one.sums.leaving,
        )


class StaffingOut(Schema):
    """Rows of the last count, what is missing most first."""

    on: date
    counted_at: datetime | None
    unplanned_classes: int
    items: list[StaffingLineOut]


class SchoolPostOut(Schema):
    """A post of a school: what is asked of it and who is there; null where no norm is known."""

    level: str
    post: str
    periods: float
    duties: int
    norm: int
    heads: int
    away: int
    borrowed_periods: int
    lent_periods: int
    leaving: int
    led_periods: float
    """Periods a week that principals and deputies give."""
    stood_in_periods: float
    """Periods a week of those away for which colleagues stand in; they make no teacher more."""
    needed: float | None
    available: float
    difference: float | None
    word: str

    @classmethod
    def of(cls, level: str, name: str, one: Post) -> Self:
        """Return the document of a post."""
        return cls(
            level=level,
            post=name,
            periods=_rounded(one.periods - one.cuts),
            duties=one.cuts,
            norm=one.norm,
            heads=one.heads,
            away=one.away,
            borrowed_periods=one.borrowed,
            lent_periods=one.lent,
            leaving=one.leaving,
            led_periods=_rounded(Fraction(one.led, WEEKS)),
            stood_in_periods=_rounded(Fraction(one.covered, WEEKS)),
            needed=None if one.needed is None else _rounded(one.needed),
            available=_rounded(one.available),
            difference=None if one.difference is None else _rounded(one.difference),
            word=one.word.value,
        )


class SchoolLevelOut(Schema):
    """A level of a school against the head-count norm; null where no text gives a rate."""

    level: str
    classes: int
    unplanned: int
    quota: float | None
    heads: int
    away: int


class SchoolStaffingOut(Schema):
    """A school as it is, or was, on a day."""

    code: str
    on: date
    levels: list[SchoolLevelOut]
    posts: list[SchoolPostOut]


@router.get("/staffing/subjects", permission=VIEW_STAFFING, response=StaffingOut)
def list_subjects(request: Request, level: str = "", commune: str = "") -> StaffingOut:
    """Return teachers needed and present by subject, of a level or commune when named."""
    asked = Asked(level, "", commune)
    return _out(
        request, asked, selectors.by_post(actor=request.actor, on=_on(request), asked=asked)
    )


@router.get("/staffing/communes", permission=VIEW_STAFFING, response=StaffingOut)
def list_communes(request: Request, level: str = "", subject: str = "") -> StaffingOut:
    """Return teachers needed and present by commune, of a level or subject when named."""
    asked = Asked(level, subject)
    lines = selectors.by_commune(actor=request.actor, on=_on(request), asked=asked)
    return _out(request, asked, lines)


@router.get("/staffing/schools", permission=VIEW_STAFFING, response=StaffingOut)
def list_schools(
    request: Request, level: str = "", subject: str = "", commune: str = ""
) -> StaffingOut:
    """Return teachers needed and present by school, of a level, subject or commune when named."""
    asked = Asked(level, subject, commune)
    lines = selectors.by_school(actor=request.actor, on=_on(request), asked=asked)
    return _out(request, asked, lines)


@router.get("/staffing/schools/{code}", permission=VIEW_STAFFING, response=SchoolStaffingOut)
def show_school(request: Request, code: str, on: date | None = None) -> SchoolStaffingOut:
    """Return what a school needs and has by subject, and its head-count norm, today or on a day."""
    actor = request.actor
    school = get_school_for(actor, code, VIEW_STAFFING)
    chosen = fitted_day(on, actor.today)
    counted = count_now(chosen, [school.pk])[school.pk]
    return SchoolStaffingOut(
        code=school.code,
        on=chosen,
        levels=[
            SchoolLevelOut(
                level=level,
                classes=told.classes,
                unplanned=told.unplanned,
                quota=None if told.quota is None else float(told.quota),
                heads=told.heads,
                away=told.away,
            )
            for level, told in counted.levels.items()
        ],
        posts=[
            SchoolPostOut.of(level, name, one)
            for (level, name), one in sorted(counted.posts.items())
        ],
    )


def _on(request: Request) -> date:
    on: date = request.actor.today
    return on


def _out(request: Request, asked: Asked, lines: list[Line]) -> StaffingOut:
    told = selectors.overall(actor=request.actor, on=_on(request), asked=asked)
    return StaffingOut(
        on=_on(request),
        counted_at=told.counted_at,
        unplanned_classes=told.unplanned,
        items=[StaffingLineOut.of(one) for one in lines],
    )


def _rounded(value: Decimal | Fraction) -> float:
    return round(float(value), PLACES)
