"""Who has to have marks in gradebooks on a day: set-based, for many gradebooks at once.

Pupils of the class on the day; where the class learns the subject in groups, those of a group.
Who is exempt, or is assessed by an individual plan, need not have any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection

from khuevan.registry.curriculum.api import PlanKind
from khuevan.school.gradebooks.models import ArrangementKind, Gradebook

LEFT_OUT = (ArrangementKind.EXEMPT.value, ArrangementKind.INDIVIDUAL.value)
PUPILS = """
SELECT b.id AS book_id, p.student_id
FROM (
    SELECT g.*, EXISTS (
        SELECT 1 FROM curriculum_teachinggroup t JOIN curriculum_groupclass c ON c.group_id = t.id
        WHERE c.homeroom_class_id = g.homeroom_class_id
            AND t.academic_year_id = g.academic_year_id
            AND t.kind <> %(cluster)s AND t.subject_name = ANY(g.parts)
    ) AS is_grouped
    FROM gradebooks_gradebook g WHERE g.id = ANY(%(books)s::int[])
) b
JOIN students_classplacement p ON p.homeroom_class_id = b.homeroom_class_id
    AND p.starts_on <= %(on)s AND (p.ends_on IS NULL OR p.ends_on > %(on)s)
WHERE NOT EXISTS (
    SELECT 1 FROM gradebooks_arrangement a
    WHERE a.student_id = p.student_id AND a.academic_year_id = b.academic_year_id
        AND a.kind = ANY(%(left_out)s) AND (a.subject_name IN ('', b.subject_name)
                                            OR a.subject_name = ANY(b.parts))
) AND (NOT b.is_grouped OR EXISTS (
    SELECT 1 FROM curriculum_teachinggroup t JOIN curriculum_grouppupil q ON q.group_id = t.id
    WHERE q.student_id = p.student_id AND t.academic_year_id = b.academic_year_id
        AND t.kind <> %(cluster)s AND t.subject_name = ANY(b.parts)
        AND q.starts_on <= %(on)s AND (q.ends_on IS NULL OR q.ends_on > %(on)s)
))
"""
"""Two columns, book_id and student_id; its values are those of `pupil_values`."""


def pupil_values(books: Collection[Gradebook], on: date) -> dict[str, Any]:
    """Return the values that `PUPILS` takes, for gradebooks reached through a scope."""
    return {
        "books": [one.pk for one in books],
        "on": on,
        "cluster": PlanKind.CLUSTER.value,
        "left_out": list(LEFT_OUT),
    }


def pupils_with_marks(books: Collection[Gradebook], on: date) -> dict[int, set[int]]:
    """Return who has to have marks on a day, by gradebook: one query."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    if books:
        with connection.cursor() as cursor:
            cursor.execute(PUPILS, pupil_values(books, on))
            for book, student in cursor.fetchall():
                found[book].add(student)
    return found
