"""Counting what an address asks for: a few queries, whatever the number of schools."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.db import connection
from django.db.models import Count, F, IntegerField
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.crypto import salted_hmac

from khuevan.insight.rollup import cells, residence
from khuevan.insight.rollup.asked import Asked
from khuevan.insight.rollup.dimensions import (
    CLASSES,
    COLUMNS,
    DIMENSIONS,
    GUARDED,
    LOCATION,
    PUPILS,
    STAFF,
    UNKNOWN,
    Frame,
)
from khuevan.insight.rollup.places import Place, places_on
from khuevan.insight.rollup.rules import FEWEST, TOTAL, Table, rounded, sums, with_totals
from khuevan.insight.rollup.selectors.rows import hidden_from, sees_rows
from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import GradeLevel, HomeroomClass, academic_year_on, open_on
from khuevan.registry.staff.api import VIEW_STAFF, Appointment
from khuevan.registry.students.api import COUNT_STUDENTS

_SALT = "khuevan.insight.rollup"
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
    """The schools that were open on the day: how many have anything recorded, which have not.

    One that was founded since the school year began is due from the next one, or its first record.
    """

    due: int
    present: int
    missing: tuple[Place, ...]
    new: int = 0
    """How many are too new to be due, and have nothing recorded."""

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
    homes = residence.homes_on(asked.on) if "residence" in asked.codes else {}
    return Frame(places, grades, year_of(asked.on), homes)


def count(*, actor: Actor, asked: Asked, frame: Frame | None = None) -> Counted:
    """Count what is asked for within the actor's reach."""
    known = frame or frame_of(actor=actor, asked=asked)
    is_rounded = asked.is_guarded and not sees_rows(actor, asked, schools_asked(asked, known))
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
        hidden = hidden_from(actor, asked, schools_asked(asked, known))
        people = _narrowed(rows, asked, known, but=hidden)
        table = _told(table, asked, known, people, hidden)
        row_names = {key: name for key, name in row_names.items() if key in table.rows}
        col_names = {key: name for key, name in col_names.items() if key in table.cols}
    return Counted(asked, table, row_names, col_names, _coverage(rows, asked, known), known)


def _told(
    table: Table, asked: Asked, frame: Frame, people: list[Row], hidden: Collection[str]
) -> Table:
    """Return a table as those are told it who may not know what is `hidden`.

    Each number divides some people by what is hidden: of fewer than FEWEST it is not told, and of
    more it is off by chance, drawn anew for any other people.
    """
    open_keys = [
        (COLUMNS.index(DIMENSIONS[code].column), frame.key_of(code)) if code not in hidden else None
        for code in asked.dimensions
    ]
    both = [*open_keys, None][:2]
    pairs = [((_key(both[0], row), _key(both[1], row)), row) for row in people]
    sizes = with_totals(sums((p, row[-1]) for p, row in pairs), (), ()).numbers
    whom = with_totals(sums((p, _key_of(row)) for p, row in pairs), (), ()).numbers
    said = [(code, value) for code, value in asked.narrow if code in hidden]

    def divided(place: tuple[str, str]) -> tuple[str, str]:
        row, col = (key if one else TOTAL for key, one in zip(place, both, strict=True))
        return row, col

    def drawn(place: tuple[str, str], number: int) -> bytes:
        question = (whom.get(divided(place), 0), place != divided(place) and place, said, number)
        return salted_hmac(_SALT, repr(question), algorithm="sha256").digest()

    withheld = [
        place
        for place in product((*table.rows, TOTAL), dict.fromkeys((*table.cols, TOTAL)))
        if (said or place != divided(place)) and sizes.get(divided(place), 0) < FEWEST
    ]
    return rounded(table, drawn, withheld)


def _key(one: tuple[int, Callable[[Any], str]] | None, row: Row) -> str:
    return one[1](row[one[0]]) if one else TOTAL


def _key_of(row: Row) -> int:
    """Return what tells who is counted in a row: secret, and the sum over rows is of the union.

    What only some may know is left out: who is divided does not depend on it.
    """
    facts = [fact for name, fact in zip(COLUMNS, row, strict=False) if name not in GUARDED]
    told = salted_hmac(_SALT, repr(facts), algorithm="sha256").digest()
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


