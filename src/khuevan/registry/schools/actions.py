"""Opening schools and classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import UnitKind, create_unit
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.errors import ClassNameTaken, CodeTaken, GradeNotTaught
from khuevan.registry.schools.models import (
    AcademicYear,
    Campus,
    GradeLevel,
    HomeroomClass,
    Ownership,
    School,
)
from khuevan.registry.schools.permissions import MANAGE_CLASSES, MANAGE_SCHOOLS
from khuevan.registry.schools.rules import class_match_name, class_sort_key


@dataclass(frozen=True, slots=True)
class SchoolData:
    """A school as it is opened."""

    code: str
    name: str
    short_name: str
    school_type: str
    levels: tuple[str, ...]
    parent_id: int
    area_id: int | None = None
    ownership: str = Ownership.PUBLIC
    address: str = ""
    phone: str = ""
    is_disadvantaged: bool = False


@transaction.atomic
def open_school(*, actor: Actor, data: SchoolData, starts_on: date, now: datetime) -> School:
    """Open a school as a unit under its managing unit, with its main campus.

    :raises CodeTaken: when another unit has the code
    """
    if data.parent_id not in actor.reach(MANAGE_SCHOOLS, "school"):
        raise NotFound
    if (
        School.objects.unscoped(because="codes are unique everywhere")
        .filter(code=data.code)
        .exists()
    ):
        raise CodeTaken(code=data.code)
    unit = create_unit(
        code=data.code,
        kind=UnitKind.SCHOOL,
        name=data.name,
        short_name=data.short_name,
        parent_id=data.parent_id,
        area_id=data.area_id,
        starts_on=starts_on,
    )
    school = School.objects.create(
        unit=unit,
        code=data.code,
        school_type=data.school_type,
        ownership=data.ownership,
        levels=list(data.levels),
        is_disadvantaged=data.is_disadvantaged,
        founded_on=starts_on,
        phone=data.phone,
        address=data.address,
    )
    Campus.objects.create(school=school, name=data.short_name, is_main=True, address=data.address)
    record(audit_codes.SCHOOL_OPENED, actor=actor, at=now, target=school, unit_id=school.pk)
    return school


@transaction.atomic
def open_class(
    *,
    actor: Actor,
    school_id: int,
    academic_year: AcademicYear,
    grade_level: GradeLevel,
    name: str,
    session: str,
    now: datetime,
) -> HomeroomClass:
    """Open one class of a school for an academic year.

    :raises GradeNotTaught: when the school does not teach the grade's level
    :raises ClassNameTaken: when the school has a class of this name in the year
    """
    school = School.objects.visible_to(actor, MANAGE_CLASSES).lock(school_id)
    if grade_level.level not in school.levels:
        raise GradeNotTaught(grade=grade_level.name)
    opened = build_class(school.pk, academic_year, grade_level, name, session)
    try:
        with transaction.atomic():
            opened.save(force_insert=True)
    except IntegrityError as error:
        raise ClassNameTaken(name=opened.name) from error
    record(audit_codes.CLASS_OPENED, actor=actor, at=now, target=opened, unit_id=school.pk)
    return opened


def build_class(
    school_id: int, academic_year: AcademicYear, grade_level: GradeLevel, name: str, session: str
) -> HomeroomClass:
    """Return an unsaved class with the keys that follow from its name."""
    clean = normalize(name)
    return HomeroomClass(
        school_id=school_id,
        academic_year=academic_year,
        grade_level=grade_level,
        name=clean,
        match_name=class_match_name(clean),
        sort_key=class_sort_key(grade_level.position, clean),
        session=session,
    )
