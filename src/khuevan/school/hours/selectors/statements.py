"""Reading the statement of a month: of a school, or of one person; with what was closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import AcademicYear, School, academic_year_on
from khuevan.registry.staff.api import Appointment
from khuevan.school.hours.law import WEEK_PERCENT, YEAR_PERIODS, amount_of, limit_on
from khuevan.school.hours.models import ClosedHours, ClosedMonth, CountingKind, OvertimeRule
from khuevan.school.hours.permissions import VIEW_STATEMENT
from khuevan.school.hours.rules import (
    NOTHING,
    Closed,
    Counting,
    Hours,
    HoursFault,
    carried_over,
    faults_of,
    hours_by_month,
    month_of,
    month_span,
)
from khuevan.school.hours.selectors.year import TeacherYear, span_of, teacher_years

BECAUSE = "of a school that the caller reached, or the reader's own"
ONE_DAY = timedelta(days=1)
UNSAID = CountingKind.WEEK
"""How is counted where the school said nothing."""


@dataclass(slots=True)
class Line:
    """A teacher's month: what was owed and given, what is above, what was closed."""

    year: TeacherYear
    hours: Hours
    faults: Sequence[HoursFault]
    carried: Fraction = NOTHING
    """Corrections of closed months that are told with this one."""
    closed: dict[str, Fraction] | None = None
    """What was kept when the month was closed."""

    @property
    def is_main(self) -> bool:
        """Whether this school counts the total."""
        return self.year.serving.is_main

    @property
    def over(self) -> Fraction:
        """Return what is above what was owed, as it is now."""
        return self.hours.over

    @property
    def told_over(self) -> Fraction:
        """Return what is above, as the statement says: as closed, else as it is now."""
        return self.closed["over"] if self.closed is not None else self.over

    @property
    def total(self) -> Fraction:
        """Return what the month comes to, with corrections of others."""
        return self.told_over + self.carried

    @property
    def correction(self) -> Fraction:
        """Return by how much the closed figure would be otherwise now."""
        return self.over - self.closed["over"] if self.closed is not None else NOTHING


@dataclass(slots=True)
class Statement:
    """A month of a school, or of one person there."""

    school: School
    month: date
    first: date
    last: date
    until: date
    rule: OvertimeRule | None
    counting: Counting
    closed: ClosedMonth | None
    lines: list[Line]

    @property
    def rate(self) -> int | None:
        """Return đồng a period, where the school sets one."""
        if self.closed is not None:
            return self.closed.rate
        return self.rule.rate if self.rule else None

    @property
    def is_over(self) -> bool:
        """Whether the last week of the month is over."""
        return self.until >= self.last


def statement_of(
    *, actor: Actor, school: School, month: date, permission: Permission = VIEW_STATEMENT
) -> Statement:
    """Return the statement of a school's month.

    Outside the school years it has no lines.

    :raises NotFound: when the actor doesn't hold the permission on the school
    """
    if school.pk not in actor.reach(permission, "school"):
        raise NotFound
    return _statement(school, month, actor.today)


def own_statements(*, actor: Actor, month: date) -> list[Statement]:
    """Return the actor's own month at each school of a position, with their lines alone."""
    if actor.person_id is None:
        raise NotFound
    first, last = month_span(month)
    rows = (
        Appointment.objects.unscoped(because="the own positions")
        .filter(person_id=actor.person_id, starts_on__lte=last)
        .exclude(ends_on__lte=first)
        .order_by("-is_primary", "starts_on")
    )
    schools = School.objects.unscoped(because="of the own positions").in_bulk(
        list(rows.values_list("unit_id", flat=True))
    )
    wanted = dict.fromkeys(row.unit_id for row in rows if row.unit_id in schools)
    return [_statement(schools[pk], month, actor.today, person_id=actor.person_id) for pk in wanted]


def rule_on(school_id: int, on: date) -> OvertimeRule | None:
    """Return how a school counts overtime on a day; None where it said nothing."""
    rows = OvertimeRule.objects.unscoped(because=BECAUSE)
    return rows.filter(school_id=school_id, starts_on__lte=on).order_by("-starts_on").first()


