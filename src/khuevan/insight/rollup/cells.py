"""What a cell is, in SQL: the pupils of one day, and the same pupils over all their days.

Both say once which pupils are on roll, in which class, with which facts. A day is counted from
cells, except for schools with a mark: their rows are counted as they are now. That is one
statement, hence one moment.
"""

from __future__ import annotations

from khuevan.insight.rollup.residence import HOME_AT, MOVES
from khuevan.registry.students.api import RECORD_FACTS

FACTS = (*RECORD_FACTS, "contradictions")
"""Bits of `lacks`, the first one lowest."""

STALE = """
    SELECT school_id FROM rollup_stalemark WHERE school_id IS NOT NULL
    UNION
    SELECT unit_id FROM schools_school
    WHERE EXISTS (SELECT FROM rollup_stalemark WHERE school_id IS NULL)
"""
"""Schools whose cells are not to be read."""

_BIRTH_YEAR = "coalesce(extract(year FROM person.birth_date)::int, person.birth_year)"

_TOLD_SEX = "mod(substr(person.personal_number, 4, 1)::int, 2)"
_TOLD_YEAR = """(1900 + substr(person.personal_number, 4, 1)::int / 2 * 100
    + substr(person.personal_number, 5, 2)::int)"""
_LACKS = f"""
    CASE WHEN person.personal_number IS NULL THEN 1 ELSE 0 END
    + CASE WHEN person.birth_date IS NULL THEN 2 ELSE 0 END
    + CASE WHEN person.ethnicity_code = '' THEN 4 ELSE 0 END
    + CASE WHEN {{has_phone}} THEN 0 ELSE 8 END
    + CASE WHEN person.personal_number IS NOT NULL AND (
        (person.sex = 'MALE' AND {_TOLD_SEX} = 1) OR (person.sex = 'FEMALE' AND {_TOLD_SEX} = 0)
        OR {_TOLD_YEAR} <> extract(year FROM person.birth_date)
    ) THEN 16 ELSE 0 END
"""  # noqa: S608 (constants of this module)

_PHONES = """
    SELECT {what} FROM students_guardianship g JOIN accounts_person guardian
        ON guardian.id = g.guardian_id
    WHERE g.student_id = {student} AND (guardian.phone <> '' OR g.told_phone <> '')
"""
_PHONE_ON = (
    "EXISTS ("
    + _PHONES.format(what="1", student="e.student_id")
    + ("AND (g.ends_on IS NULL OR g.ends_on > %(on)s))")
)
_PHONE_UNTIL = (
    "(" + _PHONES.format(what="max(coalesce(g.ends_on, 'infinity'))", student="e.student_id") + ")"
)

_OF_DAY = """
    FROM students_enrollment e
    JOIN accounts_person person ON person.id = e.person_id
    LEFT JOIN students_classplacement p ON p.student_id = e.student_id
        AND p.starts_on <= %(on)s AND (p.ends_on IS NULL OR p.ends_on > %(on)s)
    LEFT JOIN schools_homeroomclass c ON c.id = p.homeroom_class_id
    WHERE e.is_primary AND e.starts_on <= %(on)s AND (e.ends_on IS NULL OR e.ends_on > %(on)s)
        AND e.school_id = ANY({schools})
"""


_PUPIL = f"""
    SELECT e.school_id, coalesce(p.grade_level_id, c.grade_level_id) AS grade_level_id,
        person.sex, person.ethnicity_code,
        {_BIRTH_YEAR} AS birth_year,"""  # noqa: S608 (constants of this module)


def live_pupils(schools: str) -> str:
    """Return the statement of a day's pupils as rows of `PupilCell`, of an array of schools."""
    return f"{_PUPIL} 1 AS pupils {_OF_DAY.format(schools=schools)}"


def live_homes(schools: str) -> str:
    """Return the statement of a day's pupils as rows of `HomeCell`, of an array of schools."""
    home = HOME_AT.format(person="e.person_id", day="%(on)s")
    return f"{_PUPIL} {home} AS area_id, 1 AS pupils {_OF_DAY.format(schools=schools)}"


def live_classes(schools: str) -> str:
    """Return the statement of a day's pupils as rows of `ClassCell`, of an array of schools."""
    return f"""
    SELECT e.school_id, p.homeroom_class_id, {_LACKS.format(has_phone=_PHONE_ON)} AS lacks,
        1 AS pupils, (person.sex = 'FEMALE')::int AS girls
    {_OF_DAY.format(schools=schools)}
    """  # noqa: S608 (constants of this module)


_HOLDS = "x.starts_on <= %(on)s AND (x.ends_on IS NULL OR x.ends_on > %(on)s)"
_FRESH = "x.school_id <> ALL (ARRAY(SELECT school_id FROM stale))"
_IN_REACH = "(%(schools)s::bigint[] IS NULL OR x.school_id = ANY(%(schools)s::bigint[]))"

