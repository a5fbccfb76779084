"""What is read of some schools on a day to count their teachers: nine statements for any number.

Parameters of every statement: `on` the day, `schools` an array of ids, `year` the academic year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from khuevan.registry.curriculum.api import USUAL_ZONE, Held
from khuevan.registry.schools.api import academic_year_on

LONG = 30
"""Days from which on a leave is a long one: whoever is on it is told apart."""

_HOLDS = (
    "({0}.starts_on IS NULL OR {0}.starts_on <= %(on)s)"
    " AND ({0}.ends_on IS NULL OR {0}.ends_on > %(on)s)"
)
_T, _A, _S, _H, _D, _V = (_HOLDS.format(alias) for alias in "tashdv")
_OPEN = "c.academic_year_id = %(year)s AND (c.closed_on IS NULL OR c.closed_on > %(on)s)"

_CLASSES = f"""
SELECT c.school_id, g.level, g.code, c.session, count(*), count(*) FILTER (WHERE NOT EXISTS (
    SELECT FROM curriculum_classsubject p WHERE p.homeroom_class_id = c.id))
FROM schools_homeroomclass c JOIN schools_gradelevel g ON g.id = c.grade_level_id
WHERE c.school_id = ANY(%(schools)s) AND {_OPEN}
GROUP BY c.school_id, g.level, g.code, c.session
"""  # noqa: S608 (constants of this module)
_KINDS = f"""
SELECT v.school_id, v.school_type, v.levels, coalesce(d.zone, %(zone)s)
FROM schools_schoolversion v
LEFT JOIN curriculum_schoolzone d ON d.school_id = v.school_id AND {_D}
WHERE v.school_id = ANY(%(schools)s) AND {_V}
"""  # noqa: S608 (constants of this module)
_PLANNED = f"""
SELECT c.school_id, g.level, p.subject_name, sum(p.annual)
FROM curriculum_classsubject p JOIN schools_homeroomclass c ON c.id = p.homeroom_class_id
JOIN schools_gradelevel g ON g.id = c.grade_level_id
WHERE c.school_id = ANY(%(schools)s) AND {_OPEN}
GROUP BY c.school_id, g.level, p.subject_name
"""  # noqa: S608 (constants of this module)
# Of whom no periods are said gives what the plan leaves: of several such, the first.
_GIVEN = f"""
SELECT x.school_id, x.staff_member_id, x.level, x.subject_name,
    sum(CASE WHEN x.said IS NOT NULL THEN x.said
        WHEN x.place = 1 THEN greatest(x.annual - coalesce(x.told, 0), 0) ELSE 0 END)
FROM (
    SELECT c.school_id, t.staff_member_id, g.level, p.subject_name, p.annual, w.said,
        sum(w.said) OVER (PARTITION BY p.id) AS told,
        row_number() OVER (PARTITION BY p.id ORDER BY w.said NULLS FIRST, t.starts_on, t.id)
            AS place
    FROM curriculum_classsubject p JOIN schools_homeroomclass c ON c.id = p.homeroom_class_id
    JOIN schools_gradelevel g ON g.id = c.grade_level_id
    JOIN staff_teachingassignment t
        ON t.homeroom_class_id = c.id AND t.subject_name = p.subject_name AND {_T}
    LEFT JOIN (
        SELECT s.class_subject_id, s.teaching_id, (SELECT sum(n) FROM unnest(s.weeks) n) AS said
        FROM curriculum_assignedperiods s WHERE s.school_id = ANY(%(schools)s)
    ) w ON w.class_subject_id = p.id AND w.teaching_id = t.id
    WHERE c.school_id = ANY(%(schools)s) AND {_OPEN}
) x GROUP BY x.school_id, x.staff_member_id, x.level, x.subject_name
"""  # noqa: S608 (constants of this module)
_TEACHERS = f"""
SELECT a.unit_id, a.staff_member_id, a.is_primary, coalesce(a.weekly_periods, 0),
    person.sex, person.birth_date,
    EXISTS (
        SELECT FROM staff_staffleave s WHERE s.staff_member_id = a.staff_member_id
        AND s.school_id = a.unit_id AND {_S} AND s.ends_on - s.starts_on >= {LONG}
    ),
    CASE WHEN a.is_primary THEN (
        SELECT coalesce(sum(t.weekly_periods), 0) FROM staff_appointment t
        WHERE t.staff_member_id = a.staff_member_id AND NOT t.is_primary
            AND t.position = 'TEACHER' AND t.unit_id <> a.unit_id AND {_T}
    ) ELSE 0 END,
    coalesce((
        SELECT s.code FROM staff_professionaltitle s
        WHERE s.staff_member_id = a.staff_member_id AND {_S} LIMIT 1
    ), '')
FROM staff_appointment a JOIN accounts_person person ON person.id = a.person_id
WHERE a.unit_id = ANY(%(schools)s) AND a.position = 'TEACHER' AND {_A}
    AND (a.is_primary OR a.weekly_periods IS NOT NULL)