def closed_months(school_id: int, year: AcademicYear) -> list[ClosedMonth]:
    """Return the closed months of a school's year, in order."""
    rows = ClosedMonth.objects.unscoped(because=BECAUSE).filter(
        school_id=school_id, month__gte=month_of(year.starts_on), month__lt=year.ends_on
    )
    return list(rows.select_related("closed_by").order_by("month"))


def _statement(
    school: School, month: date, today: date, *, person_id: int | None = None
) -> Statement:
    first, last = month_span(month)
    year = academic_year_on(first) or academic_year_on(last)
    rule = rule_on(school.pk, first)
    counting = Counting(rule.counting if rule else UNSAID)
    told = Statement(
        school, month, first, last, min(today, last), rule, counting, closed=None, lines=[]
    )
    if year is None or first >= year.ends_on:  # nothing is known of a year that is not set up
        return told
    months = closed_months(school.pk, year)
    span = span_of(year, max([last, *(month_span(one.month)[1] for one in months)]), today)
    found = teacher_years(
        school,
        year,
        span,
        counts_looking_after=rule.counts_looking_after if rule else True,
        counts_holidays=rule.counts_holidays if rule else True,
        person_id=person_id,
    )
    kept = _kept(months, person_id)
    told.closed = next((one for one in months if one.month == month), None)
    if told.closed is not None:
        told.counting = Counting(told.closed.counting)
    lines = [_line(one, month, counting, months, kept) for one in found]
    told.lines = [one for one in lines if one is not None]
    return told


Kept = dict[tuple[int, date], dict[str, Fraction]]


def _kept(months: Sequence[ClosedMonth], person_id: int | None) -> Kept:
    """Return the closed figures by staff member and month."""
    rows = ClosedHours.objects.unscoped(because=BECAUSE).filter(closed_month__in=months)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    by_pk = {one.pk: one.month for one in months}
    return {
        (row.staff_member_id, by_pk[row.closed_month_id]): {
            name: Fraction(text) for name, text in row.figures.items()
        }
        for row in rows
    }


def _line(
    one: TeacherYear,
    month: date,
    counting: Counting,
    months: Sequence[ClosedMonth],
    kept: Kept,
) -> Line | None:
    """Return a teacher's line; None of whom nothing is to be told in the month."""
    member_id = one.serving.member.pk
    own = {row.month: kept.get((member_id, row.month)) for row in months}
    closed = {
        on: Closed(figures["over"], figures["carried"])
        for on, figures in own.items()
        if figures is not None
    }
    counted = {row.month: Counting(row.counting) for row in months}
    ways = {way: hours_by_month(one.weeks, way) for way in {counting, *counted.values()}}
    live = {on: ways[counted[on]][on].over if on in ways[counted[on]] else NOTHING for on in closed}
    hours = ways[counted.get(month, counting)].get(month)
    if hours is None or not (hours.given or hours.owed or month in closed):
        return None
    figures = own.get(month)
    carried = figures["carried"] if figures else carried_over(live, closed)
    return Line(one, hours, _faults(one, hours), carried, figures)


def _faults(one: TeacherYear, hours: Hours) -> list[HoursFault]:
    if not one.serving.is_main:
        return []
    on = hours.weeks[-1].monday
    return faults_of(
        hours,
        week_percent=amount_of(limit_on(WEEK_PERCENT, on)),
        year_periods=amount_of(limit_on(YEAR_PERIODS, on)),
    )


def figures_of(line: Line) -> dict[str, str]:
    """Return a line as it is kept when its month is closed."""
    hours = line.hours
    norm = max((week.norm for week in hours.weeks), default=NOTHING)
    return {
        "norm": str(norm),
        "owed": str(hours.owed),
        "held": str(hours.held),
        "converted": str(hours.converted),
        "elsewhere": str(hours.elsewhere),
        "over": str(hours.over),
        "carried": str(line.carried),
        "balance": str(hours.balance),
        **{week_key(week.monday): str(week.given) for week in hours.weeks},
    }


def week_key(monday: date) -> str:
    """Return under which name a week's periods are kept when its month is closed."""
    return f"week {monday.isoformat()}"


__all__ = [
    "Line",
    "Statement",
    "figures_of",
    "own_statements",
    "rule_on",
    "statement_of",
    "week_key",
]
