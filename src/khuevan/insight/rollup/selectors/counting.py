"""Counting what an address asks for: a few queries, whatever the number of schools."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F, IntegerField
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.crypto import salted_hmac

from khuevan.insight.rollup import cells
from khuevan.insight.rollup.asked import Asked
from khuevan.insight.rollup.dimensions import (
    CLASSES,
    COLUMNS,
    DIMENSIONS,
    LOCATION,
    PUPILS,
    STAFF,
    UNKNOWN,
    Frame,
)
from khuevan.insight.rollup.places import Place, places_on
from khuevan.insight.rollup.rules import TOTAL, Table, rounded, sums, with_totals
from khuevan.insight.rollup.selectors.rows import sees_rows
from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import GradeLevel, HomeroomClass, academic_year_on, open_on
from khuevan.registry.staff.api import VIEW_STAFF, Appointment
from khuevan.registry.students.api import COUNT_STUDENTS

Row = tuple[Any, ...]
"""Values in the order of COLUMNS, then the number."""

PERMISSIONS: dict[str, Permission] = {
    PUPILS: COUNT_STUDENTS,
    CLASSES: COUNT_STUDENTS,
    STAFF: VIEW_STAFF,
}
SCHOOL_AGE_STARTS = 9
"""The month in which a school year begins where none is recorded."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The schools that were open on the day: how many have anything recorded, which have not."""

    due: int
    present: int
    missing: tuple[Place, ...]

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Counted:
    """A table with the words of its lines, and what it covers."""

    asked: Asked
    table: Table
    row_names: dict[str, str]
    col_names: dict[str, str]
    coverage: Coverage
    frame: Frame


def frame_of(*, actor: Actor, asked: Asked) -> Frame:
    """Return the schools in reach and the words of the day asked for."""
    places = places_on(
        actor=actor,
        permission=PERMISSIONS[asked.of],
        on=asked.on,
        by_location=asked.basis == LOCATION,
    )
    grades = {grade.pk: grade for grade in GradeLevel.objects.order_by("position")}
    return Frame(places, grades, year_of(asked.on))


def count(*, actor: Actor, asked: Asked, frame: Frame | None = None) -> Counted:
    """Count what is asked for within the actor's reach."""
    known = frame or frame_of(actor=actor, asked=asked)
    is_rounded = asked.tells_ethnicity and not sees_rows(actor, asked, schools_asked(asked, known))
    rows = list(_counted_rows(actor, asked, known, apart=is_rounded))
    kept = _narrowed(rows, asked, known)
    places = [COLUMNS.index(DIMENSIONS[code].column) for code in asked.dimensions]
    keys = [known.key_of(code) for code in asked.dimensions]
    if asked.cols:
        cells = [((keys[0](r[places[0]]), keys[1](r[places[1]])), r) for r in kept]
    else:
        cells = [((keys[0](r[places[0]]), TOTAL), r) for r in kept]
    numbers = sums((place, row[-1]) for place, row in cells)
    row_names = dict(known.lines(asked.rows, (row for row, _col in numbers)))
    col_names = dict(known.lines(asked.cols, (col for _row, col in numbers))) if asked.cols else {}
    table = with_totals(numbers, list(row_names), list(col_names) if asked.cols else [TOTAL])
    if is_rounded:
        whom = sums((place, _key_of(row)) for place, row in cells)
        table = rounded(table, with_totals(whom, (), ()).numbers)
        row_names = {key: name for key, name in row_names.items() if key in table.rows}
        col_names = {key: name for key, name in col_names.items() if key in table.cols}
    return Counted(asked, table, row_names, col_names, _coverage(rows, asked, known), known)


def _key_of(row: Row) -> int:
    """Return what tells who is counted in a row: secret, and the sum over rows is of the union."""
    told = salted_hmac("khuevan.insight.rollup", repr(row[:-1]), algorithm="sha256").digest()
    return int.from_bytes(told[:6]) * int(row[-1])


def counted_schools(actor: Actor, school_ids: Collection[int] | None = None) -> list[int] | None:
    """Return the schools whose pupils the actor may count, of some only when given; None is all."""
    reach = actor.reach(COUNT_STUDENTS, "school")
    if school_ids is None:
        return None if reach.everything else sorted(reach.ids)
    return sorted(pk for pk in school_ids if pk in reach)


