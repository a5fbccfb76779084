"""Where everybody was on two days: pupils and staff in groups alike, classes and schools singly.

A group is what SQL counted; the rows behind it are asked for by the same statement and its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from khuevan.insight.rollup.dimensions import CLASSES, PUPILS, Frame
from khuevan.insight.rollup.moves import Trace
from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import HomeroomClass, academic_year_on, open_on
from khuevan.registry.students.api import COUNT_STUDENTS

MERGED, CLASS_CLOSED, YEAR_OVER, NEW_CLASS = "MERGED", "CLASS_CLOSED", "YEAR_OVER", "NEW_CLASS"
OPENED, CLOSED = "OPENED", "CLOSED"

_IN_REACH = "(%(schools)s::bigint[] IS NULL OR {row}.{school} = ANY(%(schools)s::bigint[]))"
_OF_SOME = "(%(some)s::bigint[] IS NULL OR {row}.{who} = ANY(%(some)s::bigint[]))"


def _day(day: str) -> str:
    return f"""
    SELECT e.id, e.student_id AS who, e.person_id, e.school_id, e.exit_kind,
        coalesce(p.grade_level_id, c.grade_level_id)::text AS is_there_as,
        p.homeroom_class_id AS room,
        c.academic_year_id AS year
    FROM students_enrollment e
    LEFT JOIN students_classplacement p ON p.student_id = e.student_id
        AND p.starts_on <= %({day})s AND (p.ends_on IS NULL OR p.ends_on > %({day})s)
    LEFT JOIN schools_homeroomclass c ON c.id = p.homeroom_class_id
    WHERE e.is_primary AND e.starts_on <= %({day})s
        AND (e.ends_on IS NULL OR e.ends_on > %({day})s)
        AND {_IN_REACH.format(row="e", school="school_id")}
        AND {_OF_SOME.format(row="e", who="student_id")}
    """  # noqa: S608 (constants of this module)


_PUPILS = f"""
    WITH a AS ({_day("first")}), b AS ({_day("second")})
    SELECT a.id AS a_id, b.id AS b_id, coalesce(a.who, b.who) AS who,
        a.school_id AS a_school, a.is_there_as AS a_as, b.school_id AS b_school,
        b.is_there_as AS b_as, person.sex,
        CASE WHEN a.id IS NULL THEN (
            SELECT e.entry_kind FROM students_enrollment e
            WHERE e.student_id = b.who AND e.is_primary
                AND e.starts_on > %(first)s AND e.starts_on <= %(second)s
                AND {_IN_REACH.format(row="e", school="school_id")}
            ORDER BY e.starts_on LIMIT 1) ELSE '' END AS came_as,
        CASE WHEN b.id IS NULL THEN (
            SELECT e.exit_kind FROM students_enrollment e
            WHERE e.student_id = a.who AND e.is_primary AND e.starts_on <= %(second)s
                AND {_IN_REACH.format(row="e", school="school_id")}
            ORDER BY e.starts_on DESC LIMIT 1)
            WHEN a.school_id <> b.school_id THEN a.exit_kind ELSE '' END AS left_as,
        a.room IS DISTINCT FROM b.room AS is_other_class,
        a.year IS DISTINCT FROM b.year AS is_other_year
    FROM a FULL JOIN b ON b.who = a.who
    JOIN accounts_person person ON person.id = coalesce(a.person_id, b.person_id)
"""  # noqa: S608 (constants of this module)


def _post(day: str) -> str:
    return f"""
    SELECT p.id, p.staff_member_id AS who, p.person_id, p.unit_id AS school_id, p.end_kind,
        p.position AS is_there_as
    FROM staff_appointment p JOIN schools_school s ON s.unit_id = p.unit_id
    WHERE p.is_primary AND p.starts_on <= %({day})s
        AND (p.ends_on IS NULL OR p.ends_on > %({day})s)
        AND {_IN_REACH.format(row="p", school="unit_id")}
        AND {_OF_SOME.format(row="p", who="staff_member_id")}
    """  # noqa: S608 (constants of this module)


_STAFF = f"""
    WITH a AS ({_post("first")}), b AS ({_post("second")})
    SELECT a.id AS a_id, b.id AS b_id, coalesce(a.who, b.who) AS who,
        a.school_id AS a_school, a.is_there_as AS a_as, b.school_id AS b_school,
        b.is_there_as AS b_as, person.sex,
        CASE WHEN a.id IS NULL THEN 'APPOINTED' ELSE '' END AS came_as,
        CASE WHEN b.id IS NULL THEN (
            SELECT p.end_kind FROM staff_appointment p
            WHERE p.staff_member_id = a.who AND p.is_primary AND p.starts_on <= %(second)s
                AND {_IN_REACH.format(row="p", school="unit_id")}
            ORDER BY p.starts_on DESC LIMIT 1) ELSE '' END AS left_as,
        false AS is_other_class, false AS is_other_year
    FROM a FULL JOIN b ON b.who = a.who
    JOIN accounts_person person ON person.id = coalesce(a.person_id, b.person_id)