"""  # noqa: S608 (constants of this module)
_TIES = f"""
SELECT s.staff_member_id, s.tie, s.subject_name FROM staff_staffsubject s
WHERE {_S} AND EXISTS (
    SELECT FROM staff_appointment a WHERE a.staff_member_id = s.staff_member_id
    AND a.unit_id = ANY(%(schools)s) AND a.position = 'TEACHER' AND {_A}
) ORDER BY s.starts_on, s.id
"""  # noqa: S608 (constants of this module)
_DUTIES = f"""
SELECT DISTINCT h.school_id, h.staff_member_id, 'HOMEROOM', '', NULL::int, FALSE
FROM staff_homeroomassignment h
WHERE h.school_id = ANY(%(schools)s) AND {_H}
UNION ALL
SELECT d.school_id, d.staff_member_id, d.code, d.what, d.periods, d.is_paid
FROM curriculum_teachingduty d
WHERE d.school_id = ANY(%(schools)s) AND {_D}
"""  # noqa: S608 (constants of this module)


_LEADERS = f"""
SELECT a.unit_id, a.staff_member_id FROM staff_appointment a
WHERE a.unit_id = ANY(%(schools)s) AND {_A} AND a.position IN ('PRINCIPAL', 'VICE_PRINCIPAL')
"""  # noqa: S608 (constants of this module)
_STOOD_IN = f"""
SELECT s.school_id, g.level, p.subject_name, sum(p.annual)
FROM staff_substitution s JOIN staff_staffleave l ON l.id = s.leave_id
JOIN schools_homeroomclass c ON c.id = s.homeroom_class_id
JOIN schools_gradelevel g ON g.id = c.grade_level_id
JOIN curriculum_classsubject p ON p.homeroom_class_id = c.id AND p.subject_name = s.subject_name
WHERE s.school_id = ANY(%(schools)s) AND {_S} AND {_OPEN} AND l.ends_on - l.starts_on >= {LONG}
GROUP BY s.school_id, g.level, p.subject_name
"""  # noqa: S608 (constants of this module)


@dataclass(slots=True)
class Teacher:
    """Somebody appointed as a teacher at a school on the day: the main position, or a second."""

    school: int
    member: int
    is_main: bool
    weekly: int
    """Periods a week given here, of a second position."""
    sex: str
    birth_date: date | None
    is_away: bool
    lent: int
    """Periods a week given at other schools."""
    title: str = ""
    """The code of the professional title held."""
    teaches: list[str] = field(default_factory=list)
    trained: list[str] = field(default_factory=list)
    given: dict[tuple[str, str], int] = field(default_factory=dict)
    """Level and subject to the periods a year given here."""
    duties: list[Held] = field(default_factory=list)


@dataclass(slots=True)
class SchoolFacts:
    """What counting a school takes."""

    school_type: str = ""
    levels: tuple[str, ...] = ()
    zone: int = USUAL_ZONE
    classes: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    """Level, grade, session, how many, how many without a plan."""
    planned: dict[tuple[str, str], int] = field(default_factory=dict)
    """Level and subject to the periods a year."""
    given: list[tuple[int, str, str, int]] = field(default_factory=list)
    """Staff member, level, subject, periods a year; not of teachers alone."""
    teachers: dict[int, Teacher] = field(default_factory=dict)
    leaders: set[int] = field(default_factory=set)
    """Principals and deputies, who teach a few periods and are nobody's post."""
    stood_in: dict[tuple[str, str], int] = field(default_factory=dict)
    """Level and subject to the periods a year of those on a long leave that colleagues give."""


def read_facts(on: date, schools: Sequence[int]) -> dict[int, SchoolFacts]:
    """Return what is known of some schools on a day."""
    year = academic_year_on(on)
    asked: dict[str, Any] = {"on": on, "schools": list(schools), "year": year.pk if year else None}
    asked["zone"] = USUAL_ZONE
    found = {pk: SchoolFacts() for pk in schools}
    with connection.cursor() as cursor:

        def rows(statement: str) -> list[Any]:
            cursor.execute(statement, asked)
            told: list[Any] = cursor.fetchall()
            return told

        for pk, kind, levels, zone in rows(_KINDS):
            found[pk].school_type, found[pk].levels, found[pk].zone = kind, tuple(levels), zone
        for pk, *told in rows(_CLASSES):
            found[pk].classes.append(tuple(told))
        for pk, level, subject, annual in rows(_PLANNED):
            found[pk].planned[level, subject] = int(annual)
        for row in rows(_TEACHERS):
            _add_teacher(found, Teacher(*row))
        _add_ties(found, rows(_TIES))
        for pk, member, level, subject, annual in rows(_GIVEN):
            found[pk].given.append((member, level, subject, int(annual)))
            if member in found[pk].teachers:
                found[pk].teachers[member].given[level, subject] = int(annual)
        for pk, member in rows(_LEADERS):
            found[pk].leaders.add(member)
        for pk, level, subject, annual in rows(_STOOD_IN):
            found[pk].stood_in[level, subject] = int(annual)
        for pk, member, *held in rows(_DUTIES):
            if member in found[pk].teachers:
                found[pk].teachers[member].duties.append(Held(*held))
    return found


def _add_teacher(found: dict[int, SchoolFacts], one: Teacher) -> None:
    """Keep a teacher once a school: the main position where there are two."""
    known = found[one.school].teachers.get(one.member)
    if known is None or one.is_main:
        found[one.school].teachers[one.member] = one


def _add_ties(found: dict[int, SchoolFacts], rows: list[Any]) -> None:
    ties: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for member, tie, subject in rows:
        ties[member].append((tie, subject))
    for school in found.values():
        for member, one in school.teachers.items():
            for tie, subject in ties[member]:
                (one.teaches if tie == "TEACHES" else one.trained).append(subject)
