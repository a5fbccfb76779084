"""What is true of the schools in reach at one moment: a few grouped queries, then sums.

Every figure of a page comes from one snapshot, so figures of one page never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from khuevan.insight.dashboard.rules import Totals, add_up, gathered, is_over
from khuevan.insight.dashboard.selectors.groups import FACTS, PupilGroup, pupil_groups
from khuevan.insight.dashboard.selectors.places import (
    ClassPlace,
    SchoolPlace,
    class_places,
    school_places,
    staff_counts,
)
from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import AcademicYear, academic_year_on

_NOBODY = [0] * (3 + len(FACTS))


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
    """Totals at the finest grain: one class, or what a school has outside its classes."""

    school: SchoolPlace
    at: ClassPlace | None
    totals: Totals


@dataclass(frozen=True)
class Snapshot:
    """All cells of a scope, read at one moment; sums are taken from them."""

    scope: Scope
    taken_at: datetime
    year: AcademicYear | None
    places: dict[int, SchoolPlace]
    """Every open school in reach, the scope's or not: what the filters offer."""
    cells: list[Cell]

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
    def classes(self) -> list[tuple[SchoolPlace, ClassPlace, Totals]]:
        """Return the classes of the scope by school, grade and name."""
        return [(cell.school, cell.at, cell.totals) for cell in self.cells if cell.at]

    @property
    def unlisted(self) -> list[SchoolPlace]:
        """Return the schools of the scope without a list of pupils for this academic year."""
        return [school for school, totals in self.by_school.items() if not totals.listed_schools]

    def _by_age(self) -> list[tuple[ClassPlace, Totals]]:
        return sorted(
            ((cell.at, cell.totals) for cell in self.cells if cell.at),
            key=lambda at: at[0].position,
        )


def take_snapshot(*, actor: Actor, scope: Scope, now: datetime) -> Snapshot:
    """Count everything in the actor's reach and the scope: the same few queries for any size."""
    year = academic_year_on(scope.on)
    places = school_places(actor=actor, on=scope.on)
    chosen = {key: place for key, place in places.items() if scope.holds(place)}
    narrowed = None if len(chosen) == len(places) else list(chosen)
    groups = pupil_groups(actor=actor, on=scope.on, school_ids=narrowed)
    classes = class_places(
        actor=actor,
        on=scope.on,
        class_ids={group.class_id for group in groups if group.class_id is not None},
        year_id=year.pk if year else None,
    )
    staff = staff_counts(actor=actor, on=scope.on, school_ids=list(chosen))
    cells = _cells(
        chosen, groups, classes, staff, year_id=year.pk if year else None, level=scope.level
    )
    return Snapshot(scope, now, year, places, cells)


def _cells(
    schools: dict[int, SchoolPlace],
    groups: list[PupilGroup],
    classes: dict[int, ClassPlace],
    staff: dict[int, int],
    *,
    year_id: int | None,
    level: str,
) -> list[Cell]:
    counted = _pupils_by_class(groups)
    shown = [at for at in classes.values() if at.school_id in schools and level in ("", at.level)]
    filled = {group.class_id for group in groups}
    listed = {at.school_id for at in shown if at.id in filled and at.year_id == year_id}
    by_school: dict[int, list[Cell]] = {key: [] for key in schools}
    for at in shown:
        totals = _class_totals(at, counted.get((at.school_id, at.id), _NOBODY))
        by_school[at.school_id].append(Cell(schools[at.school_id], at, totals))
    for key, school in schools.items():
        outside = _NOBODY if level else counted.get((key, None), _NOBODY)
        totals = _school_totals(outside, staff=staff.get(key, 0), is_listed=key in listed)
        by_school[key].append(Cell(school, None, totals))
    return [cell for cells in by_school.values() for cell in cells]


def _class_totals(at: ClassPlace, pupils: list[int]) -> Totals:
    size = pupils[0]
    return Totals(
        *_pupil_totals(*pupils),
        placed=size,
        classes=1,
        filled_classes=int(size > 0),
        norm_classes=int(size > 0 and at.norm is not None),
        over_norm=int(is_over(size, at.norm)),
    )


def _school_totals(pupils: list[int], *, staff: int, is_listed: bool) -> Totals:
    return Totals(
        *_pupil_totals(*pupils),
        unplaced=pupils[0],
        schools=1,
        listed_schools=int(is_listed),
        staff=staff,
    )


def _pupils_by_class(groups: list[PupilGroup]) -> dict[tuple[int, int | None], list[int]]:
    """Return pupils, girls, complete records, then how many lack each of FACTS, by class."""
    sums: dict[tuple[int, int | None], list[int]] = {}
    for group in groups:
        size = group.pupils
        found = sums.setdefault((group.school_id, group.class_id), list(_NOBODY))
        found[0] += size
        found[1] += group.girls
        if group.are_complete:
            found[2] += size
        if group.lacks:
            for place, fact in enumerate(FACTS, start=3):
                found[place] += size if group.lack(fact) else 0
    return sums


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
