"""The school itself, one row each."""

from __future__ import annotations

from khuevan.insight.quality.checks.base import Check, Source, holds

ROWS = f"""
SELECT s.unit_id AS school_id, NULL::text AS level, unit.uuid,
    NULL::uuid AS person_uuid, NULL::int AS version,
    s.code AS name, '' AS place, s.code AS sort, NULL::bigint AS class_id, s.phone, s.address,
    v.school_type,
    EXISTS (
        SELECT FROM staff_appointment a
        WHERE a.unit_id = s.unit_id AND a.position = 'PRINCIPAL' AND {holds("a")}
    ) AS has_leader,
    EXISTS (SELECT FROM schools_campus k WHERE k.school_id = s.unit_id AND {holds("k")})
        AS has_campus,
    EXISTS (
        SELECT FROM schools_campus k
        WHERE k.school_id = s.unit_id AND k.is_main AND k.address <> '' AND {holds("k")}
    ) AS campus_told,
    EXISTS (
        SELECT FROM schools_homeroomclass c
        WHERE c.school_id = s.unit_id AND c.academic_year_id = %(year)s
    ) AS has_classes,
    (SELECT max(z.at) FROM (
        SELECT au.at FROM audit_auditentry au WHERE au.unit_id = s.unit_id
        ORDER BY au.id DESC LIMIT 1
    ) z) AS changed_at
FROM schools_school s
JOIN organizations_orgunit unit ON unit.id = s.unit_id
JOIN schools_schoolversion v ON v.school_id = s.unit_id AND {holds("v")}
WHERE s.unit_id = ANY(%(schools)s) AND (s.closed_on IS NULL OR s.closed_on > %(on)s)
"""  # noqa: S608 (constants of this module)

CHECKS = {
    "SCHOOL_LEADER": Check("NOT x.has_leader", "x.school_type <> 'INDEPENDENT_PRESCHOOL'"),
    "SCHOOL_PHONE": Check("x.phone = ''"),
    "SCHOOL_ADDRESS": Check("x.address = '' AND NOT x.campus_told"),
    "SCHOOL_CAMPUS": Check("NOT x.has_campus"),
    "SCHOOL_YEAR": Check("NOT x.has_classes", "%(year)s::bigint IS NOT NULL"),
    "SCHOOL_STILL": Check(
        "x.changed_at < %(on)s::date - %(most_SCHOOL_STILL)s::int",
        "x.changed_at IS NOT NULL AND %(year)s::bigint IS NOT NULL",
        "to_char(x.changed_at, 'DD/MM/YYYY')",
    ),
}
SCHOOLS = Source(ROWS, CHECKS)
