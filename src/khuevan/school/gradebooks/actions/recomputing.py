"""The averages and verdicts of many gradebooks at once, in SQL; equal to the pure rules.

Who has no mark left has no result either. For the marks of one cell there is `reckoning`. Only
rows that differ are written. The gradebooks are locked first, so that a mark entered meanwhile
waits and its averages are not overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

_PLAN = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
"""A part of the classes is read by its keys, however few the others are; until the end of the
transaction."""
_LOCK = """
SELECT id FROM gradebooks_gradebook
WHERE homeroom_class_id = ANY(%(classes)s) AND form IN ('SCORE', 'COMMENT')
ORDER BY id FOR NO KEY UPDATE
"""
_MARKS = """
    SELECT b.id AS gradebook_id, b.form = 'SCORE' AS is_scored,
        b.required[1] AS needed_1, b.required[2] AS needed_2,
        130 = ANY(b.slots) AS topics_1, 230 = ANY(b.slots) AS topics_2, mine.*
    FROM gradebooks_gradebook b
    CROSS JOIN LATERAL (
        SELECT m.student_id,
            {terms}
        FROM gradebooks_mark m
        WHERE m.gradebook_id = b.id AND m.year = %(year)s AND m.value >= 0
        GROUP BY m.student_id
    ) mine
    WHERE b.homeroom_class_id = ANY(%(classes)s) AND b.form IN ('SCORE', 'COMMENT')
"""
_TERM = """
        count(*) FILTER (WHERE slot BETWEEN {t}01 AND {t}20) AS n_{t},
        coalesce(sum(value) FILTER (WHERE slot BETWEEN {t}01 AND {t}20), 0) AS sum_{t},
        max(value) FILTER (WHERE slot = {t}30) AS cluster_{t},
        max(value) FILTER (WHERE slot = {t}40) AS midterm_{t},
        max(value) FILTER (WHERE slot = {t}50) AS final_{t}"""
_RESULT = """
    CASE
    WHEN n_{t} < needed_{t} OR midterm_{t} IS NULL OR final_{t} IS NULL THEN NULL
    WHEN NOT is_scored THEN (sum_{t} = n_{t} AND midterm_{t} = 1 AND final_{t} = 1)::int
    WHEN topics_{t} AND cluster_{t} IS NULL THEN NULL
    ELSE (2 * (sum_{t} + coalesce(cluster_{t}, 0) + 2 * midterm_{t} + 3 * final_{t})
            + n_{t} + (cluster_{t} IS NOT NULL)::int + 5)
        / (2 * (n_{t} + (cluster_{t} IS NOT NULL)::int + 5))
    END"""
_WRITE = f"""
INSERT INTO gradebooks_subjectresult AS old (gradebook_id, year, student_id, term_1, term_2, annual)
WITH cell AS ({_MARKS.format(terms=",".join(_TERM.format(t=t) for t in (1, 2)))}),
term AS (
    SELECT gradebook_id, student_id, is_scored,
        {_RESULT.format(t=1)} AS first, {_RESULT.format(t=2)} AS second
    FROM cell
),
exempt AS MATERIALIZED (
    SELECT DISTINCT b.id AS gradebook_id, a.student_id
    FROM gradebooks_arrangement a
    JOIN gradebooks_gradebook b ON b.academic_year_id = a.academic_year_id
        AND (a.subject_name = b.subject_name OR a.subject_name = ANY(b.parts))
    WHERE a.kind = 'EXEMPT' AND b.homeroom_class_id = ANY(%(classes)s)
),
told AS (
    SELECT term.gradebook_id, term.student_id, is_scored,
        CASE WHEN exempt.student_id IS NULL THEN coalesce(brought.value, first) END AS first,
        CASE WHEN exempt.student_id IS NULL THEN second END AS second
    FROM term
    LEFT JOIN gradebooks_broughtaverage brought ON brought.gradebook_id = term.gradebook_id
        AND brought.student_id = term.student_id
    LEFT JOIN exempt ON exempt.gradebook_id = term.gradebook_id
        AND exempt.student_id = term.student_id
),
found AS (
    SELECT gradebook_id, student_id, first, second,
        CASE WHEN is_scored THEN (2 * (first + 2 * second) + 3) / 6 ELSE second END AS annual
    FROM told
),
kept AS MATERIALIZED (
    SELECT mine.* FROM gradebooks_gradebook b
    CROSS JOIN LATERAL (
        SELECT r.gradebook_id, r.student_id, r.term_1, r.term_2, r.annual
        FROM gradebooks_subjectresult r
        WHERE r.gradebook_id = b.id AND r.year = %(year)s
        OFFSET 0
    ) mine
    WHERE b.homeroom_class_id = ANY(%(classes)s) AND b.form IN ('SCORE', 'COMMENT')
)
SELECT coalesce(found.gradebook_id, kept.gradebook_id), %(year)s,
    coalesce(found.student_id, kept.student_id), found.first, found.second, found.annual
FROM found
FULL JOIN kept ON kept.gradebook_id = found.gradebook_id AND kept.student_id = found.student_id
WHERE (kept.student_id IS NULL
        OR kept.term_1 IS DISTINCT FROM found.first
        OR kept.term_2 IS DISTINCT FROM found.second
        OR kept.annual IS DISTINCT FROM found.annual)
    AND (found.student_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM gradebooks_broughtaverage brought
        WHERE brought.gradebook_id = kept.gradebook_id AND brought.student_id = kept.student_id
    ))
ON CONFLICT (gradebook_id, student_id, year) DO UPDATE
SET term_1 = excluded.term_1, term_2 = excluded.term_2, annual = excluded.annual
"""  # noqa: S608 (parts of the statement, no values)


@transaction.atomic
def recompute_averages(*, classes: Sequence[int], year: int) -> int:
    """Reckon all averages and verdicts of some classes anew; return how many rows changed."""
    said: dict[str, Any] = {"classes": list(classes), "year": year}
    with connection.cursor() as cursor:
        cursor.execute(_PLAN)
        cursor.execute(_LOCK, said)
        cursor.execute(_WRITE, said)
        return int(cursor.rowcount)
