"""Classes of the academic year that are open on the day."""

from __future__ import annotations

from khuevan.insight.quality.checks.base import Check, Source, holds

ROWS = f"""
SELECT c.school_id, g.level, c.uuid, NULL::uuid AS person_uuid, NULL::int AS version, c.name,
    g.name AS place, c.sort_key AS sort, c.id AS class_id, c.sessions_a_week, c.campus_id,
    coalesce(seats.pupils, 0) AS pupils, norm.most,
    EXISTS (
        SELECT FROM staff_homeroomassignment h WHERE h.homeroom_class_id = c.id AND {holds("h")}
    ) AS has_homeroom,
    (SELECT count(*) FROM schools_campus k WHERE k.school_id = c.school_id AND {holds("k")})
        AS campuses
FROM schools_homeroomclass c
JOIN schools_gradelevel g ON g.id = c.grade_level_id
LEFT JOIN schools_schoolversion v ON v.school_id = c.school_id AND {holds("v")}
LEFT JOIN LATERAL (
    SELECT count(*) AS pupils FROM students_classplacement p
    WHERE p.homeroom_class_id = c.id AND {holds("p")}
) seats ON true
LEFT JOIN jsonb_to_recordset(%(norms)s::jsonb) AS norm(level text, age int, type text, most int)
    ON norm.level = g.level AND norm.age = g.usual_age AND norm.type = v.school_type
WHERE c.academic_year_id = %(year)s AND (c.closed_on IS NULL OR c.closed_on > %(on)s)
    AND c.school_id = ANY(%(schools)s)
"""  # noqa: S608 (constants of this module)

CHECKS = {
    "CLASS_HOMEROOM": Check("NOT x.has_homeroom", "x.pupils > 0"),
    "CLASS_SIZE": Check("x.pupils > x.most", "x.most IS NOT NULL", "x.pupils || '/' || x.most"),
    "CLASS_EMPTY": Check("x.pupils = 0"),
    "CLASS_SESSIONS": Check("x.sessions_a_week IS NULL"),
    "CLASS_CAMPUS": Check("x.campus_id IS NULL", "x.campuses > 1"),
}
CLASSES = Source(ROWS, CHECKS)
