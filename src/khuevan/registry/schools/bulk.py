"""Opening a year and many schools with their classes at once: one transaction, one audit entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
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
    School,
    SchoolCode,
    SchoolVersion,
    Term,
)
from khuevan.registry.schools.permissions import MANAGE_SCHOOLS
from khuevan.registry.schools.selectors import forget_calendar

_BATCH = 2000


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