def _narrowed(
    rows: list[Row], asked: Asked, frame: Frame, *, but: Collection[str] = ()
) -> list[Row]:
    for code, value in asked.narrow:
        if code in but:
            continue
        at, key = COLUMNS.index(DIMENSIONS[code].column), frame.key_of(code)
        rows = [row for row in rows if key(row[at]) == value]
    return rows


def _coverage(rows: list[Row], asked: Asked, frame: Frame) -> Coverage:
    wanted = [frame.places[pk] for pk in schools_asked(asked, frame) if frame.places[pk].is_open]
    present = {row[0] for row in rows}
    began = date(frame.year, SCHOOL_AGE_STARTS, 1)
    without = [place for place in wanted if place.id not in present]
    missing = [one for one in without if one.founded_on is None or one.founded_on < began]
    return Coverage(
        len(wanted) - len(without) + len(missing),
        len(wanted) - len(without),
        tuple(sorted(missing, key=lambda place: (place.sort_key, place.id))),
        len(without) - len(missing),
    )


def _counted_rows(actor: Actor, asked: Asked, frame: Frame, *, apart: bool) -> Iterator[Row]:
    if asked.of == CLASSES:
        return _classes(actor, asked)
    if asked.of == STAFF:
        return _staff(actor, asked, frame.places)
    return _pupils(actor, asked, frame, apart=apart)


_HOME = COLUMNS.index("residence")
_CELL_COLUMNS = {
    "grade": "grade_level_id",
    "sex": "sex",
    "ethnicity": "ethnicity_code",
    "birth_year": "birth_year",
    "residence": "area_id",
}


def _pupils(actor: Actor, asked: Asked, frame: Frame, *, apart: bool) -> Iterator[Row]:
    """Yield the pupils of the day by school and by what the table needs, from the cells.

    `apart` tells each row by everything that is known, whatever the table needs.
    """
    needed = {DIMENSIONS[code].column for code in asked.codes}
    if apart:
        needed |= set(COLUMNS) - {"residence"}
    named = {**_CELL_COLUMNS, "grade": "grade_level_id" if apart else _grade_column(asked, frame)}
    columns = [named[name] if name in needed else "NULL" for name in COLUMNS[1:-1]]
    groups = [str(place) for place, name in enumerate(columns, start=2) if name != "NULL"]
    source = cells.HOMES_OF_DAY if "residence" in needed else cells.PUPILS_OF_DAY
    statement = f"""
    SELECT school_id, {", ".join(columns)}, NULL, sum(pupils)::int
    FROM ({source}) day
    GROUP BY {", ".join(["1", *groups])}
    """  # noqa: S608 (names of this module)
    of_some = any(DIMENSIONS[code].column == "school" for code, _value in asked.narrow)
    schools = schools_asked(asked, frame) if of_some else counted_schools(actor)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"on": asked.on, "schools": schools})
        yield from cursor.fetchall()


def _grade_column(asked: Asked, frame: Frame) -> str:
    """Return the SQL of a cell's grade; where only levels are asked for, of a grade of its level.

    Fewer rows say the same then.
    """
    if "grade" in asked.codes or not frame.grades:
        return "grade_level_id"
    first: dict[str, int] = {}
    told = {pk: first.setdefault(grade.level, pk) for pk, grade in frame.grades.items()}
    cases = " ".join(f"WHEN {int(pk)} THEN {int(one)}" for pk, one in told.items())
    return f"CASE grade_level_id {cases} ELSE grade_level_id END"


def _classes(actor: Actor, asked: Asked) -> Iterator[Row]:
    rows = (
        HomeroomClass.objects.visible_to(actor, COUNT_STUDENTS)
        .filter(open_on(asked.on), academic_year=academic_year_on(asked.on))
        .order_by()
        .values_list("school_id", "grade_level_id")
        .annotate(Count("pk"))
    )
    for school_id, grade_id, number in rows:
        yield (school_id, grade_id, None, None, None, None, None, number)


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
            yield (unit_id, None, sex, ethnicity, year, None, position, number)


def year_of(on: date) -> int:
    """Return the year in which the school year of a day began: ages are counted in it."""
    year = academic_year_on(on)
    if year is not None and on < year.ends_on:
        return year.starts_on.year
    return on.year if on.month >= SCHOOL_AGE_STARTS else on.year - 1


__all__ = ["UNKNOWN", "Counted", "Coverage", "count", "frame_of", "schools_asked"]
