"""Opening a year and many schools with their classes at once: one transaction, one audit entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import UnitKind, create_unit
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions import SchoolData, build_class
from khuevan.registry.schools.errors import CodeTaken
from khuevan.registry.schools.models import (
    AcademicYear,
    Campus,
    GradeLevel,
    HomeroomClass,
    School,
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
    codes = [new.data.code for new in schools]
    known = School.objects.unscoped(because="codes are unique everywhere").filter(code__in=codes)
    taken = known.order_by("code").first()
    if taken is not None:
        raise CodeTaken(code=taken.code)
    opened = School.objects.bulk_create(map(_school, schools), batch_size=_BATCH)
    Campus.objects.bulk_create(
        (
            Campus(school=school, name=new.data.short_name, is_main=True, address=new.data.address)
            for school, new in zip(opened, schools, strict=True)
        ),
        batch_size=_BATCH,
    )
    classes = HomeroomClass.objects.bulk_create(
        _classes(zip(opened, schools, strict=True), year), batch_size=_BATCH
    )
    record(
        audit_codes.CLASSES_OPENED,
        actor=actor,
        at=now,
        details={"count": len(classes), "schools": len(opened)},
    )
    return opened


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
        school_type=data.school_type,
        ownership=data.ownership,
        levels=list(data.levels),
        is_disadvantaged=data.is_disadvantaged,
        founded_on=new.founded_on,
        phone=data.phone,
        address=data.address,
    )


def _classes(
    opened: Iterable[tuple[School, NewSchool]], year: AcademicYear
) -> Iterable[HomeroomClass]:
    grades = {grade.code: grade for grade in GradeLevel.objects.all()}
    for school, new in opened:
        for planned in new.classes:
            grade = grades[planned.grade]
            yield build_class(school.pk, year, grade, planned.name, planned.session)
