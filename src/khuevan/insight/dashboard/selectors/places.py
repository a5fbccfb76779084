"""Where pupils are counted: schools with managing units, classes with norms, staff numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, FilteredRelation, Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.organizations.api import OrgUnitVersion, UnitKind, versions_on
from khuevan.platform.regulations.api import RuleSetting, class_norm
from khuevan.registry.schools.api import (
    GradeLevel,
    HomeroomClass,
    School,
    SchoolType,
    grade_label,
    open_on,
    with_facts,
)
from khuevan.registry.staff.api import VIEW_STAFF, Appointment
from khuevan.registry.students.api import COUNT_STUDENTS

_CLASS_COLUMNS = (
    "pk",
    "uuid",
    "name",
    "school_id",
    "academic_year_id",
    "grade_level__name",
    "grade_level__code",
    "grade_level__position",
    "grade_level__level",
    "grade_level__usual_age",
    "fact__school_type",
)


@dataclass(frozen=True, slots=True)
class SchoolPlace:
    """A school and the unit that manages it on the day."""

    id: int
    code: str
    name: str
    levels: tuple[str, ...]
    founded_on: date | None
    manager_code: str
    manager: str
    manager_sort: str
    is_communes: bool


@dataclass(frozen=True, slots=True)
class GradePlace:
    """A grade, as cells are counted by it."""

    grade: str
    grade_code: str
    position: int
    level: str


@dataclass(frozen=True, slots=True)
class ClassPlace:
    """A class with its grade and the most pupils it may hold, when a norm exists."""

    id: int
    uuid: UUID
    name: str
    school_id: int
    year_id: int
    grade: str
    grade_code: str
    position: int
    level: str
    norm: int | None


def school_places(*, actor: Actor, on: date) -> dict[int, SchoolPlace]:
    """Return the schools in reach that are open on a day, by id, in Vietnamese order."""
    schools = {
        school.pk: school
        for school in with_facts(School.objects.visible_to(actor, COUNT_STUDENTS), on=on)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
        .only("unit_id", "code", "founded_on")
    }
    named = list(versions_on(on).filter(unit_id__in=schools).order_by("sort_key", "unit_id"))
    managers = {
        version.unit_id: version
        for version in versions_on(on).filter(unit_id__in={v.parent_id for v in named})
    }
    return {v.unit_id: _place(schools[v.unit_id], v, managers.get(v.parent_id or 0)) for v in named}


def class_places(
    *, actor: Actor, on: date, school_id: int, class_ids: Collection[int], year_id: int | None
) -> dict[int, ClassPlace]:
    """Return a school's classes that are of the year or hold pupils now, by grade and name."""
    rows = list(
        HomeroomClass.objects.visible_to(actor, COUNT_STUDENTS)
        .alias(
            fact=FilteredRelation("school__versions", condition=in_force(on, "school__versions"))
        )
        .filter(Q(open_on(on), academic_year_id=year_id) | Q(pk__in=class_ids), school_id=school_id)
        .order_by("sort_key", "pk")
        .values_list(*_CLASS_COLUMNS)
    )
    norms = class_norms({row[8] for row in rows}, on=on)
    return {row[0]: _class_place(row, norms[row[8]]) for row in rows}


def _class_place(row: tuple[Any, ...], setting: dict[str, object] | None) -> ClassPlace:
    *columns, age, school_type = row
    columns[5] = grade_label(columns[6], columns[5])
    values: list[Any] = [*columns, class_norm(setting, age, school_type)]
    return ClassPlace(*values)


def grade_rows() -> list[GradeLevel]:
    """Return all grades by age, none of them kept from before: cells may name the newest."""
    return list(GradeLevel.objects.order_by("position"))


def grade_places(grades: Iterable[GradeLevel], level: str) -> dict[int, GradePlace]:
    """Return grades by id, of one level only when given."""
    return {
        grade.pk: GradePlace(grade.label, grade.code, grade.position, grade.level)
        for grade in grades
        if level in ("", grade.level)
    }


def norms_on(on: date, grades: Collection[GradeLevel]) -> dict[tuple[int, str], int]:
    """Return the norm of each grade in each type of school that has one on a day: one query."""
    settings = class_norms({grade.level for grade in grades}, on=on)
    found = {
        (grade.pk, school_type): class_norm(settings[grade.level], grade.usual_age, school_type)
        for grade in grades
        for school_type in SchoolType.values
    }
    return {key: norm for key, norm in found.items() if norm is not None}


def class_norms(levels: Collection[str], *, on: date) -> dict[str, dict[str, object] | None]:
    """Return each level's CLASS_SIZE setting on a day; None where no regulation is recorded."""
    found = RuleSetting.objects.filter(in_force(on), topic="CLASS_SIZE", level__in=levels)
    values = dict(found.order_by("level", "starts_on").values_list("level", "value"))
    return {level: values.get(level) for level in levels}


def staff_counts(*, actor: Actor, on: date, school_ids: Collection[int]) -> dict[int, int]:
    """Return how many people hold their main position in each school on a day."""
    rows = (
        Appointment.objects.visible_to(actor, VIEW_STAFF)
        .filter(in_force(on), is_primary=True, unit_id__in=school_ids)
        .values_list("unit_id")
        .annotate(Count("person_id", distinct=True))
        .order_by("unit_id")
    )
    return dict(rows)


def _place(school: School, version: OrgUnitVersion, manager: OrgUnitVersion | None) -> SchoolPlace:
    return SchoolPlace(
        id=school.pk,
        code=school.code,
        name=version.short_name,
        levels=tuple(school.levels),
        founded_on=school.founded_on,
        manager_code=manager.unit.code if manager else "",
        manager=manager.short_name if manager else "",
        manager_sort=manager.sort_key if manager else "",
        is_communes=bool(manager and manager.unit.kind == UnitKind.COMMUNE),
    )
