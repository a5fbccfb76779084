"""Opening a year and many schools with their classes at once: one transaction, one audit entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import require_near
from khuevan.kernel.vietnamese import text_sort_key
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import UnitKind, create_unit
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions import (
    SchoolData,
    build_class,
    build_main_campus,
    build_version,
    require_fit,
    require_free_codes,
)
from khuevan.registry.schools.models import (
    AcademicYear,
    Campus,
    GradeLevel,
    HomeroomClass,
    Room,
    RoomKind,
    School,
    SchoolCode,
    SchoolVersion,
    Term,
)
from khuevan.registry.schools.permissions import MANAGE_SCHOOLS
from khuevan.registry.schools.rules import class_match_name, padded
from khuevan.registry.schools.selectors import forget_calendar

_BATCH = 2000
_EVERYTHING = "the whole province is furnished at once"


@dataclass(frozen=True, slots=True)
class NewGrade:
    """A grade (khối) as a province defines it."""

    code: str
    name: str
    level: str
    usual_age: int


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class to be opened, by the code of its grade."""

    name: str
    grade: str
    session: str


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school to be opened with its classes. `unit_since` is when it came under its parent."""

    data: SchoolData
    founded_on: date
    unit_since: date
    classes: tuple[NewClass, ...]


@transaction.atomic
def open_year(
    *,
    actor: Actor,
    code: str,
    starts_on: date,
    ends_on: date,
    terms: Sequence[tuple[int, date, date]],
    grades: Sequence[NewGrade],
) -> AcademicYear:
    """Make sure that an academic year, its terms for every level and the grades exist."""
    _require_everything(actor)
    year, _created = AcademicYear.objects.get_or_create(
        code=code, defaults={"starts_on": starts_on, "ends_on": ends_on}
    )
    GradeLevel.objects.bulk_create(
        (
            GradeLevel(
                code=grade.code,
                name=grade.name,
                level=grade.level,
                position=position,
                usual_age=grade.usual_age,
            )
            for position, grade in enumerate(grades, 1)
        ),
        ignore_conflicts=True,
    )
    Term.objects.bulk_create(
        (
            Term(academic_year=year, level=level, number=number, starts_on=first, ends_on=end)
            for level in sorted({grade.level for grade in grades})
            for number, first, end in terms
        ),
        ignore_conflicts=True,
    )
    forget_calendar()
    transaction.on_commit(forget_calendar)
    return year


@transaction.atomic
def bulk_open_schools(
    *, actor: Actor, schools: Sequence[NewSchool], year: AcademicYear, now: datetime
) -> list[School]:
    """Open schools with their main campuses and this year's classes.

    :raises CodeTaken: when a school has one of the codes
    """
    _require_everything(actor)
    require_free_codes([new.data.code for new in schools])
    for new in schools:
        require_fit(new.data.facts)
        require_near(new.unit_since, today=actor.today)
    opened = School.objects.bulk_create(map(_school, schools), batch_size=_BATCH)
    pairs = list(zip(opened, schools, strict=True))
    SchoolVersion.objects.bulk_create(
        (
            build_version(school.pk, new.data.facts, starts_on=new.unit_since)
            for school, new in pairs
        ),
        batch_size=_BATCH,
    )
    SchoolCode.objects.bulk_create(
        (
            SchoolCode(school=school, code=school.code, starts_on=new.unit_since)
            for school, new in pairs
        ),
        batch_size=_BATCH,
    )
    campuses = Campus.objects.bulk_create(
        (build_main_campus(school, new.data, starts_on=new.unit_since) for school, new in pairs),
        batch_size=_BATCH,
    )
    classes = HomeroomClass.objects.bulk_create(_classes(pairs, campuses, year), batch_size=_BATCH)
    record(
        audit_codes.CLASSES_OPENED,
        actor=actor,
        at=now,
        details={"count": len(classes), "schools": len(opened)},
    )
    return opened


@transaction.atomic
def bulk_open_classes(
    *,
    actor: Actor,
    classes: Mapping[int, Sequence[NewClass]],
    year: AcademicYear,
    now: datetime,
) -> int:
    """Open the classes of many schools, by school, for one year, and return how many."""
    _require_everything(actor)
    grades = {grade.code: grade for grade in GradeLevel.objects.all()}
    opened = HomeroomClass.objects.bulk_create(
        (
            build_class(school_id, year, grades[new.grade], new.name, new.session)
            for school_id, rooms in classes.items()
            for new in rooms
        ),
        batch_size=_BATCH,
    )
    record(
        audit_codes.CLASSES_OPENED,
        actor=actor,
        at=now,
        details={"count": len(opened), "schools": len(classes)},
    )
    return len(opened)


def _require_everything(actor: Actor) -> None:
    if not actor.reach(MANAGE_SCHOOLS, "school").everything:
        raise NotFound


def _school(new: NewSchool) -> School:
    data = new.data
    unit = create_unit(
        code=data.code,
        kind=UnitKind.SCHOOL,
        name=data.name,
        short_name=data.short_name,
        parent_id=data.parent_id,
        area_id=data.area_id,
        starts_on=new.unit_since,
    )
    return School(
        unit=unit,
        code=data.code,
        founded_on=new.founded_on,
        phone=data.phone,
        address=data.address,
    )


def _classes(
    opened: Sequence[tuple[School, NewSchool]], campuses: Sequence[Campus], year: AcademicYear
) -> Iterable[HomeroomClass]:
    grades = {grade.code: grade for grade in GradeLevel.objects.all()}
    for (school, new), campus in zip(opened, campuses, strict=True):
        for planned in new.classes:
            grade = grades[planned.grade]
            room = build_class(school.pk, year, grade, planned.name, planned.session)
            room.campus = campus
            yield room


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room of a campus; classes whose names it is given sit in it."""

    name: str
    kind: str = RoomKind.CLASSROOM
    subject: str = ""
    capacity: int | None = None
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCampus:
    """A campus of a school with its rooms; the main one is there already."""

    name: str
    rooms: tuple[NewRoom, ...]
    is_main: bool = False
    address: str = ""
    distance_km: Decimal | None = None


