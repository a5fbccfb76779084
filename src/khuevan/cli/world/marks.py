"""Gradebooks of the demo: opened from the plans, filled as far as the day, deterministically.

A pupil has an ability, a leaning to each subject, and luck; all are drawn from hashes of row
numbers, so that a world of one seed and day always has the same marks. Everything is one statement
a year: a province's marks are not made row by row.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import write_new
from khuevan.registry.curriculum.api import ClassSubject, PlanKind, fill_plans
from khuevan.registry.schools.api import (
    AcademicYear,
    HomeroomClass,
    School,
    academic_year_on,
    get_school_for,
)
from khuevan.school.gradebooks.api import MANAGE_BOOKS, How, Word, bulk_open_books, open_books

WHY = "the demo's own years that are over"
WEEKS = 35
CHOSEN = (
    ("Vật lí", "Hóa học", "Sinh học", "Tin học"),
    ("Địa lí", "Giáo dục kinh tế và pháp luật", "Công nghệ", "Tin học"),
)
"""Four subjects, of nature and of society: with the others a class has nine that are scored."""
_FILL = """
WITH book AS MATERIALIZED (
    SELECT one.*, grade.level, (
            SELECT person_id FROM (
                SELECT person_id FROM staff_teachingassignment given
                WHERE given.homeroom_class_id = one.homeroom_class_id
                    AND given.subject_name = ANY(one.parts)
                    AND starts_on <= %(today)s AND (ends_on IS NULL OR ends_on > %(today)s)
                UNION ALL
                SELECT person_id FROM staff_homeroomassignment charge
                WHERE charge.homeroom_class_id = one.homeroom_class_id AND one.form = 'TRAITS'
                    AND starts_on <= %(today)s AND (ends_on IS NULL OR ends_on > %(today)s)
            ) teachers ORDER BY person_id LIMIT 1
        ) AS teacher_id, (
            SELECT array_agg(pupil.student_id)
            FROM curriculum_groupclass part
            JOIN curriculum_teachinggroup learning ON learning.id = part.group_id
            JOIN curriculum_grouppupil pupil ON pupil.group_id = learning.id
            WHERE part.homeroom_class_id = one.homeroom_class_id
                AND learning.subject_name = ANY(one.parts)
        ) AS learners
    FROM gradebooks_gradebook one
    JOIN schools_gradelevel grade ON grade.code = one.grade::text
    WHERE one.academic_year_id = %(year)s
        AND NOT EXISTS (SELECT FROM gradebooks_mark old
                        WHERE old.gradebook_id = one.id AND old.year = one.year)
), due AS MATERIALIZED (
    SELECT book.*, slot, slot %% 100 AS place,
        term.starts_on + floor((term.ends_on - term.starts_on) * CASE
            WHEN slot %% 100 <= 20 THEN 0.12 + 0.8 * (slot %% 100) / (book.required[1] + 1.0)
            WHEN slot %% 100 = 30 THEN 0.8
            WHEN slot %% 100 = 40 THEN 0.52
            WHEN slot %% 100 = 50 THEN 0.94
            WHEN (slot / 100) %% 2 = 1 THEN 0.52 ELSE 0.94 END)::int AS day
    FROM book
    CROSS JOIN unnest(book.slots) slot
    JOIN schools_term term ON term.academic_year_id = book.academic_year_id
        AND term.level = book.level
        AND term.number = CASE WHEN book.level = 'TH' THEN (slot / 100 + 1) / 2 ELSE slot / 100 END
), cell AS (
    SELECT due.*, seat.student_id,
        md5('ability' || seat.student_id) AS gift,
        md5(seat.student_id || ':' || due.id || ':' || due.slot) AS luck,
        md5(seat.student_id || due.subject_name) AS leaning
    FROM due
    JOIN students_classplacement seat ON seat.homeroom_class_id = due.homeroom_class_id
        AND seat.starts_on <= due.day AND (seat.ends_on IS NULL OR seat.ends_on > due.day)
        AND (due.learners IS NULL OR seat.student_id = ANY(due.learners))
    WHERE due.day <= %(today)s
), drawn AS (
    SELECT cell.*,
        ('x' || substr(luck, 1, 4))::bit(16)::int AS chance,
        least(100, greatest(15, 70
            + 22 * (('x' || substr(gift, 1, 4))::bit(16)::int
                + ('x' || substr(gift, 5, 4))::bit(16)::int
                + ('x' || substr(gift, 9, 4))::bit(16)::int - 98303) / 65536.0
            + 14 * (('x' || substr(leaning, 1, 4))::bit(16)::int - 32768) / 65536.0
            + 16 * (('x' || substr(luck, 5, 4))::bit(16)::int
                + ('x' || substr(luck, 9, 4))::bit(16)::int - 65536) / 65536.0))::int AS points
    FROM cell
)
INSERT INTO gradebooks_mark
    (at, gradebook_id, student_id, by_id, year, slot, value, version, how)
