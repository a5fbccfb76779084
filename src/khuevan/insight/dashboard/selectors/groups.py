"""Pupils of the reach counted from the stored roll-up: one query, whatever the number of schools.

What a pupil's record lacks is said once in the registry (`LACKING`) and once in the roll-up's SQL;
tests hold both equal, so counts agree with the lists behind them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, FilteredRelation

from khuevan.insight.rollup.api import CLASSES_OF_DAY, FACTS, counted_schools
from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.students.api import (
    COUNT_STUDENTS,
    RECORD_FACTS,
    enrolled,
    lacking_facts,
)

_RECORD_BITS = (1 << len(RECORD_FACTS)) - 1
_SUMS = ", ".join(
    (
        "sum(pupils) AS pupils",
        "sum(girls) AS girls",
        f"coalesce(sum(pupils) FILTER (WHERE lacks & {_RECORD_BITS} = 0), 0) AS complete",
        *(
            f"coalesce(sum(pupils) FILTER (WHERE lacks & {1 << bit} <> 0), 0) AS lack_{bit}"
            for bit in range(len(FACTS))
        ),
    )
)
NUMBERS = 3 + len(FACTS)
"""Pupils, girls, complete records, then how many lack each of FACTS."""

_BY_CLASS = f"""
    SELECT school_id, homeroom_class_id, {_SUMS} FROM ({CLASSES_OF_DAY}) day GROUP BY 1, 2
"""  # noqa: S608 (constants)
_NAMES = ("pupils", "girls", "complete", *(f"lack_{bit}" for bit in range(len(FACTS))))

_ROOMS = """
    SELECT c.id, c.school_id, c.grade_level_id, c.name, c.sort_key, norm.norm,
        c.academic_year_id = %(year)s::bigint AS is_current
    FROM schools_homeroomclass c
    LEFT JOIN schools_schoolversion v ON v.school_id = c.school_id
        AND v.starts_on <= %(on)s AND (v.ends_on IS NULL OR v.ends_on > %(on)s)
    LEFT JOIN unnest(%(grades)s::bigint[], %(types)s::text[], %(norms)s::int[])
        AS norm(grade_id, school_type, norm)
        ON norm.grade_id = c.grade_level_id AND norm.school_type = v.school_type
    WHERE (%(schools)s::bigint[] IS NULL OR c.school_id = ANY(%(schools)s::bigint[]))
        AND ((c.academic_year_id = %(year)s::bigint
                AND (c.closed_on IS NULL OR c.closed_on > %(on)s))
            OR c.id IN (SELECT homeroom_class_id FROM by_class))
"""

_FULLEST = ", ".join(
    f"(array_agg({what} ORDER BY b.pupils - r.norm DESC, r.sort_key, r.id)"
    " FILTER (WHERE b.pupils > r.norm))[1]"
    for what in ("r.name", "b.pupils::int", "r.norm")
)

_BY_GRADE = f"""
WITH by_class AS MATERIALIZED ({_BY_CLASS}), rooms AS ({_ROOMS})
SELECT r.school_id, r.grade_level_id, count(*), count(b.pupils), count(b.pupils + r.norm),
    count(*) FILTER (WHERE b.pupils > r.norm),
    coalesce(bool_or(r.is_current AND b.pupils > 0), false), {_FULLEST},
    {", ".join(f"coalesce(sum(b.{name}), 0)::int" for name in _NAMES)}
FROM rooms r LEFT JOIN by_class b ON b.homeroom_class_id = r.id AND b.school_id = r.school_id
GROUP BY 1, 2
UNION ALL
SELECT school_id, NULL, 0, 0, 0, 0, false, NULL, NULL, NULL,
    {", ".join(f"{name}::int" for name in _NAMES)}
FROM by_class WHERE homeroom_class_id IS NULL
"""  # noqa: S608 (constants)

Norms = Mapping[tuple[int, str], int]
"""Grade and type of school to the most pupils a class may hold; absent where nothing is set."""


@dataclass(frozen=True, slots=True)
class FullestClass:
    """The class that is furthest over its norm."""

    school_id: int
    name: str
    size: int
    norm: int


@dataclass(frozen=True, slots=True)
class GradeGroup:
    """The classes of one grade of a school with their pupils, or its pupils outside all classes."""

    school_id: int
    grade_id: int | None
    classes: int
    filled: int
    with_norm: int
    over_norm: int
    is_listed: bool
    """Whether a class of the academic year has pupils."""
    fullest: FullestClass | None
    numbers: tuple[int, ...]


def on_roll(
    *,
    actor: Actor,
    on: date,
    school_ids: Collection[int] | None = None,
    permission: Permission = COUNT_STUDENTS,
) -> ScopedQuerySet[Any]:
    """Return the primary enrollments in reach on a day, with what LACKING asks about.

    `seat` is the class placement of that day, missing for a pupil without a class.
    """
    rows = enrolled(actor=actor, on=on, permission=permission)
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    seat_holds = in_force(on, "person__placements")
    return rows.alias(
        seat=FilteredRelation("person__placements", condition=seat_holds),
        class_id=F("seat__homeroom_class_id"),
        **lacking_facts(on),
    )


def grade_groups(
    *,
    actor: Actor,
    on: date,
    year_id: int | None,
    norms: Norms,
    school_ids: Collection[int] | None = None,
) -> list[GradeGroup]:
    """Return the pupils of the schools in reach on a day, of some only when given, by grade."""
    rows = _rows(_BY_GRADE, _values(actor, on, year_id, norms, school_ids))
    return [_group(row) for row in rows]


def _group(row: tuple[Any, ...]) -> GradeGroup:
    school_id, grade_id, classes, filled, with_norm, over_norm, is_listed, *rest = row
    name, size, norm, *numbers = rest
    fullest = FullestClass(school_id, name, size, norm) if size is not None else None
    return GradeGroup(
        school_id,
        grade_id,
        classes,
        filled,
        with_norm,
        over_norm,
        is_listed,
        fullest,
        tuple(numbers),
    )


def class_numbers(*, actor: Actor, on: date, school_id: int) -> dict[int | None, tuple[int, ...]]:
    """Return the numbers of each class of one school, and under None of those in no class."""
    rows = _rows(_BY_CLASS, {"on": on, "schools": counted_schools(actor, [school_id])})
    return {class_id: tuple(map(int, numbers)) for _school, class_id, *numbers in rows}


def _values(
    actor: Actor,
    on: date,
    year_id: int | None,
    norms: Norms,
    school_ids: Collection[int] | None,
) -> dict[str, Any]:
    return {
        "on": on,
        "year": year_id,
        "schools": counted_schools(actor, school_ids),
        "grades": [grade_id for grade_id, _type in norms],
        "types": [school_type for _grade, school_type in norms],
        "norms": list(norms.values()),
    }


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
