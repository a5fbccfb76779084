"""What a frozen number opens to: the rows kept with it, and the pupils that history knew then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from khuevan.insight.rollup.dimensions import CLASSES
from khuevan.insight.rollup.models import Census, CensusClass, CensusStaff, CensusVersion
from khuevan.insight.rollup.places import places_on
from khuevan.insight.rollup.selectors.census import Beside, grades_of, known_then, lasts
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import GradeLevel, HomeroomClass, academic_year_on, open_on
from khuevan.registry.staff.api import VIEW_STAFF, Appointment, Position, StaffMember
from khuevan.registry.students.api import (
    COUNT_STUDENTS,
    VIEW_STUDENTS,
    ClassPlacement,
    Student,
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A row of a frozen number: what it was then, and whether the day still counts it."""

    name: str
    sort_key: str
    what: str
    is_counted: bool
    number: int | None = None


def things_beside_now(
    *, actor: Actor, census: Census, version: CensusVersion, of: str
) -> list[Beside]:
    """Return each school in reach with its frozen classes or staff, and those of that day now."""
    permission = COUNT_STUDENTS if of == CLASSES else VIEW_STAFF
    places = places_on(actor=actor, permission=permission, on=census.on, by_location=False)
    kept: Any = CensusClass if of == CLASSES else CensusStaff
    rows = kept.objects.visible_to(actor, permission).filter(version=version)
    frozen = dict(rows.order_by().values_list("school_id").annotate(Count("pk")))
    now = Counter(_class_ids(actor, census) if of == CLASSES else _staff_ids(actor, census))
    known = Counter(school_id for school_id, _pk in now)
    shown = [places[pk] for pk in {*frozen, *known} if pk in places]
    return [
        Beside(place, frozen.get(place.id, 0), known[place.id], is_whole=True)
        for place in sorted(shown, key=lambda one: (one.sort_key, one.id))
    ]


def frozen_classes(
    *, actor: Actor, census: Census, version: CensusVersion, school_id: int
) -> list[Frozen]:
    """Return the classes behind a school's frozen number, with their pupils then."""
    now = {pk for _school, pk in _class_ids(actor, census)}
    grades = {grade.pk: grade for grade in GradeLevel.objects.order_by("position")}
    rows = CensusClass.objects.visible_to(actor, COUNT_STUDENTS).filter(
        version=version, school_id=school_id
    )
    found = [
        Frozen(
            one.name,
            f"{grades[one.grade_level_id].position:03} {one.name}",
            grades[one.grade_level_id].label,
            one.homeroom_class_id in now,
            one.pupils,
        )
        for one in rows.order_by("pk")
    ]
    return sorted(found, key=lambda one: one.sort_key)


def frozen_staff(
    *, actor: Actor, census: Census, version: CensusVersion, school_id: int
) -> list[Frozen]:
    """Return who was counted behind a school's frozen number, under the name of today."""
    now = set(_staff_ids(actor, census))
    rows = CensusStaff.objects.visible_to(actor, VIEW_STAFF).filter(
        version=version, school_id=school_id
    )
    kept = {one.staff_member_id: one.position for one in rows.order_by("pk")}
    members = StaffMember.objects.unscoped(because="their frozen rows are within reach")
    named = members.filter(pk__in=kept).select_related("person").order_by("person__sort_key", "pk")
    return [
        Frozen(
            one.person.full_name,
            one.person.sort_key,
            str(Position(kept[one.pk]).label),
            (school_id, one.pk) in now,
        )
        for one in named
    ]


def frozen_pupils(
    *, actor: Actor, census: Census, version: CensusVersion, school_id: int
) -> list[Frozen]:
    """Return the pupils behind a school's frozen number, as history knew them then.

    No copy of them is kept: the history of enrollments and of places in classes, read up to the
    numbers that the version counted, is what was counted.
    """
    students = {row.student_id for row in known_then(actor, version, school_id, census.on)}
    grade_of = _grades_then(actor, census, version, school_id) if version.placements_until else {}
    wanted = grades_of(census)
    if wanted is not None:
        students = {pk for pk in students if grade_of.get(pk, (None, ""))[0] in wanted}
    rows = Student.objects.unscoped(because="their enrollments then are within reach")
    named = rows.filter(pk__in=students).select_related("person")
    now = _on_roll_now(census, school_id)
    return [
        Frozen(
            one.person.full_name,
            one.person.sort_key,
            grade_of.get(one.pk, (None, ""))[1],
            one.pk in now,
        )
        for one in named.order_by("person__sort_key", "pk")
    ]


def _grades_then(
    actor: Actor, census: Census, version: CensusVersion, school_id: int
) -> dict[int, tuple[int, str]]:
    """Return the grade and class each pupil was known to sit in, by student."""
    history: Any = ClassPlacement._meta.get_field("history").related_model
    rows = (
        history.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(school_id=school_id, pgh_id__lte=version.placements_until)
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
    )
    seats = {
        row.student_id: (row.homeroom_class_id, row.grade_level_id)
        for row in rows
        if row.pgh_label != "delete" and row.starts_on <= census.on and lasts(row, census.on)
    }
    rooms = HomeroomClass.objects.unscoped(because="classes of pupils within reach")
    known = rooms.in_bulk({room for room, _grade in seats.values()})
    return {
        student: (grade or known[room].grade_level_id, known[room].name)
        for student, (room, grade) in seats.items()
        if room in known
    }


def _on_roll_now(census: Census, school_id: int) -> set[int]:
    rows = Student.objects.unscoped(because="only which of the pupils shown are counted now")
    holds = in_force(census.on, "enrollments")
    kept = rows.filter(holds, enrollments__is_primary=True, enrollments__school_id=school_id)
    return set(kept.values_list("pk", flat=True))


def _class_ids(actor: Actor, census: Census) -> list[tuple[int, int]]:
    rows = HomeroomClass.objects.visible_to(actor, COUNT_STUDENTS).filter(
        open_on(census.on), academic_year=academic_year_on(census.on)
    )
    if census.level:
        rows = rows.filter(grade_level__level=census.level)
    return list(rows.order_by("pk").values_list("school_id", "pk"))


def _staff_ids(actor: Actor, census: Census) -> list[tuple[int, int]]:
    rows = Appointment.objects.visible_to(actor, VIEW_STAFF).filter(
        in_force(census.on), is_primary=True, unit__kind="SCHOOL"
    )
    return list(rows.order_by("pk").values_list("unit_id", "staff_member_id"))
