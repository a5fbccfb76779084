"""What is true of the schools in reach at one moment: a few grouped queries, then sums.

Every figure of a page comes from one snapshot, so figures of one page never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from khuevan.insight.dashboard.rules import Totals, add_up, gathered, is_over
from khuevan.insight.dashboard.selectors.groups import (
    NUMBERS,
    FullestClass,
    GradeGroup,
    class_numbers,
    grade_groups,
)
from khuevan.insight.dashboard.selectors.places import (
    ClassPlace,
    GradePlace,
    SchoolPlace,
    class_places,
    grade_places,
    grade_rows,
    norms_on,
    school_places,
    staff_counts,
)
from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import AcademicYear, academic_year_on


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the reader's reach is asked for: a day, maybe a level, a unit, a school."""

    on: date
    level: str = ""
    unit: str = ""
    school: str = ""

    def holds(self, school: SchoolPlace) -> bool:
        """Return whether a school belongs to the part asked for."""
        return (
            (not self.level or self.level in school.levels)
            and (not self.unit or school.manager_code == self.unit)
            and (not self.school or school.code == self.school)
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """Totals of one grade of a school, or of what a school has outside its classes."""

    school: SchoolPlace
    at: GradePlace | None
    totals: Totals


Room = tuple[SchoolPlace, ClassPlace, Totals]
"""A class of a school with its totals."""


@dataclass(frozen=True)
class Snapshot:
    """All cells of a scope, read at one moment; sums are taken from them."""

    scope: Scope
    taken_at: datetime
    year: AcademicYear | None
    places: dict[int, SchoolPlace]
    """Every open school in reach, the scope's or not: what the filters offer."""
    cells: list[Cell]
    classes: list[Room]
    """The classes by grade and name, when the scope is one school: nobody reads 25,000."""
    fullest: FullestClass | None
    """The class furthest over its norm, if any is."""

    @cached_property
    def total(self) -> Totals:
        """Return the totals of the whole scope."""
        return add_up(cell.totals for cell in self.cells)

    @cached_property
    def by_school(self) -> dict[SchoolPlace, Totals]:
        """Return totals by school, in Vietnamese order of names."""
        return gathered(self.cells, lambda cell: cell.school, lambda cell: cell.totals)

    @cached_property
    def by_manager(self) -> dict[tuple[str, str], Totals]:
        """Return totals by managing unit (code, name), in Vietnamese order of names."""
        ordered = sorted(
            self.by_school.items(), key=lambda pair: (pair[0].manager_sort, pair[0].manager_code)
        )
        return gathered(
            ordered, lambda pair: (pair[0].manager_code, pair[0].manager), lambda pair: pair[1]
        )

    @cached_property
    def by_level(self) -> dict[str, Totals]:
        """Return totals by level, of what is in classes; levels by age."""
        return gathered(self._by_age(), lambda at: at[0].level, lambda at: at[1])

    @cached_property
    def by_grade(self) -> dict[tuple[str, str], Totals]:
        """Return totals by grade (code, name), of what is in classes, by age."""
        return gathered(
            self._by_age(), lambda at: (at[0].grade_code, at[0].grade), lambda at: at[1]
        )

    @property
    def unlisted(self) -> list[SchoolPlace]:
        """Return the schools of the scope without a list of pupils for this academic year."""
        return [school for school, totals in self.by_school.items() if not totals.listed_schools]

    def _by_age(self) -> list[tuple[GradePlace, Totals]]:
        return sorted(
            ((cell.at, cell.totals) for cell in self.cells if cell.at),
            key=lambda at: at[0].position,
        )


def take_snapshot(*, actor: Actor, scope: Scope, now: datetime) -> Snapshot:
    """Count everything in the actor's reach and the scope: the same few queries for any size."""
    year = academic_year_on(scope.on)
    year_id = year.pk if year else None
    places = school_places(actor=actor, on=scope.on)
    chosen = {key: place for key, place in places.items() if scope.holds(place)}
    school_ids = None if len(chosen) == len(places) else list(chosen)
    every_grade = grade_rows()
    norms = norms_on(scope.on, every_grade)
    groups = grade_groups(
        actor=actor, on=scope.on, year_id=year_id, norms=norms, school_ids=school_ids
    )
    staff = staff_counts(actor=actor, on=scope.on, school_ids=list(chosen))
    grades = grade_places(every_grade, scope.level)
    cells = _cells(chosen, groups, grades, staff, level=scope.level)
    rooms = []
    if len(chosen) == 1:
        rooms = _rooms(actor, scope, next(iter(chosen.values())), year_id)
    return Snapshot(scope, now, year, places, cells, rooms, _fullest(chosen, groups, grades))


def _cells(
    schools: dict[int, SchoolPlace],
    groups: list[GradeGroup],
    grades: dict[int, GradePlace],
    staff: dict[int, int],
    *,
    level: str,
) -> list[Cell]:
    by_school: dict[int, list[Cell]] = {key: [] for key in schools}
    listed, outside = set(), {}
    for group in groups:
        school = schools.get(group.school_id)
        if school is None:
            continue
        if group.grade_id is None:
            outside[school.id] = group.numbers
        elif group.grade_id in grades:
            totals = _grade_totals(group)
            by_school[school.id].append(Cell(school, grades[group.grade_id], totals))
            if group.is_listed:
                listed.add(school.id)
    for key, school in schools.items():
        numbers = _NOBODY if level else outside.get(key, _NOBODY)
        totals = _school_totals(numbers, staff=staff.get(key, 0), is_listed=key in listed)
        by_school[key].append(Cell(school, None, totals))
    return [cell for cells in by_school.values() for cell in cells]


def _fullest(
    schools: dict[int, SchoolPlace], groups: list[GradeGroup], grades: dict[int, GradePlace]
) -> FullestClass | None:
    found = [
        group.fullest
        for group in groups
        if group.fullest and group.school_id in schools and group.grade_id in grades
    ]
    order = {school_id: place for place, school_id in enumerate(schools)}
    return min(found, key=lambda one: (one.norm - one.size, order[one.school_id]), default=None)


def _rooms(actor: Actor, scope: Scope, school: SchoolPlace, year_id: int | None) -> list[Room]:
    """Return the classes of one school with their totals."""
    counted = class_numbers(actor=actor, on=scope.on, school_id=school.id)
    filled = {class_id for class_id in counted if class_id is not None}
    places = class_places(
        actor=actor, on=scope.on, school_id=school.id, class_ids=filled, year_id=year_id
    )
    return [
        (school, at, _class_totals(at, counted.get(at.id, _NOBODY)))
        for at in places.values()
        if scope.level in ("", at.level)
    ]


_NOBODY = (0,) * NUMBERS


def _class_totals(at: ClassPlace, numbers: tuple[int, ...]) -> Totals:
    size = numbers[0]
    return Totals(
        *_pupil_totals(*numbers),
        placed=size,
        classes=1,
        filled_classes=int(size > 0),
        norm_classes=int(size > 0 and at.norm is not None),
        over_norm=int(is_over(size, at.norm)),
    )


def _grade_totals(group: GradeGroup) -> Totals:
    return Totals(
        *_pupil_totals(*group.numbers),
        placed=group.numbers[0],
        classes=group.classes,
        filled_classes=group.filled,
        norm_classes=group.with_norm,
        over_norm=group.over_norm,
    )


def _school_totals(numbers: tuple[int, ...], *, staff: int, is_listed: bool) -> Totals:
    return Totals(
        *_pupil_totals(*numbers),
        unplaced=numbers[0],
        schools=1,
        listed_schools=int(is_listed),
        staff=staff,
    )


def _pupil_totals(
    pupils: int,
    girls: int,
    complete: int,
    no_number: int,
    no_birth_date: int,
    no_ethnicity: int,
    no_phone: int,
    contradicting: int,
) -> tuple[int, int, int, int, int, int, int, int]:
    """Return the first fields of `Totals`, in their order."""
    return (
        pupils,
        girls,
        pupils - no_number,
        pupils - no_birth_date,
        pupils - no_ethnicity,
        pupils - no_phone,
        complete,
        contradicting,
    )