"""  # noqa: S608 (constants of this module)

_KEYS = (
    "a_school",
    "a_as",
    "b_school",
    "b_as",
    "sex",
    "came_as",
    "left_as",
    "is_other_class",
    "is_other_year",
)
_KEY = "concat_ws('|', {})".format(", ".join(f"coalesce(m.{key}::text, '')" for key in _KEYS))
Days = tuple[date, date]


def person_traces(
    of: str, days: Days, schools: list[int] | None, *, some: list[int] | None = None
) -> list[Trace]:
    """Return pupils or staff in groups that were alike on both days; of some of them when named."""
    statement = f"SELECT {', '.join(_KEYS)}, count(*)::int FROM ({_of(of)}) m GROUP BY {_KEYS_TEXT}"  # noqa: S608 (constants)
    with connection.cursor() as cursor:
        cursor.execute(statement, _given(days, schools, some))
        return [_trace(row) for row in cursor.fetchall()]


def single_traces(
    of: str, days: Days, schools: list[int] | None, some: list[int]
) -> dict[int, Trace]:
    """Return the traces of some pupils or staff, one for each, by the id of student or member."""
    statement = f"SELECT {', '.join(_KEYS)}, 1, who, a_id, b_id FROM ({_of(of)}) m"  # noqa: S608 (constants)
    with connection.cursor() as cursor:
        cursor.execute(statement, _given(days, schools, some))
        return {row[-3]: _trace(row, (row[-2], row[-1])) for row in cursor.fetchall()}


def rows_behind(
    of: str, days: Days, schools: list[int] | None, traces: Iterable[Trace], *, of_first_day: bool
) -> RawSQL:
    """Return the ids of the enrollments or appointments of one of the days, as a subquery."""
    column = "m.a_id" if of_first_day else "m.b_id"
    statement = f"SELECT {column} FROM ({_of(of)}) m WHERE {_KEY} = ANY(%(keys)s)"  # noqa: S608 (constants)
    given = {**_given(days, schools, None), "keys": [_key_of(one) for one in traces]}
    params = [given[name] for name in _NAMED.findall(statement)]
    return RawSQL(_NAMED.sub("%s", statement), params)  # noqa: S611 (constants, values bound)


def _of(of: str) -> str:
    return _PUPILS if of == PUPILS else _STAFF


_NAMED = re.compile(r"%\((\w+)\)s")
_KEYS_TEXT = ", ".join(str(place) for place in range(1, len(_KEYS) + 1))


def _given(days: Days, schools: list[int] | None, some: list[int] | None) -> dict[str, Any]:
    return {"first": days[0], "second": days[1], "schools": schools, "some": some}


def _trace(row: tuple[Any, ...], ids: tuple[int | None, int | None] = (None, None)) -> Trace:
    a_school, a_as, b_school, b_as, sex, came_as, left_as, other_class, other_year, number = row[
        :10
    ]
    return Trace(
        None if a_school is None else (a_school, a_as),
        None if b_school is None else (b_school, b_as),
        number,
        sex,
        came_as or "",
        left_as or "",
        other_class,
        other_year,
        ids,
    )


def _key_of(trace: Trace) -> str:
    (a_school, a_as), (b_school, b_as) = trace.then or ("", ""), trace.now or ("", "")
    flags = ("true" if flag else "false" for flag in (trace.is_other_class, trace.is_other_year))
    parts = (a_school, a_as or "", b_school, b_as or "", trace.sex, trace.came_as, trace.left_as)
    return "|".join([*map(str, parts), *flags])


def thing_traces(actor: Actor, of: str, days: Days, frames: tuple[Frame, Frame]) -> list[Trace]:
    """Return classes or schools, one trace for each."""
    return _classes(actor, days) if of == CLASSES else _schools(frames)


def _classes(actor: Actor, days: Days) -> list[Trace]:
    """Within a year a class is itself; over years the class of that name in the school."""
    first, second = (_classes_on(actor, on) for on in days)
    found = []
    for key in {**first, **second}:
        then, now = first.get(key), second.get(key)
        found.append(
            Trace(
                (then.school_id, str(then.grade_level_id)) if then else None,
                (now.school_id, str(now.grade_level_id)) if now else None,
                came_as=NEW_CLASS,
                left_as=_class_left(then) if then else "",
                ids=(then.pk if then else None, now.pk if now else None),
            )
        )
    return found


def _classes_on(actor: Actor, on: date) -> dict[tuple[int, str], HomeroomClass]:
    rows = HomeroomClass.objects.visible_to(actor, COUNT_STUDENTS).filter(
        open_on(on), academic_year=academic_year_on(on)
    )
    return {(row.school_id, row.match_name): row for row in rows.order_by("sort_key", "pk")}


def _class_left(row: HomeroomClass) -> str:
    if row.merged_into_id is not None:
        return MERGED
    return CLASS_CLOSED if row.closed_on is not None else YEAR_OVER


def _schools(frames: tuple[Frame, Frame]) -> list[Trace]:
    first, second = (
        {pk: place.school_type for pk, place in frame.places.items() if place.is_open}
        for frame in frames
    )
    return [
        Trace(
            (pk, first[pk]) if pk in first else None,
            (pk, second[pk]) if pk in second else None,
            came_as=OPENED,
            left_as=CLOSED,
            ids=(pk if pk in first else None, pk if pk in second else None),
        )
        for pk in {**first, **second}
    ]