SELECT day + time '02:00' + make_interval(mins => chance %% 480), id, student_id, teacher_id,
    year, slot,
    CASE
        WHEN form = 'SCORE' AND place IN (40, 50) AND chance < 300 AND day > %(today)s - 45
            THEN %(due)s
        WHEN form = 'SCORE' AND place <= 30 THEN least(100, points / 5 * 5)
        WHEN form = 'SCORE' THEN least(100, points / 10 * 10
            + (ARRAY[0, 0, 0, 3, 3, 5, 5, 8, 8, 8])[points %% 10 + 1])
        WHEN form = 'COMMENT' THEN (points >= 36)::int
        WHEN place = 61 THEN points / 10 * 10
        WHEN points >= 74 THEN 3
        WHEN points >= 42 THEN 2
        ELSE 1
    END,
    1, %(how)s
FROM drawn
WHERE chance > CASE
    WHEN day > %(today)s - 12 THEN 9000 WHEN day > %(today)s - 60 THEN 250 ELSE 0 END
"""


def fill_books(*, actor: Actor, now: datetime) -> int:
    """Open the gradebooks of the year in the whole province and fill them up to today."""
    year = academic_year_on(actor.today)
    if year is None or not bulk_open_books(actor=actor, year=year, now=now):
        return 0
    return _fill(year, actor)


def fill_earlier_books(codes: Collection[str], *, actor: Actor, now: datetime) -> int:
    """Open and fill the gradebooks of some schools in the years before, which are over."""
    made = 0
    for year in AcademicYear.objects.filter(ends_on__lte=actor.today).order_by("starts_on"):
        for code in codes:
            school = get_school_for(actor, code, MANAGE_BOOKS)
            fill_plans(actor=actor, school=school, year=year, now=now)
            _choose(school, year)
            open_books(actor=actor, school=school, year=year, now=now)
        made += _fill(year, actor)
    return made


def _choose(school: School, year: AcademicYear) -> None:
    """Let the upper secondary classes of a year before learn four chosen subjects each."""
    rooms = HomeroomClass.objects.unscoped(because=WHY).filter(
        school=school, academic_year=year, grade_level__level="THPT"
    )
    chosen = ClassSubject.objects.unscoped(because=WHY).filter(kind=PlanKind.CHOSEN)
    without = rooms.exclude(pk__in=chosen.values("homeroom_class")).order_by("sort_key")
    write_new(
        [
            ClassSubject(
                school=school,
                homeroom_class=room,
                subject_name=subject,
                kind=PlanKind.CHOSEN,
                weeks=[2] * WEEKS,
                annual=2 * WEEKS,
            )
            for at, room in enumerate(without)
            for subject in CHOSEN[at % len(CHOSEN)]
        ]
    )


@transaction.atomic
def _fill(year: AcademicYear, actor: Actor) -> int:
    """Write the marks of a year's gradebooks that have none; return how many."""
    facts: dict[str, Any] = {
        "year": year.pk,
        "today": actor.today,
        "due": int(Word.MAKE_UP_DUE),
        "how": int(How.LOADED),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FILL, facts)
        return int(cursor.rowcount)