@transaction.atomic
def bulk_furnish(
    *,
    actor: Actor,
    places: Mapping[int, Sequence[NewCampus]],
    year: AcademicYear,
    starts_on: date,
    now: datetime,
) -> int:
    """Give schools, by id, their satellite campuses and rooms, and classes their rooms."""
    _require_everything(actor)
    sites = {
        site.school_id: site
        for site in Campus.objects.unscoped(because=_EVERYTHING).filter(
            school_id__in=places, is_main=True
        )
    }
    pairs = [(school_id, new) for school_id, found in places.items() for new in found]
    satellites = Campus.objects.bulk_create(
        Campus(
            school_id=school_id,
            name=new.name,
            match_name=class_match_name(new.name),
            address=new.address,
            area_id=sites[school_id].area_id,
            distance_km=new.distance_km,
            starts_on=starts_on,
        )
        for school_id, new in pairs
        if not new.is_main
    )
    waiting = iter(satellites)
    placed = [(sites[pk] if new.is_main else next(waiting), new) for pk, new in pairs]
    rooms = Room.objects.bulk_create(
        (_room(site, room, starts_on) for site, new in placed for room in new.rooms),
        batch_size=_BATCH,
    )
    told = [room for _site, new in placed for room in new.rooms]
    _seat(places, dict(_seats(rooms, told)), year)
    record(
        audit_codes.PLACES_FURNISHED,
        actor=actor,
        at=now,
        details={"count": len(rooms), "schools": len(places)},
    )
    return len(rooms)


def _room(site: Campus, new: NewRoom, starts_on: date) -> Room:
    return Room(
        school_id=site.school_id,
        campus=site,
        name=new.name,
        match_name=class_match_name(new.name),
        sort_key=text_sort_key(padded(new.name))[:120],
        kind=new.kind,
        subject=new.subject,
        capacity=new.capacity,
        starts_on=starts_on,
    )


def _seats(
    rooms: Sequence[Room], told: Sequence[NewRoom]
) -> Iterable[tuple[tuple[int, str], Room]]:
    for room, new in zip(rooms, told, strict=True):
        for name in new.classes:
            yield (room.school_id, class_match_name(name)), room


def _seat(
    places: Mapping[int, object], seats: Mapping[tuple[int, str], Room], year: AcademicYear
) -> None:
    rows = HomeroomClass.objects.unscoped(because=_EVERYTHING)
    classes = []
    for one in rows.filter(academic_year=year, school_id__in=places):
        room = seats.get((one.school_id, one.match_name))
        if room is not None:
            one.room, one.campus = room, room.campus
            classes.append(one)
    rows.bulk_update(classes, ["room", "campus"], batch_size=_BATCH)
