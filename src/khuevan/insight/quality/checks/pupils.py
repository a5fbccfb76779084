"""Pupils: everybody on roll on the day, once, at the main school."""

from __future__ import annotations

from khuevan.insight.quality.checks.base import Check, Source, holds

FULL_NAME = (
    "concat_ws(' ', nullif({0}.family_name, ''), nullif({0}.middle_name, ''), {0}.given_name)"
)
SEATS = f"""
    students_enrollment e
    JOIN students_student st ON st.id = e.student_id
    JOIN accounts_person person ON person.id = e.person_id
    LEFT JOIN students_classplacement p ON p.student_id = e.student_id AND {holds("p")}
    LEFT JOIN schools_homeroomclass c ON c.id = p.homeroom_class_id
    LEFT JOIN schools_gradelevel g ON g.id = coalesce(p.grade_level_id, c.grade_level_id)
"""
ON_ROLL = f"e.is_primary AND {holds('e')} AND e.school_id = ANY(%(schools)s)"
NUMBER = "x.personal_number IS NOT NULL"
AGED = "x.birth_date IS NOT NULL AND x.usual_age IS NOT NULL AND %(began)s::int IS NOT NULL"
AGE = "(%(began)s::int - extract(year FROM x.birth_date)::int)"
BORN = "to_char(x.birth_date, 'DD/MM/YYYY')"

ROWS = f"""
SELECT e.school_id, g.level, st.uuid, person.uuid AS person_uuid, person.version,
    {FULL_NAME.format("person")} AS name, coalesce(c.name, '') AS place,
    coalesce(c.sort_key, '~') || ' ' || person.sort_key AS sort, p.homeroom_class_id AS class_id,
    person.family_name, person.personal_number, person.number_doubts, person.sex,
    person.birth_date, person.ethnicity_code, st.moet_code, e.registry_number, g.usual_age,
    g.code AS grade, home.has_home, home.has_birthplace, home.former, code.temporary,
    code.temporary_since, away.since AS away_since, away.back_on, review.doubts AS reviewed,
    EXISTS (
        SELECT FROM students_guardianship gu WHERE gu.student_id = e.student_id AND {holds("gu")}
    ) AS has_guardian,
    EXISTS (
        SELECT FROM duplicates_duplicatepair d
        WHERE d.state = 'OPEN' AND e.person_id IN (d.one_id, d.other_id)
    ) AS is_twice
FROM {SEATS}
LEFT JOIN LATERAL (
    SELECT bool_or(a.kind <> 'BIRTHPLACE' AND a.kind <> 'HOMETOWN') AS has_home,
        bool_or(a.kind = 'BIRTHPLACE') AS has_birthplace,
        min(area.full_name) FILTER (
            WHERE a.kind IN ('CURRENT', 'PERMANENT') AND area.ends_on <= %(on)s
        ) AS former
    FROM people_address a LEFT JOIN areas_area area ON area.id = a.area_id
    WHERE a.person_id = e.person_id AND a.ends_on IS NULL
        AND (a.detail <> '' OR a.area_id IS NOT NULL)
) home ON true
LEFT JOIN LATERAL (
    SELECT min(k.code) AS temporary, min(k.starts_on) AS temporary_since
    FROM people_personcode k
    WHERE k.person_id = e.person_id AND k.kind = 'TEMPORARY' AND k.ends_on IS NULL
) code ON true
LEFT JOIN LATERAL (
    SELECT min(b.starts_on) AS since, min(b.expected_back_on) AS back_on
    FROM students_studybreak b WHERE b.student_id = e.student_id AND {holds("b")}
) away ON true
LEFT JOIN LATERAL (
    SELECT bit_or(r.doubts) AS doubts FROM people_numberreview r
    WHERE r.person_id = e.person_id AND r.personal_number = person.personal_number
) review ON true
WHERE {ON_ROLL}
"""  # noqa: S608 (constants of this module)


def doubted(bits: int) -> str:
    """Return whether a number denies these facts, and nobody has confirmed it against papers."""
    return f"(x.number_doubts & {bits} & ~coalesce(x.reviewed, 0)) > 0"


CHECKS = {
    "PUPIL_NUMBER": Check("x.personal_number IS NULL"),
    "PUPIL_NUMBER_SEX": Check(
        doubted(1), f"{NUMBER} AND x.sex <> ''", "x.personal_number", is_masked=True
    ),
    "PUPIL_NUMBER_YEAR": Check(
        doubted(2), f"{NUMBER} AND x.birth_date IS NOT NULL", "x.personal_number", is_masked=True
    ),
    "PUPIL_NUMBER_PLACE": Check(doubted(4), NUMBER, "x.personal_number", is_masked=True),
    "PUPIL_NUMBER_FAKE": Check(
        r"x.personal_number ~ '(\d)\1{5}$' OR right(x.personal_number, 6) = '123456'",
        NUMBER,
        "x.personal_number",
        is_masked=True,
    ),
    "PUPIL_BIRTH": Check("x.birth_date IS NULL"),
    "PUPIL_TOO_YOUNG": Check(f"{AGE} < x.usual_age - %(most_PUPIL_TOO_YOUNG)s", AGED, BORN),
    "PUPIL_TOO_OLD": Check(f"{AGE} > x.usual_age + %(most_PUPIL_TOO_OLD)s", AGED, BORN),
    "PUPIL_SEX": Check("x.sex = ''"),
    "PUPIL_ETHNICITY": Check("x.ethnicity_code = ''"),
    "PUPIL_FAMILY_NAME": Check("x.family_name = ''", value="x.name"),
    "PUPIL_ADDRESS": Check("NOT coalesce(x.has_home, false)"),
    "PUPIL_ADDRESS_FORMER": Check(
        "x.former IS NOT NULL", "coalesce(x.has_home, false)", "coalesce(x.former, '')"
    ),
    "PUPIL_BIRTHPLACE": Check("NOT coalesce(x.has_birthplace, false)"),
    "PUPIL_GUARDIAN": Check(
        "NOT x.has_guardian",
        "x.birth_date IS NULL OR x.birth_date > %(on)s::date - interval '18 years'",
    ),
    "PUPIL_CLASS": Check("x.class_id IS NULL", "x.away_since IS NULL"),
    "PUPIL_REGISTRY": Check("x.registry_number = ''"),
    "PUPIL_MOET": Check("x.moet_code IS NULL", "x.grade IS DISTINCT FROM '1'"),
    "PUPIL_TEMPORARY": Check(
        "x.temporary_since < %(on)s::date - %(most_PUPIL_TEMPORARY)s::int",
        "x.temporary IS NOT NULL",
        "coalesce(x.temporary, '')",
    ),
    "PUPIL_BREAK": Check(
        "x.back_on < %(on)s",
        "x.away_since IS NOT NULL AND x.back_on IS NOT NULL",
        "to_char(x.back_on, 'DD/MM/YYYY')",
    ),
    "PUPIL_TWICE": Check("x.is_twice"),
}
PUPILS = Source(ROWS, CHECKS)
