"""Counting pupils: grouped queries over the actor's reach, never a query a school."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import HomeroomClass, academic_year_on, grade_levels, open_on
from khuevan.registry.students.models import ClassPlacement, Enrollment
from khuevan.registry.students.permissions import COUNT_STUDENTS
from khuevan.registry.students.selectors.rolls import on_roll

GIRL = Q(person__sex="FEMALE")
UNPLACED, AWAY = "unplaced", "away"
"""Where a grade stands in the counts of a school: pupils without a class, and those on leave."""


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
    """Return classes, pupils and girls of each grade of a school, by age.

    A class of several grades counts once, with its own grade; its pupils each with theirs. Behind
    the grades stand the pupils without a class, and those on leave: together, all on roll.
    """
    rows = HomeroomClass.objects.visible_to(actor, COUNT_STUDENTS).filter(
        open_on(on), school_id=school_id, academic_year=academic_year_on(on)
    )
    classes = dict(rows.values_list("grade_level_id").annotate(Count("pk")))
    pupils: dict[int | None, tuple[int, int]] = {}
    away = (0, 0)
    roll = on_roll(actor=actor, on=on, school_id=school_id, permission=COUNT_STUDENTS)
    counted = (
        roll.select_related(None)
        .annotate(of_grade=F("grade_id"))
        .values_list("of_grade", "is_away")
        .annotate(total=Count("pk"), girls=Count("pk", filter=GIRL))
        .order_by()
    )
    for grade_id, is_away, total, girls in counted:
        if is_away and grade_id is None:
            away = (away[0] + total, away[1] + girls)
        else:
            known = pupils.get(grade_id, (0, 0))
            pupils[grade_id] = (known[0] + total, known[1] + girls)
    found = [
        GradeCounts(one.code, one.name, classes.get(one.pk, 0), *pupils.get(one.pk, (0, 0)))
        for one in grade_levels()
        if one.pk in classes or one.pk in pupils
    ]
    rest = ((UNPLACED, pupils.get(None, (0, 0))), (AWAY, away))
    return [*found, *(GradeCounts(code, "", 0, *both) for code, both in rest if both[0])]


def counts_by_grade(*, actor: Actor, on: date) -> list[Any]:
    """Return pupils with a class on a date by school, level and grade: one query."""
    return list(
        ClassPlacement.objects.visible_to(actor, COUNT_STUDENTS)
        .filter(in_force(on))
        .values(
            "school_id",
            level=F("homeroom_class__grade_level__level"),
            grade=Coalesce("grade_level__code", "homeroom_class__grade_level__code"),
            position=Coalesce("grade_level__position", "homeroom_class__grade_level__position"),
        )
        .annotate(total=Count("pk"), girls=Count("pk", filter=GIRL))
        .order_by("school_id", "position")
    )
