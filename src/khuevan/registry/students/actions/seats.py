"""The places in classes and the leaves that belong to a time in a school."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from khuevan.kernel.errors import NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.errors import AwayLater, OtherYearsClass, SitsLater
from khuevan.registry.students.models import ClassPlacement, Enrollment, StudyBreak
from khuevan.ui.formats import day


def require_year(room: HomeroomClass, *, on: date) -> None:
    """Refuse a place in a class that begins outside the class's school year.

    :raises OtherYearsClass:
    """
    year = room.academic_year
    if not year.starts_on <= on < year.ends_on:
        told = {"class": room.name, "year": str(year)}
        raise OtherYearsClass(day=day(on), **told)


def require_years(seats: Iterable[tuple[int | None, date]], *, school_id: int) -> None:
    """Refuse places for newcomers in classes of another school, or begun outside the class's year.

    :raises OtherYearsClass:
    """
    wanted = [(room_id, on) for room_id, on in seats if room_id is not None]
    rows = HomeroomClass.objects.unscoped(
        because="classes that newcomers of the school are to join"
    )
    own = rows.filter(school_id=school_id).select_related("academic_year")
    rooms = own.in_bulk({room_id for room_id, _on in wanted})
    for room_id, on in wanted:
        if room_id not in rooms:
            raise NotFound
        require_year(rooms[room_id], on=on)


def seats_of(enrollment: Enrollment) -> ScopedQuerySet[ClassPlacement]:
    """Return the places in classes that an enrollment holds."""
    rows = ClassPlacement.objects.unscoped(because="the seats of an enrollment in reach, locked")
    return rows.filter(student_id=enrollment.student_id, school_id=enrollment.school_id)


def breaks_of(enrollment: Enrollment) -> ScopedQuerySet[StudyBreak]:
    """Return the long leaves within an enrollment."""
    rows = StudyBreak.objects.unscoped(because="the leaves of an enrollment in reach, locked")
    return rows.filter(enrollment=enrollment)


def require_nothing_from(enrollment: Enrollment, *, since: date) -> None:
    """Refuse to wipe out what begins on a day or later: taken back, it would not be there again.

    :raises SitsLater, AwayLater:
    """
    require_no_seat(seats_of(enrollment).filter(starts_on__gte=since))
    away = breaks_of(enrollment).filter(starts_on__gte=since).select_related("student__person")
    last = away.order_by("starts_on", "pk").last()
    if last is not None:
        raise AwayLater(name=last.student.person.full_name, day=day(last.starts_on))


def require_no_seat(seats: ScopedQuerySet[ClassPlacement]) -> None:
    """Refuse when there is a place in a class among those that would be wiped out.

    :raises SitsLater:
    """
    rows = seats.select_related("homeroom_class", "student__person")
    last = rows.order_by("starts_on", "pk").last()
    if last is not None:
        told = {"name": last.student.person.full_name, "class": last.homeroom_class.name}
        raise SitsLater(day=day(last.starts_on), **told)
