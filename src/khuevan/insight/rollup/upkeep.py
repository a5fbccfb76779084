"""Keeping the stored counts: write the schools with a mark anew, compare all with history.

Marks are listed before history is read. A change that was committed by then is counted; one that
was not has a mark of its own, which stays. So a refresh never hides a change, whoever runs beside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from khuevan.insight.rollup import cells
from khuevan.insight.rollup.models import StaleMark
from khuevan.insight.rollup.rules import CENSUS_DAYS
from khuevan.registry.schools.api import School

AT_ONCE = 50
_LOCK = 7_310_882
"""One refresh at a time; any number that no other advisory lock of ours has."""

Tell = Callable[[int, int], None]


def stale_count() -> int:
    """Return how many schools are counted from their rows because their cells wait."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({cells.STALE}) stale")  # noqa: S608 (a constant)
        return int(cursor.fetchone()[0])


@transaction.atomic
def refresh(*, tell: Tell = lambda _done, _total: None) -> int:
    """Write the cells of every school with a mark anew; return how many schools those were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    marks: dict[int, int | None] = dict(StaleMark.objects.values_list("pk", "school_id"))
    if None in marks.values():
        schools = _all_schools()
    else:
        schools = sorted({school_id for school_id in marks.values() if school_id is not None})
    for done in range(0, len(schools), AT_ONCE):
        _write(schools[done : done + AT_ONCE])
        tell(min(done + AT_ONCE, len(schools)), len(schools))
    StaleMark.objects.filter(pk__in=marks).delete()
    return len(schools)


@transaction.atomic
def rebuild(*, tell: Tell = lambda _done, _total: None) -> int:
    """Write the cells of every school anew, whatever the marks say."""
    StaleMark.objects.create(school=None)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rollup_pupilcell")
        cursor.execute("DELETE FROM rollup_homecell")
        cursor.execute("DELETE FROM rollup_classcell")
    return refresh(tell=tell)


@dataclass(frozen=True, slots=True)
class Difference:
    """A school whose cells of a day differ from its rows: both counts of pupils."""

    on: date
    school_id: int
    stored: int
    counted: int


def differences(
    days: Sequence[date], *, tell: Tell = lambda _done, _total: None
) -> list[Difference]:
    """Compare the cells of all schools without a mark with their rows, cell by cell, on days."""
    found: list[Difference] = []
    for done, on in enumerate(days, start=1):
        found += _differences_of(on)
        tell(done, len(days))
    return found


def known_days(*, today: date) -> list[date]:
    """Return the days worth comparing: each census day since the first enrollment, and today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(starts_on) FROM students_enrollment")
        first: date | None = cursor.fetchone()[0]
    years = range(first.year, today.year + 1) if first else ()
    census = (date(year, month, day) for year in years for month, day in CENSUS_DAYS)
    return [*(day for day in census if first and first <= day < today), today]


def _all_schools() -> list[int]:
    rows = School.objects.unscoped(because="the stored counts cover every school")
    return list(rows.values_list("pk", flat=True).order_by("pk"))


def _write(schools: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        for statement in (*cells.ERASE, cells.WRITE):
            cursor.execute(statement, {"schools": list(schools)})


_BOTH = (
    (
        "school_id, grade_level_id, sex, ethnicity_code, birth_year",
        "pupils",
        "rollup_pupilcell",
        cells.live_pupils,
    ),
    (
        "school_id, grade_level_id, sex, ethnicity_code, birth_year, area_id",
        "pupils",
        "rollup_homecell",
        cells.live_homes,
    ),
    (
        "school_id, homeroom_class_id, lacks",
        "pupils, girls",
        "rollup_classcell",
        cells.live_classes,
    ),
)


def _differences_of(on: date) -> list[Difference]:
    marked = set(_rows(cells.STALE, {}))
    fresh = [pk for pk in _all_schools() if (pk,) not in marked]
    sums: dict[int, tuple[int, int]] = {}
    for keys, numbers, table, live in _BOTH:
        summed = ", ".join(f"sum({name.strip()}) AS {name.strip()}" for name in numbers.split(","))
        statement = f"""
        WITH stored AS (
            SELECT {keys}, {summed} FROM {table}
            WHERE starts_on <= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)
                AND school_id = ANY(%(schools)s) GROUP BY {keys}
        ), counted AS (
            SELECT {keys}, {summed} FROM ({live("%(schools)s")}) live GROUP BY {keys}
        ), differ AS (
            (TABLE stored EXCEPT TABLE counted) UNION (TABLE counted EXCEPT TABLE stored)
        )
        SELECT d.school_id,
            (SELECT coalesce(sum(pupils), 0) FROM stored s WHERE s.school_id = d.school_id),
            (SELECT coalesce(sum(pupils), 0) FROM counted c WHERE c.school_id = d.school_id)
        FROM (SELECT DISTINCT school_id FROM differ) d
        """  # noqa: S608 (names of this module)
        for school_id, stored, counted in _rows(statement, {"on": on, "schools": fresh}):
            sums[school_id] = (int(stored), int(counted))
    return [Difference(on, school_id, *pair) for school_id, pair in sorted(sums.items())]


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
