"""The averages and verdicts of many gradebooks at once, in SQL; equal to the pure rules.

For the marks of one cell there is `reckoning`. Only rows that differ are written. The gradebooks
are locked first, so that a mark entered meanwhile waits and its averages are not overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

_LOCK = """
SELECT id FROM gradebooks_gradebook
WHERE homeroom_class_id = ANY(%(classes)s) AND form IN ('SCORE', 'COMMENT')
ORDER BY id FOR NO KEY UPDATE
"""
_MARKS = """
    SELECT b.id AS gradebook_id, m.student_id, b.form = 'SCORE' AS is_scored,
        b.required[1] AS needed_1, b.required[2] AS needed_2,
        130 = ANY(b.slots) AS topics_1, 230 = ANY(b.slots) AS topics_2,
        {terms}
    FROM gradebooks_gradebook b
    JOIN gradebooks_mark m ON m.gradebook_id = b.id AND m.year = %(year)s AND m.value >= 0
    WHERE b.homeroom_class_id = ANY(%(classes)s) AND b.form IN ('SCORE', 'COMMENT')
    GROUP BY b.id, m.student_id
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
_EXEMPT = """EXISTS (
            SELECT FROM gradebooks_arrangement a
            WHERE a.student_id = term.student_id AND a.academic_year_id = b.academic_year_id
                AND a.kind = 'EXEMPT'
                AND (a.subject_name = b.subject_name OR a.subject_name = ANY(b.parts))
        )"""
"""Who is exempt from the subject has no results in it."""
_WRITE = f"""
INSERT INTO gradebooks_subjectresult AS old (gradebook_id, year, student_id, term_1, term_2, annual)
WITH cell AS ({_MARKS.format(terms=",".join(_TERM.format(t=t) for t in (1, 2)))}),
term AS (
    SELECT gradebook_id, student_id, is_scored,
        {_RESULT.format(t=1)} AS first, {_RESULT.format(t=2)} AS second
    FROM cell
),
told AS (
    SELECT term.gradebook_id, term.student_id, is_scored,
        CASE WHEN {_EXEMPT} THEN NULL ELSE coalesce(brought.value, first) END AS first,
        CASE WHEN {_EXEMPT} THEN NULL ELSE second END AS second
    FROM term JOIN gradebooks_gradebook b ON b.id = term.gradebook_id
    LEFT JOIN gradebooks_broughtaverage brought ON brought.gradebook_id = term.gradebook_id
        AND brought.student_id = term.student_id
),
found AS (
    SELECT gradebook_id, student_id, first, second,
        CASE WHEN is_scored THEN (2 * (first + 2 * second) + 3) / 6 ELSE second END AS annual
    FROM told
)
SELECT found.gradebook_id, %(year)s, found.student_id, found.first, found.second, found.annual
FROM found
LEFT JOIN gradebooks_subjectresult kept ON kept.year = %(year)s
    AND kept.gradebook_id = found.gradebook_id AND kept.student_id = found.student_id
WHERE kept.student_id IS NULL
    OR kept.term_1 IS DISTINCT FROM found.first
    OR kept.term_2 IS DISTINCT FROM found.second
    OR kept.annual IS DISTINCT FROM found.annual
ON CONFLICT (gradebook_id, student_id, year) DO UPDATE
SET term_1 = excluded.term_1, term_2 = excluded.term_2, annual = excluded.annual
"""  # noqa: S608 (parts of the statement, no values)
_EMPTIED = """
UPDATE gradebooks_subjectresult kept SET term_1 = NULL, term_2 = NULL, annual = NULL
FROM gradebooks_gradebook b
WHERE b.homeroom_class_id = ANY(%(classes)s) AND b.form IN ('SCORE', 'COMMENT')
    AND kept.year = %(year)s AND kept.gradebook_id = b.id
    AND (kept.term_1, kept.term_2, kept.annual) IS DISTINCT FROM (NULL, NULL, NULL)
    AND NOT EXISTS (
        SELECT FROM gradebooks_mark m
        WHERE m.year = %(year)s AND m.gradebook_id = kept.gradebook_id
            AND m.student_id = kept.student_id AND m.value >= 0
    )
    AND NOT EXISTS (
        SELECT FROM gradebooks_broughtaverage brought
        WHERE brought.gradebook_id = kept.gradebook_id AND brought.student_id = kept.student_id
    )
"""


@transaction.atomic
def recompute_averages(*, classes: Sequence[int], year: int) -> int:
    """Reckon all averages and verdicts of some classes anew; return how many rows changed."""
    said: dict[str, Any] = {"classes": list(classes), "year": year}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, said)
        cursor.execute(_WRITE, said)
        written: int = cursor.rowcount
        cursor.execute(_EMPTIED, said)
        return written + int(cursor.rowcount)
