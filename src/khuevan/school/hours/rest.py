"""Statements of overtime for programs: the same reach as the pages."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Self
from uuid import UUID

from ninja import Schema

from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import get_school_for
from khuevan.school.hours.permissions import VIEW_STATEMENT
from khuevan.school.hours.selectors.statements import Line, Statement, statement_of
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["overtime"])
PLACES = 4


class OvertimeWeekOut(Schema):
    """A week of a teacher, as it is now: periods owed and given."""

    monday: date
    norm: float
    owed: float
    held: float
    converted: float
    elsewhere: float


class OvertimeLineOut(Schema):
    """A teacher's month, to the fourth decimal.

    `over` is what was closed, else what is now; `correction` by how much it would be otherwise now;
    `carried` the corrections of closed months told with this one; `total` their sum with `over`.
    """

    staff_member: UUID
    name: str
    is_main_school: bool
    over: float
    carried: float
    total: float
    correction: float
    year_balance: float
    weeks: list[OvertimeWeekOut]

    @classmethod
    def of(cls, one: Line) -> Self:
        """Return the document of a line."""
        member = one.year.serving.member
        return cls(
            staff_member=member.uuid,
            name=member.person.full_name,
            is_main_school=one.is_main,
            over=_rounded(one.told_over),
            carried=_rounded(one.carried),
            total=_rounded(one.total),
            correction=_rounded(one.correction),
            year_balance=_rounded(one.hours.balance),
            weeks=[
                OvertimeWeekOut(
                    monday=week.monday,
                    norm=_rounded(week.norm),
                    owed=_rounded(week.owed),
                    held=_rounded(week.held),
                    converted=_rounded(week.converted),
                    elsewhere=_rounded(week.elsewhere),
                )
                for week in one.hours.weeks
            ],
        )


class OvertimeOut(Schema):
    """A month of a school: weeks whose Thursday is in it, counted until a day."""

    school: str
    month: date
    first: date
    last: date
    until: date
    counting: str
    closed_at: datetime | None
    items: list[OvertimeLineOut]

    @classmethod
    def of(cls, told: Statement) -> Self:
        """Return the document of a statement."""
        return cls(
            school=told.school.code,
            month=told.month,
            first=told.first,
            last=told.last,
            until=told.until,
            counting=told.counting.value,
            closed_at=told.closed.closed_at if told.closed else None,
            items=[OvertimeLineOut.of(one) for one in told.lines],
        )


@router.get("/schools/{code}/overtime/{month}", permission=VIEW_STATEMENT, response=OvertimeOut)
def show_overtime(request: Request, code: str, month: date) -> OvertimeOut:
    """Return the overtime of the teachers of a school in the month of a day."""
    school = get_school_for(request.actor, code, VIEW_STATEMENT)
    if not 2000 <= month.year <= 2100:
        raise NotFound
    told = statement_of(actor=request.actor, school=school, month=month.replace(day=1))
    return OvertimeOut.of(told)


def _rounded(value: Fraction) -> float:
    return round(float(value), PLACES)