def pupils_by_grade(*, actor: Actor, on: date) -> list[tuple[int, int | None, int]]:
    """Return school, grade (None outside classes) and pupils in reach on a day."""
    statement = f"""
    SELECT school_id, grade_level_id, sum(pupils)::int FROM ({cells.PUPILS_OF_DAY}) day
    GROUP BY 1, 2
    """  # noqa: S608 (constants)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"on": on, "schools": counted_schools(actor)})
        return list(cursor.fetchall())


def schools_asked(asked: Asked, frame: Frame) -> list[int]:
    """Return the ids of the schools that a count is narrowed to."""
    wanted = [
        (frame.key_of(code), value)
        for code, value in asked.narrow
        if DIMENSIONS[code].column == "school"
    ]
    return [pk for pk in frame.places if all(key(pk) == value for key, value in wanted)]


def _narrowed(rows: list[Row], asked: Asked, frame: Frame) -> list[Row]:
    for code, value in asked.narrow:
        at, key = COLUMNS.index(DIMENSIONS[code].column), frame.key_of(code)
        rows = [row for row in rows if key(row[at]) == value]
    return rows


def _coverage(rows: list[Row], asked: Asked, frame: Frame) -> Coverage:
    wanted = [frame.places[pk] for pk in schools_asked(asked, frame) if frame.places[pk].is_open]
    present = {row[0] for row in rows}
    missing = sorted(
        (place for place in wanted if place.id not in present), key=lambda p: (p.sort_key, p.id)
    )
    return Coverage(len(wanted), len(wanted) - len(missing), tuple(missing))


def _counted_rows(actor: Actor, asked: Asked, frame: Frame, *, apart: bool) -> Iterator[Row]:
    if asked.of == CLASSES:
        return _classes(actor, asked)
    if asked.of == STAFF:
        return _staff(actor, asked, frame.places)
    return _pupils(actor, asked, apart=apart)


def _needed(asked: Asked) -> set[str]:
    codes = {*asked.dimensions, *dict(asked.narrow)}
    return {DIMENSIONS[code].column for code in codes}


_CELL_COLUMNS = {
    "grade": "grade_level_id",
    "sex": "sex",
    "ethnicity": "ethnicity_code",
    "birth_year": "birth_year",
}


def _pupils(actor: Actor, asked: Asked, *, apart: bool) -> Iterator[Row]:
    """Yield the pupils of the day by school and by what the table needs, from the cells.

    `apart` tells each row by everything that is known, whatever the table needs.
    """
    needed = set(COLUMNS) if apart else _needed(asked)
    columns = [_CELL_COLUMNS[name] if name in needed else "NULL" for name in COLUMNS[1:-1]]
    statement = f"""
    SELECT school_id, {", ".join(columns)}, NULL, sum(pupils)
    FROM ({cells.PUPILS_OF_DAY}) day
    GROUP BY {", ".join(["school_id", *(name for name in columns if name != "NULL")])}
    """  # noqa: S608 (names of this module)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"on": asked.on, "schools": counted_schools(actor)})
        yield from cursor.fetchall()


def _classes(actor: Actor, asked: Asked) -> Iterator[Row]:
    rows = (
        HomeroomClass.objects.visible_to(actor, COUNT_STUDENTS)
        .filter(open_on(asked.on), academic_year=academic_year_on(asked.on))
        .order_by()
        .values_list("school_id", "grade_level_id")
        .annotate(Count("pk"))
    )
    for school_id, grade_id, number in rows:
        yield (school_id, grade_id, None, None, None, None, number)


def _staff(actor: Actor, asked: Asked, schools: Collection[int]) -> Iterator[Row]:
    rows = (
        Appointment.objects.visible_to(actor, VIEW_STAFF)
        .filter(in_force(asked.on), is_primary=True, unit__kind="SCHOOL")
        .order_by()
        .values_list(
            "unit_id",
            F("person__sex"),
            F("person__ethnicity_code"),
            Coalesce(
                ExtractYear("person__birth_date"),
                F("person__birth_year"),
                output_field=IntegerField(),
            ),
            "position",
        )
        .annotate(Count("person_id", distinct=True))
    )
    for unit_id, sex, ethnicity, year, position, number in rows:
        if unit_id in schools:
            yield (unit_id, None, sex, ethnicity, year, position, number)


def year_of(on: date) -> int:
    """Return the year in which the school year of a day began: ages are counted in it."""
    year = academic_year_on(on)
    if year is not None and on < year.ends_on:
        return year.starts_on.year
    return on.year if on.month >= SCHOOL_AGE_STARTS else on.year - 1


__all__ = ["UNKNOWN", "Counted", "Coverage", "count", "frame_of", "schools_asked"]
