"""What every change of staff asks first: who may record it, on which days, in which unit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, last_day
from khuevan.platform.access.api import Place, Role, may_give
from khuevan.platform.organizations.api import OrgUnit, UnitKind
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
    SchoolRecordsIt,
)
from khuevan.registry.staff.leaders import may_lead, not_yours_to_lead, parent_of
from khuevan.registry.staff.models import Appointment, Position, StaffMember
from khuevan.registry.staff.permissions import APPOINT_LEADERS, MANAGE_STAFF, RECORD_LEADERS
from khuevan.registry.staff.rules import LEADING, positions_of, roles_of_position
from khuevan.ui.formats import day as written

EARLIEST = date(1950, 1, 1)
FURTHEST_AHEAD = timedelta(days=3660)


def check_period(starts_on: date, ends_on: date | None, *, today: date) -> None:
    """Refuse days that no record can hold, and periods without a day.

    :raises ImpossibleDay, BadPeriod:
    """
    latest = today + FURTHEST_AHEAD
    for day in (starts_on, ends_on):
        if day is not None and not EARLIEST <= day <= latest:
            raise ImpossibleDay(earliest=written(EARLIEST), latest=written(latest))
    if ends_on is not None and ends_on <= starts_on:
        raise BadPeriod


def check_end(on: date, starts_on: date, ends_on: date | None) -> None:
    """Refuse an end that is not within a period.

    :raises DayTooEarly, DayTooLate:
    """
    if on <= starts_on:
        raise DayTooEarly(day=written(starts_on))
    if ends_on is not None and on >= ends_on:
        raise DayTooLate(day=written(last_day(ends_on)))


def local_day(now: datetime) -> date:
    """Return the day in Viet Nam of an instant."""
    return now.astimezone(VIETNAM).date()


def require_filler(
    actor: Actor, *, unit: OrgUnit, position: str, person_id: int | None, on: date
) -> None:
    """Refuse whoever may not record an appointment to a position of a unit.

    A school's own office records its staff. Its leaders are recorded by the office that appoints
    them, and positions in offices by whoever may give the role that comes with them.

    :raises NotFound: when the unit is out of reach
    :raises PositionNotHere, NotYoursToFill, LeadersElsewhere, SchoolRecordsIt, NotOneself:
    """
    if not _reaches(actor, unit):
        raise NotFound
    if position not in positions_of(unit.kind):
        raise PositionNotHere
    if person_id is not None and person_id == actor.person_id:
        raise NotOneself
    if unit.kind != UnitKind.SCHOOL:
        if not _may_fill_office(actor, unit, position, on):
            raise NotYoursToFill(position=Position(position).label)
    elif position in LEADING:
        if not may_lead(actor, unit, on=on):
            raise not_yours_to_lead(unit, position, on=actor.today)
    elif not _keeps_staff(actor, unit):
        raise SchoolRecordsIt(position=Position(position).label)


def require_changer(
    actor: Actor, *, unit: OrgUnit, old: str, new: str, person_id: int | None, on: date
) -> None:
    """Refuse whoever may not record that somebody of a unit has another position from a day on.

    Into the lead of a school and out of it is for the office that appoints its leaders.

    :raises NotFound, PositionNotHere, NotOneself:
    :raises NotYoursToFill, LeadersElsewhere, SchoolRecordsIt: when another office records it
    """
    led = [one for one in (new, old) if one in LEADING and unit.kind == UnitKind.SCHOOL]
    for position in led[:1] or [old, new]:
        require_filler(actor, unit=unit, position=position, person_id=person_id, on=on)
    if new not in positions_of(unit.kind):
        raise PositionNotHere


def fillable(actor: Actor, unit: OrgUnit, *, on: date) -> list[str]:
    """Return the positions of a unit that the actor may fill."""
    if not _reaches(actor, unit):
        return []
    known = positions_of(unit.kind)
    if unit.kind != UnitKind.SCHOOL:
        return [one for one in known if _may_fill_office(actor, unit, one, on)]
    leads, keeps = may_lead(actor, unit, on=on), _keeps_staff(actor, unit)
    return [one for one in known if (leads if one in LEADING else keeps)]


def changeable(actor: Actor, unit: OrgUnit, position: str, *, on: date) -> list[str]:
    """Return which positions of a unit the actor may give to the holder of one."""
    found = fillable(actor, unit, on=on)
    if unit.kind != UnitKind.SCHOOL:
        return found if position in found else []
    leading = [one for one in found if one in LEADING]
    if position in LEADING:
        return list(positions_of(unit.kind)) if leading else []
    return found if position in found else leading


def _reaches(actor: Actor, unit: OrgUnit) -> bool:
    rights = (MANAGE_STAFF, APPOINT_LEADERS, RECORD_LEADERS)
    return any(unit.pk in actor.reach(one, "school") for one in rights)


def _keeps_staff(actor: Actor, unit: OrgUnit) -> bool:
    return any(unit.pk in actor.reach(one, "school") for one in (MANAGE_STAFF, APPOINT_LEADERS))


def _may_fill_office(actor: Actor, unit: OrgUnit, position: str, on: date) -> bool:
    if not _keeps_staff(actor, unit):
        return False
    place = unit.pk if unit.kind != UnitKind.DEPARTMENT else parent_of(unit, on) or unit.pk
    roles = Role.objects.filter(code__in=roles_of_position(position, unit.kind))
    return all(may_give(actor, role, Place(place)) for role in roles)


def require_open(school: School, *, on: date) -> None:
    """Refuse a day on which a school is closed.

    :raises SchoolClosed:
    """
    if school.closed_on is not None and school.closed_on <= on:
        raise SchoolClosed(day=written(school.closed_on))


def require_in_year(room: HomeroomClass, *, on: date) -> None:
    """Refuse a day outside the academic year of a class.

    :raises OutsideTheYear:
    """
    year = room.academic_year
    if not year.starts_on <= on < year.ends_on:
        raise OutsideTheYear(
            name=room.name,
            first=written(year.starts_on),
            last=written(last_day(year.ends_on)),
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
        raise NotOnStaff(name=member.person.full_name, day=written(on))
    end: date | None = on
    for starts_on, ends_on in rows.values_list("starts_on", "ends_on"):
        if end is not None and starts_on <= end:
            end = None if ends_on is None else max(end, ends_on)
    return min((day for day in (end, until) if day is not None), default=None)
