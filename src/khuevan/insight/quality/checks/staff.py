"""Staff: everybody whose main position of the day is in a school."""

from __future__ import annotations

from khuevan.insight.quality.checks.base import Check, Source, holds
from khuevan.insight.quality.checks.pupils import BORN, FULL_NAME, NUMBER, doubted

ROWS = f"""
SELECT a.unit_id AS school_id, level.taught AS level, m.uuid,
    person.uuid AS person_uuid, person.version, {FULL_NAME.format("person")} AS name,
    a.position AS place, person.sort_key AS sort,
    NULL::bigint AS class_id, person.personal_number, person.number_doubts, person.birth_date,
    person.sex, m.moet_code, a.position, a.employment, review.doubts AS reviewed,
    EXISTS (
        SELECT FROM staff_qualification q
        WHERE q.staff_member_id = m.id AND q.kind = 'DEGREE' AND q.withdrawn_on IS NULL
    ) AS has_degree,
    EXISTS (
        SELECT FROM staff_staffsubject s WHERE s.staff_member_id = m.id AND {holds("s")}
    ) OR EXISTS (
        SELECT FROM staff_teachingassignment t WHERE t.staff_member_id = m.id AND {holds("t")}
    ) AS has_subject,
    EXISTS (
        SELECT FROM staff_professionaltitle t WHERE t.staff_member_id = m.id AND {holds("t")}
    ) AS has_title
FROM staff_appointment a
JOIN staff_staffmember m ON m.id = a.staff_member_id
JOIN accounts_person person ON person.id = a.person_id
LEFT JOIN LATERAL (
    SELECT v.levels[1] AS taught FROM schools_schoolversion v
    WHERE v.school_id = a.unit_id AND {holds("v")} LIMIT 1
) level ON true
LEFT JOIN LATERAL (
    SELECT bit_or(r.doubts) AS doubts FROM people_numberreview r
    WHERE r.person_id = a.person_id AND r.personal_number = person.personal_number
) review ON true
WHERE a.is_primary AND {holds("a")} AND a.unit_id = ANY(%(schools)s)
"""  # noqa: S608 (constants of this module)

TEACHES = "x.position = 'TEACHER'"
QUALIFIED = "x.position IN ('TEACHER', 'PRINCIPAL', 'VICE_PRINCIPAL')"
OLD = "x.birth_date <= %(on)s::date - make_interval(years => %(most_STAFF_RETIRED)s::int)"

CHECKS = {
    "STAFF_NUMBER": Check("x.personal_number IS NULL"),
    "STAFF_NUMBER_DOUBT": Check(doubted(7), NUMBER, "x.personal_number", is_masked=True),
    "STAFF_BIRTH": Check("x.birth_date IS NULL"),
    "STAFF_RETIRED": Check(
        OLD, "x.birth_date IS NOT NULL AND x.employment IN ('OFFICIAL', 'PUBLIC')", BORN
    ),
    "STAFF_DEGREE": Check("NOT x.has_degree", QUALIFIED),
    "STAFF_SUBJECT": Check("NOT x.has_subject", TEACHES),
    "STAFF_MOET": Check("x.moet_code IS NULL"),
    "STAFF_EMPLOYMENT": Check("x.employment = ''"),
    "STAFF_TITLE": Check("NOT x.has_title", f"{TEACHES} AND x.employment = 'PUBLIC'"),
}
STAFF = Source(ROWS, CHECKS)
