"""Counting pupils: grouped queries over the actor's reach, never a query a school."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import HomeroomClass, academic_year_on
from khuevan.registry.students.models import ClassPlacement, Enrollment
from khuevan.registry.students.permissions import COUNT_STUDENTS
from khuevan.registry.students.selectors.rolls import on_roll

GIRL = Q(person__sex="FEMALE")


@dataclass(frozen=True, slots=True)
class SchoolCounts:
    """The pupils of one school: all on roll, girls, without a class or number, on leave."""

    pupils: int = 0
    girls: int = 0
    unplaced: int = 0
    without_number: int = 0
    away: int = 0

    @property
    def studying(self) -> int:
        """Return the pupils who are not on leave."""
        return self.pupils - self.away


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """The classes and pupils of one grade in a school."""

    code: str
    name: str
    classes: int
    pupils: int
    girls: int

    @property
    def average(self) -> float | None:
        """Return the pupils a class, None without classes."""
        return self.pupils / self.classes if self.classes else None


def pupil_counts(
    actor: Actor, school_ids: Collection[int] | None, on: date, *, without_number: bool = False
) -> dict[int, int]:
    """Return how many pupils each school in reach has on a day, or how many lack a number."""
    rows = Enrollment.objects.visible_to(actor, COUNT_STUDENTS).filter(
        in_force(on), is_primary=True
    )
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    if without_number:
        rows = rows.filter(person__personal_number__isnull=True)
    return dict(rows.values_list("school_id").annotate(Count("pk")).order_by("school_id"))


def school_counts(*, actor: Actor, school_id: int, on: date) -> SchoolCounts:
    """Return what the overview of a school tells of its pupils: one query."""
    rows = on_roll(actor=actor, on=on, school_id=school_id, permission=COUNT_STUDENTS)
    found: dict[str, int] = rows.aggregate(
        pupils=Count("pk"),
        girls=Count("pk", filter=GIRL),
        unplaced=Count("pk", filter=Q(class_id__isnull=True, is_away=False)),
        away=Count("pk", filter=Q(is_away=True)),
        without_number=Count("pk", filter=Q(person__personal_number__isnull=True)),
    )
    return SchoolCounts(**found)


def grade_counts(*, actor: Actor, school_id: int, on: date) -> list[GradeCounts]:
    """Return classes, pupils and girls of each grade of a school, by age: one query."""
    sitting = in_force(on, "placements")
    rows = (
        HomeroomClass.objects.visible_to(actor, COUNT_STUDENTS)
        .filter(school_id=school_id, academic_year=academic_year_on(on))
        .values_list("grade_level__code", "grade_level__name", "grade_level__position")
        .annotate(
            classes=Count("pk", distinct=True),
            pupils=Count("placements", filter=sitting),
            girls=Count("placements", filter=sitting & Q(placements__person__sex="FEMALE")),
        )
        .order_by("grade_level__position")
    )
    return [GradeCounts(code, name, *numbers) for code, name, _position, *numbers in rows]


def counts_by_grade(*, actor: Actor, on: date) -> list[Any]:
    """Return pupils with a class on a date by school, level and grade: one query."""
    return list(
        ClassPlacement.objects.visible_to(actor, COUNT_STUDENTS)
        .filter(in_force(on))
        .values(
            "school_id",
            level=F("homeroom_class__grade_level__level"),
            grade=F("homeroom_class__grade_level__code"),
            position=F("homeroom_class__grade_level__position"),
        )
        .annotate(total=Count("pk"), girls=Count("pk", filter=GIRL))
        .order_by("school_id", "position")
    )
