"""What every change of staff asks first: who may record it, on which days, in which unit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, last_day
from khuevan.platform.access.api import Place, Role, may_give
from khuevan.platform.organizations.api import OrgUnit, UnitKind, versions_on
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.staff.errors import (
    BadPeriod,
    DayTooEarly,
    DayTooLate,
    ImpossibleDay,
    NotOneself,
    NotOnStaff,
    NotYoursToFill,
    OutsideTheYear,
    PositionNotHere,
    SchoolClosed,
)
from khuevan.registry.staff.models import Appointment, Position, StaffMember
from khuevan.registry.staff.permissions import APPOINT_LEADERS, MANAGE_STAFF
from khuevan.registry.staff.rules import LEADING, positions_of, roles_of_position

EARLIEST = date(1950, 1, 1)
FURTHEST_AHEAD = timedelta(days=3660)


def check_period(starts_on: date, ends_on: date | None, *, today: date) -> None:
    """Refuse days that no record can hold, and periods without a day.

    :raises ImpossibleDay, BadPeriod:
    """
    latest = today + FURTHEST_AHEAD
    for day in (starts_on, ends_on):
        if day is not None and not EARLIEST <= day <= latest:
            raise ImpossibleDay(earliest=f"{EARLIEST:%d/%m/%Y}", latest=f"{latest:%d/%m/%Y}")
    if ends_on is not None and ends_on <= starts_on:
        raise BadPeriod


def check_end(on: date, starts_on: date, ends_on: date | None) -> None:
    """Refuse an end that is not within a period.

    :raises DayTooEarly, DayTooLate:
    """
    if on <= starts_on:
        raise DayTooEarly(day=f"{starts_on:%d/%m/%Y}")
    if ends_on is not None and on >= ends_on:
        raise DayTooLate(day=f"{last_day(ends_on):%d/%m/%Y}")


def local_day(now: datetime) -> date:
    """Return the day in Viet Nam of an instant."""
    return now.astimezone(VIETNAM).date()


def require_filler(
    actor: Actor, *, unit: OrgUnit, position: str, person_id: int | None, on: date
) -> None:
    """Refuse whoever may not record an appointment to a position of a unit.

    A school's own office records its staff. Its leaders are recorded by the level above, and
    positions in offices by whoever may give the role that comes with them.

    :raises NotFound: when the unit is out of reach
    :raises PositionNotHere, NotYoursToFill, NotOneself:
    """
    managed = actor.reach(MANAGE_STAFF, "school")
    above = actor.reach(APPOINT_LEADERS, "school")
    if unit.pk not in managed and unit.pk not in above:
        raise NotFound
    if position not in positions_of(unit.kind):
        raise PositionNotHere
    if person_id is not None and person_id == actor.person_id:
        raise NotOneself
    if unit.kind != UnitKind.SCHOOL:
        allowed = _may_fill_office(actor, unit, position, on)
    elif position in LEADING:
        allowed = above.everything or parent_of(unit, on) in above.ids
    else:
        allowed = unit.pk in managed or unit.pk in above
    if not allowed:
        raise NotYoursToFill(position=Position(position).label)


def fillable(actor: Actor, unit: OrgUnit, *, on: date) -> list[str]:
    """Return the positions of a unit that the actor may fill."""
    found = []
    for position in positions_of(unit.kind):
        try:
            require_filler(actor, unit=unit, position=position, person_id=None, on=on)
        except (NotFound, NotYoursToFill):
            continue
        found.append(position)
    return found


def _may_fill_office(actor: Actor, unit: OrgUnit, position: str, on: date) -> bool:
    place = unit.pk if unit.kind != UnitKind.DEPARTMENT else parent_of(unit, on) or unit.pk
    roles = Role.objects.filter(code__in=roles_of_position(position, unit.kind))
    return all(may_give(actor, role, Place(place)) for role in roles)


def parent_of(unit: OrgUnit, on: date) -> int | None:
    """Return the unit above one on a day, if any."""
    return versions_on(on).filter(unit=unit).values_list("parent_id", flat=True).first()


def require_open(school: School, *, on: date) -> None:
    """Refuse a day on which a school is closed.

    :raises SchoolClosed:
    """
    if school.closed_on is not None and school.closed_on <= on:
        raise SchoolClosed(day=f"{school.closed_on:%d/%m/%Y}")


def require_in_year(room: HomeroomClass, *, on: date) -> None:
    """Refuse a day outside the academic year of a class.

    :raises OutsideTheYear:
    """
    year = room.academic_year
    if not year.starts_on <= on < year.ends_on:
        raise OutsideTheYear(
            name=room.name,
            first=f"{year.starts_on:%d/%m/%Y}",
            last=f"{last_day(year.ends_on):%d/%m/%Y}",
        )


def end_of_duty(
    member: StaffMember, school_id: int, *, on: date, until: date | None
) -> date | None:
    """Return until when somebody on a school's staff may have a duty there, at most `until`.

    :raises NotOnStaff: when they don't work at the school on the day
    """
    rows = (
        Appointment.objects.unscoped(because="who works at a school the actor manages")
        .filter(staff_member=member, unit_id=school_id)
        .order_by("starts_on", "pk")
    )
    first = rows.filter(in_force(on)).values_list("ends_on", flat=True)
    if not first:
        raise NotOnStaff(name=member.person.full_name, day=f"{on:%d/%m/%Y}")
    end: date | None = on
    for starts_on, ends_on in rows.values_list("starts_on", "ends_on"):
        if end is not None and starts_on <= end:
            end = None if ends_on is None else max(end, ends_on)
    return min((day for day in (end, until) if day is not None), default=None)