PUPILS_OF_DAY = f"""
    WITH stale AS MATERIALIZED ({STALE})
    SELECT x.school_id, x.grade_level_id, x.sex, x.ethnicity_code, x.birth_year, x.pupils
    FROM rollup_pupilcell x WHERE {_HOLDS} AND {_FRESH} AND {_IN_REACH}
    UNION ALL
    SELECT * FROM ({live_pupils("ARRAY(SELECT school_id FROM stale)")}) x WHERE {_IN_REACH}
"""  # noqa: S608 (constants of this module)
"""Rows to be summed: cells of a day in reach, and single pupils of the schools with a mark."""

HOMES_OF_DAY = f"""
    WITH stale AS MATERIALIZED ({STALE})
    SELECT x.school_id, x.grade_level_id, x.sex, x.ethnicity_code, x.birth_year, x.area_id, x.pupils
    FROM rollup_homecell x WHERE {_HOLDS} AND {_FRESH} AND {_IN_REACH}
    UNION ALL
    SELECT * FROM ({live_homes("ARRAY(SELECT school_id FROM stale)")}) x WHERE {_IN_REACH}
"""  # noqa: S608 (constants of this module)
"""The same with the area in which pupils live."""

CLASSES_OF_DAY = f"""
    WITH stale AS MATERIALIZED ({STALE})
    SELECT x.school_id, x.homeroom_class_id, x.lacks, x.pupils, x.girls
    FROM rollup_classcell x WHERE {_HOLDS} AND {_FRESH} AND {_IN_REACH}
    UNION ALL
    SELECT * FROM ({live_classes("ARRAY(SELECT school_id FROM stale)")}) x WHERE {_IN_REACH}
"""  # noqa: S608 (constants of this module)
"""The same for what the dashboard counts by class."""

WRITE = f"""
WITH e AS MATERIALIZED (
    SELECT e.id, e.student_id, e.person_id, e.school_id, e.starts_on,
        coalesce(e.ends_on, 'infinity') AS ends_on, {_PHONE_UNTIL} AS phone_until
    FROM students_enrollment e WHERE e.is_primary AND e.school_id = ANY(%(schools)s)
), cuts AS (
    SELECT id, starts_on AS day FROM e
    UNION
    SELECT e.id, cut.day FROM e JOIN students_classplacement p ON p.student_id = e.student_id
        CROSS JOIN LATERAL (VALUES (p.starts_on), (p.ends_on)) AS cut(day)
    WHERE cut.day > e.starts_on AND cut.day < e.ends_on
    UNION
    SELECT id, phone_until FROM e WHERE phone_until > starts_on AND phone_until < ends_on
    UNION
    {MOVES}
), spans AS (
    SELECT cuts.id, cuts.day AS starts_on,
        nullif(coalesce(lead(cuts.day) OVER (PARTITION BY cuts.id ORDER BY cuts.day), e.ends_on),
            'infinity') AS ends_on
    FROM cuts JOIN e ON e.id = cuts.id
), pupils AS MATERIALIZED (
    SELECT e.school_id, p.homeroom_class_id,
        coalesce(p.grade_level_id, c.grade_level_id) AS grade_level_id,
        person.sex, person.ethnicity_code,
        {_BIRTH_YEAR} AS birth_year, spans.starts_on, spans.ends_on,
        {_LACKS.format(has_phone="coalesce(e.phone_until > spans.starts_on, false)")} AS lacks,
        {HOME_AT.format(person="e.person_id", day="spans.starts_on")} AS area_id
    FROM spans JOIN e ON e.id = spans.id
    JOIN accounts_person person ON person.id = e.person_id
    LEFT JOIN students_classplacement p ON p.student_id = e.student_id
        AND p.starts_on <= spans.starts_on AND (p.ends_on IS NULL OR p.ends_on > spans.starts_on)
    LEFT JOIN schools_homeroomclass c ON c.id = p.homeroom_class_id
), by_facts AS (
    INSERT INTO rollup_pupilcell
        (school_id, grade_level_id, sex, ethnicity_code, birth_year, starts_on, ends_on, pupils)
    SELECT school_id, grade_level_id, sex, ethnicity_code, birth_year, starts_on, ends_on, count(*)
    FROM pupils GROUP BY 1, 2, 3, 4, 5, 6, 7
), by_home AS (
    INSERT INTO rollup_homecell (school_id, grade_level_id, sex, ethnicity_code, birth_year,
        area_id, starts_on, ends_on, pupils)
    SELECT school_id, grade_level_id, sex, ethnicity_code, birth_year, area_id, starts_on, ends_on,
        count(*)
    FROM pupils GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
), by_class AS (
    INSERT INTO rollup_classcell
        (school_id, homeroom_class_id, lacks, starts_on, ends_on, pupils, girls)
    SELECT school_id, homeroom_class_id, lacks, starts_on, ends_on, count(*),
        count(*) FILTER (WHERE sex = 'FEMALE')
    FROM pupils GROUP BY 1, 2, 3, 4, 5
)
SELECT count(*) FROM pupils
"""  # noqa: S608 (constants of this module)
"""Write the cells of some schools: each enrollment is cut where class, phone or home changes."""

ERASE = (
    "DELETE FROM rollup_pupilcell WHERE school_id = ANY(%(schools)s)",
    "DELETE FROM rollup_homecell WHERE school_id = ANY(%(schools)s)",
    "DELETE FROM rollup_classcell WHERE school_id = ANY(%(schools)s)",
)
