"""Keeping the counts: what is wrong in some schools is counted anew and written beside its day.

The numbers of a rule are kept as periods, so a night in which nothing changed writes no row of
them; a score is kept for each day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import connection, transaction

from khuevan.insight.quality.counting import count_statements, parameters
from khuevan.registry.schools.api import School

AT_ONCE = 100
_LOCK = 7_310_883
"""Of two counts of a school one waits; a number that no other advisory lock of ours has."""

Tell = Callable[[int, int], None]

_LOCKED = "SELECT pg_advisory_xact_lock(%(lock)s, pk::int) FROM unnest(%(schools)s) pk ORDER BY pk"
_COUNTED = """
CREATE TEMPORARY TABLE quality_counted (
    school_id bigint, rule text, weight int, checked int, wrong int
) ON COMMIT DROP
"""
_SAME = "n.school_id = r.school_id AND n.rule = r.rule"
_ALIKE = f"{_SAME} AND n.checked = r.checked AND n.wrong = r.wrong AND n.weight = r.weight"
_CURRENT = "r.ends_on IS NULL AND r.school_id = ANY(%(schools)s)"
_WRITE = (
    # What was counted earlier today, or for a later day, gives way to what is counted now.
    f"""
    DELETE FROM quality_rulecount r WHERE r.school_id = ANY(%(schools)s) AND r.starts_on >= %(on)s
        AND NOT EXISTS (SELECT FROM quality_counted n WHERE {_ALIKE} AND r.ends_on IS NULL)
    """,  # noqa: S608 (constants of this module)
    f"""
    UPDATE quality_rulecount r SET ends_on = %(on)s WHERE {_CURRENT} AND r.starts_on < %(on)s
        AND NOT EXISTS (SELECT FROM quality_counted n WHERE {_ALIKE})
    """,  # noqa: S608 (constants of this module)
    f"""
    INSERT INTO quality_rulecount (school_id, rule, weight, checked, wrong, starts_on)
    SELECT n.school_id, n.rule, n.weight, n.checked, n.wrong, %(on)s FROM quality_counted n
    WHERE NOT EXISTS (SELECT FROM quality_rulecount r WHERE {_SAME} AND r.ends_on IS NULL)
    """,  # noqa: S608 (constants of this module)
    """
    INSERT INTO quality_schoolscore (school_id, "on", lost, whole, wrong, counted_at)
    SELECT school_id, %(on)s, sum(wrong * weight), sum(checked * weight), sum(wrong), %(now)s
    FROM quality_counted GROUP BY school_id
    ON CONFLICT (school_id, "on") DO UPDATE SET lost = excluded.lost, whole = excluded.whole,
        wrong = excluded.wrong, counted_at = excluded.counted_at
    """,
)


def refresh(*, on: date, now: datetime, tell: Tell = lambda _done, _total: None) -> int:
    """Count every open school anew, a hundred at a time; return how many schools those were."""
    schools = open_schools(on)
    for done in range(0, len(schools), AT_ONCE):
        write_counts(schools[done : done + AT_ONCE], on=on, now=now)
        tell(min(done + AT_ONCE, len(schools)), len(schools))
    return len(schools)


def open_schools(on: date) -> list[int]:
    """Return the schools that have not closed by a day."""
    rows = School.objects.unscoped(because="the system counts the faults of every school")
    return sorted(rows.exclude(closed_on__lte=on).values_list("pk", flat=True))


@transaction.atomic
def write_counts(schools: Sequence[int], *, on: date, now: datetime) -> None:
    """Count some schools anew and write what came of it, as of a day.

    The number of statements grows with neither schools nor records.
    """
    asked = {**parameters(on, schools), "lock": _LOCK, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED, asked)
        cursor.execute(_COUNTED)
        for statement in count_statements(on):
            cursor.execute(f"INSERT INTO quality_counted {statement}", asked)
        for statement in _WRITE:
            cursor.execute(statement, asked)
        cursor.execute("DROP TABLE quality_counted")
