"""What the demo's years came to: conduct, absences and settlements of years that are over.

Drawn from hashes of row numbers as the marks are; levels, promotion and titles are reckoned from
them by the app itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import AcademicYear
from khuevan.school.gradebooks.api import Gradebook
from khuevan.school.results.api import Scheme, Stage, compute_all

_DECIDED = """
INSERT INTO results_yearresult (at, homeroom_class_id, student_id, by_id, version, scheme, origin,
    conduct_1, conduct_2, absent_excused, absent_unexcused, facts)
SELECT year.ends_on::timestamptz, room.id, seat.student_id, NULL, 1,
    CASE WHEN grade.level = 'TH' THEN %(primary)s ELSE %(secondary)s END, 1,
    CASE WHEN grade.level <> 'TH' THEN
        CASE WHEN luck %% 100 < 78 THEN 3 WHEN luck %% 100 < 95 THEN 2 ELSE 1 END END,
    CASE WHEN grade.level <> 'TH' THEN
        CASE WHEN luck / 100 %% 100 < 82 THEN 3 WHEN luck / 100 %% 100 < 97 THEN 2 ELSE 1 END END,
    luck / 1000 %% 6, CASE WHEN luck %% 17 = 0 THEN 1 + luck %% 3 ELSE 0 END,
    CASE WHEN grade.level = 'TH' AND luck %% 3 > 0 THEN 3 ELSE 0 END
FROM schools_homeroomclass room
JOIN schools_academicyear year ON year.id = room.academic_year_id
JOIN schools_gradelevel grade ON grade.id = room.grade_level_id
JOIN students_classplacement seat ON seat.homeroom_class_id = room.id
    AND (seat.ends_on IS NULL OR seat.ends_on >= year.ends_on)
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('conduct' || seat.student_id || room.id), 1, 6))::bit(24)::int AS luck
) drawn
WHERE room.academic_year_id = %(year)s AND EXISTS (
    SELECT FROM gradebooks_gradebook book WHERE book.homeroom_class_id = room.id)
ON CONFLICT DO NOTHING
"""
_SETTLED = """
INSERT INTO results_settlement
    (uuid, school_id, homeroom_class_id, stage, settled_at, approved_at, returned_for)
SELECT gen_random_uuid(), room.school_id, room.id, stage, year.ends_on::timestamptz,
    year.ends_on::timestamptz + interval '2 days', ''
FROM schools_homeroomclass room
JOIN schools_academicyear year ON year.id = room.academic_year_id
CROSS JOIN unnest(%(stages)s::int[]) stage
WHERE room.academic_year_id = %(year)s AND EXISTS (
    SELECT FROM gradebooks_gradebook book WHERE book.homeroom_class_id = room.id)
ON CONFLICT DO NOTHING
"""


def reckon_years(*, actor: Actor, now: datetime) -> int:
    """Settle the years that are over and reckon all that have marks; return how many results."""
    written = 0
    for year in AcademicYear.objects.filter(starts_on__lte=actor.today).order_by("starts_on"):
        if year.ends_on <= actor.today:
            _settle(year)
        rows = Gradebook.objects.unscoped(because="the demo's own years")
        books = rows.filter(academic_year=year)
        schools = list(books.values_list("school_id", flat=True).distinct())
        done = compute_all(year=year, on=actor.today, now=now, schools=schools)
        written += done.results
    return written


@transaction.atomic
def _settle(year: AcademicYear) -> None:
    facts: dict[str, Any] = {
        "year": year.pk,
        "primary": int(Scheme.PRIMARY),
        "secondary": int(Scheme.SECONDARY),
        "stages": [int(Stage.TERM_1), int(Stage.YEAR)],
    }
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, facts)
        cursor.execute(_SETTLED, facts)
