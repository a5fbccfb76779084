"""The rules of `assessments` as statements over sets: what they give is held equal by tests.

A level follows from how many results reach which bound. Raising by one subject (ASM-08) follows
from the same counts: the subject that alone keeps a level away is the only one below its bound,
or the only comment that is Chưa đạt.
"""

from __future__ import annotations

from khuevan.school.assessments.api import EXCELLENT_SUBJECTS, Level, conduct_year
from khuevan.school.results.models import Becomes, Decided, Fact, Honour, Origin, Stage

PERIODS = ("term_1", "term_2", "annual", "final")
_BELOW, _FROM = (35, 50, 65), (50, 65, 80)
_OF_YEAR = ", ".join(
    str(int(conduct_year(first, second).year or 0)) for first in Level for second in Level
)

_PUPILS = """
asked AS (
    SELECT * FROM unnest(
        %(classes)s::bigint[], %(needed)s::int[], %(replaces)s::bool[], %(allowed)s::int[],
        %(excellent)s::int[]
    ) AS asked (class_id, needed, replaces, allowed, excellent)
),
pupil AS (
    SELECT asked.*, p.student_id
    FROM asked
    JOIN students_classplacement p ON p.homeroom_class_id = asked.class_id
    WHERE p.starts_on <= %(on)s AND (p.ends_on IS NULL OR p.ends_on > %(on)s)
),
special AS (
    SELECT student_id, kind, subject_name FROM gradebooks_arrangement
    WHERE academic_year_id = %(year_id)s AND kind IN ('EXEMPT', 'INDIVIDUAL')
)"""
_NOT_EXEMPT = """NOT EXISTS (
        SELECT FROM special
        WHERE kind = 'EXEMPT' AND special.student_id = pupil.student_id
            AND special.subject_name IN ('', b.subject_name)
    )"""


def _joined(period: str) -> str:
    """Music and art are one result: Đạt where both are, none while one is missing."""
    value = "coalesce(r.retest, r.annual)" if period == "final" else f"r.{period}"
    return f"CASE WHEN count({value}) = count(*) THEN min({value}) END AS {period}"


def _counts(period: str) -> str:
    """Return the counts of a period from which its level follows."""
    told = [
        f"count(*) FILTER (WHERE {period} IS NULL) AS {period}_missing",
        f"count(*) FILTER (WHERE NOT is_scored AND {period} = 0) AS {period}_failed",
    ]
    told += [
        f"count(*) FILTER (WHERE is_scored AND {period} < {one}) AS {period}_lt{one}"
        for one in _BELOW
    ]
    told += [
        f"count(*) FILTER (WHERE is_scored AND {period} >= {one}) AS {period}_ge{one}"
        for one in _FROM
    ]
    return ",\n        ".join(told)


def _base(p: str) -> str:
    """The level of all subjects (ASM-07)."""
    return f"""CASE
        WHEN {p}_missing > 0 THEN NULL
        WHEN scored = 0 THEN 0
        WHEN {p}_failed = 0 AND {p}_lt65 = 0 AND {p}_ge80 >= needed THEN 3
        WHEN {p}_failed = 0 AND {p}_lt50 = 0 AND {p}_ge65 >= needed THEN 2
        WHEN {p}_failed <= 1 AND {p}_lt35 = 0 AND {p}_ge50 >= needed THEN 1
        ELSE 0 END AS {p}_base"""


def _raised(p: str) -> str:
    """The level after raising by one subject (ASM-08), in the reading that is asked for."""

    def without(low: int, many: int) -> str:
        have = f"{p}_ge{many}"
        best = f"{have} + (replaces AND scored > {have})::int"
        left = "scored > (NOT replaces)::int"
        return (
            f"(({p}_failed = 0 AND {p}_lt{low} <= 1 AND {best} >= needed AND {left})"
            f" OR ({p}_failed = 1 AND {p}_lt{low} = 0 AND {have} >= needed AND scored > 0))"
        )

    return f"""{p}_base + CASE
        WHEN {p}_base <= 1 AND {without(65, 80)} THEN 1
        WHEN {p}_base = 0 AND {without(50, 65)} THEN 1
        ELSE 0 END AS {p}_level"""


_LEVELS = f"""
told AS MATERIALIZED (
    SELECT mine.* FROM asked
    JOIN gradebooks_gradebook b ON b.homeroom_class_id = asked.class_id
    CROSS JOIN LATERAL (
        SELECT r.gradebook_id, r.student_id, r.term_1, r.term_2, r.annual, r.retest
        FROM gradebooks_subjectresult r
        WHERE r.gradebook_id = b.id AND r.year = %(year)s
        OFFSET 0
    ) mine
),
joined AS (
    SELECT pupil.class_id, pupil.student_id, b.form = 'SCORE' AS is_scored,
        {", ".join(_joined(one) for one in PERIODS)}
    FROM pupil
    JOIN gradebooks_gradebook b ON b.homeroom_class_id = pupil.class_id
        AND b.counts_in_overall AND b.form IN ('SCORE', 'COMMENT')
    LEFT JOIN told r ON r.gradebook_id = b.id AND r.student_id = pupil.student_id
    WHERE {_NOT_EXEMPT}
    GROUP BY pupil.class_id, pupil.student_id, b.form,
        CASE WHEN b.form = 'COMMENT' AND b.component <> '' THEN b.component ELSE b.id::text END
),
counted AS (
    SELECT class_id, student_id, count(*) FILTER (WHERE is_scored) AS scored,
        count(*) FILTER (WHERE is_scored AND annual >= asked.excellent) AS excellent_in,
        {", ".join(_counts(one) for one in PERIODS)}
    FROM joined JOIN asked USING (class_id)
    GROUP BY class_id, student_id
),
based AS (
    SELECT counted.*, asked.needed, asked.replaces,
        {", ".join(_base(one) for one in PERIODS)}
    FROM counted JOIN asked USING (class_id)
),
leveled AS (
    SELECT class_id, student_id, excellent_in, {", ".join(_raised(one) for one in PERIODS)}
    FROM based
)"""  # noqa: S608 (parts of the statement, no values)

_KEPT = f"""
kept AS (
    SELECT pupil.class_id, pupil.student_id, pupil.allowed, y.conduct_again, y.decision,
        y.study_again, coalesce(y.facts, 0) AS facts,
        y.absent_excused + y.absent_unexcused AS absent,
        (ARRAY[{_OF_YEAR}])[y.conduct_1 * 4 + y.conduct_2 + 1] AS conduct,
        EXISTS (
            SELECT FROM special
            WHERE kind = 'INDIVIDUAL' AND special.student_id = pupil.student_id
        ) AS has_plan,
        EXISTS (
            SELECT FROM results_settlement s
            WHERE s.homeroom_class_id = pupil.class_id AND s.stage = {int(Stage.AFTER_SUMMER)}
                AND s.settled_at IS NOT NULL
        ) AS is_after_summer
    FROM pupil
    LEFT JOIN results_yearresult y
        ON y.homeroom_class_id = pupil.class_id AND y.student_id = pupil.student_id
)"""  # noqa: S608
_DERIVED = (
    "study_1", "study_2", "study_annual", "study_final", "conduct_annual", "becomes", "title",
)  # fmt: skip
_WRITE = f"""
INSERT INTO results_yearresult AS old (homeroom_class_id, student_id, at, version, scheme, origin,
    facts, {", ".join(_DERIVED)})
SELECT found.class_id, found.student_id, %(now)s, 0, %(scheme)s, {int(Origin.HERE)}, 0,
    {", ".join(f"found.{one}" for one in _DERIVED)}
FROM found
LEFT JOIN results_yearresult there
    ON there.homeroom_class_id = found.class_id AND there.student_id = found.student_id
WHERE there.student_id IS NULL OR (there.origin = {int(Origin.HERE)} AND ({
    " OR ".join(f"there.{one} IS DISTINCT FROM found.{one}" for one in _DERIVED)
}))
ON CONFLICT (homeroom_class_id, student_id) DO UPDATE
SET {", ".join(f"{one} = excluded.{one}" for one in _DERIVED)}
"""  # noqa: S608
_BY_DECISION = (
    f"CASE decision WHEN {int(Decided.PROMOTE)} THEN {int(Becomes.PROMOTED)}"
    f" WHEN {int(Decided.RETAIN)} THEN {int(Becomes.RETAINED)}"
    f" ELSE {int(Becomes.NEEDS_DECISION)} END"
)

SECONDARY = f"""
WITH {_PUPILS},{_LEVELS},{_KEPT},
ended AS (
    SELECT kept.*, l.excellent_in, l.term_1_level AS study_1, l.term_2_level AS study_2,
        l.annual_level AS study_annual, l.final_level AS study_final,
        CASE WHEN conduct = 0 THEN coalesce(conduct_again, 0) ELSE conduct END AS lived
    FROM kept LEFT JOIN leveled l USING (class_id, student_id)
),
found AS (
    SELECT class_id, student_id, study_1, study_2, study_annual, study_final,
        conduct AS conduct_annual,
        CASE
        WHEN has_plan THEN {_BY_DECISION}
        WHEN lived IS NULL OR study_final IS NULL OR absent IS NULL THEN NULL
        WHEN absent > allowed THEN {int(Becomes.RETAINED)}
        WHEN least(lived, study_final) >= 1 THEN {int(Becomes.PROMOTED)}
        WHEN is_after_summer THEN {int(Becomes.RETAINED)}
        WHEN lived >= 1 THEN {int(Becomes.SUMMER_RETEST)}
        ELSE {int(Becomes.SUMMER_TRAINING)}
        END AS becomes,
        CASE
        WHEN conduct IS NULL OR study_annual IS NULL THEN NULL
        WHEN conduct < 3 OR study_annual < 3 THEN {int(Honour.NONE)}
        WHEN excellent_in >= {EXCELLENT_SUBJECTS} THEN {int(Honour.EXCELLENT)}
        ELSE {int(Honour.GOOD_STUDENT)}
        END AS title
    FROM ended
)
{_WRITE}"""  # noqa: S608

_GROUNDS = int(Fact.OUTSTANDING_SUBJECT) | int(Fact.CLEAR_PROGRESS)
PRIMARY = f"""
WITH {_PUPILS},{_KEPT},
cell AS (
    SELECT pupil.class_id, pupil.student_id, m.value,
        CASE WHEN b.form = 'TRAITS' THEN 'trait' WHEN s.slot = 461 THEN 'test' ELSE 'level' END
            AS what
    FROM pupil
    JOIN gradebooks_gradebook b ON b.homeroom_class_id = pupil.class_id
        AND b.counts_in_overall AND b.form IN ('LEVEL', 'TRAITS')
    CROSS JOIN LATERAL unnest(b.slots) AS s (slot)
    LEFT JOIN gradebooks_mark m ON m.year = %(year)s AND m.gradebook_id = b.id
        AND m.student_id = pupil.student_id AND m.slot = s.slot AND m.value >= 0
    WHERE s.slot BETWEEN 400 AND 499 AND {_NOT_EXEMPT}
),
counted AS (
    SELECT class_id, student_id, count(*) - count(value) AS missing,
        coalesce(min(value) FILTER (WHERE what = 'level'), 3) AS level,
        coalesce(min(value) FILTER (WHERE what = 'trait'), 3) AS trait,
        coalesce(min(value) FILTER (WHERE what = 'test'), 100) AS test
    FROM cell GROUP BY class_id, student_id
),
leveled AS (
    SELECT class_id, student_id, CASE
        WHEN missing > 0 THEN NULL
        WHEN level = 3 AND trait = 3 AND test >= 90 THEN 3
        WHEN level = 3 AND trait = 3 AND test >= 70 THEN 2
        WHEN level >= 2 AND trait >= 2 AND test >= 50 THEN 1
        ELSE 0 END AS reached
    FROM counted
),
ended AS (
    SELECT kept.*, reached,
        CASE WHEN reached = 0 THEN coalesce(study_again, 0) ELSE reached END AS finally
    FROM kept LEFT JOIN leveled USING (class_id, student_id)
),
found AS (
    SELECT class_id, student_id, NULL::smallint AS study_1, NULL::smallint AS study_2,
        reached AS study_annual, finally AS study_final, NULL::smallint AS conduct_annual,
        CASE
        WHEN has_plan THEN {_BY_DECISION}
        WHEN finally IS NULL THEN NULL
        WHEN finally >= 1 THEN {int(Becomes.PROMOTED)}
        WHEN study_again IS NULL THEN {int(Becomes.NEEDS_SUPPORT)}
        ELSE {_BY_DECISION}
        END AS becomes,
        CASE
        WHEN reached IS NULL THEN NULL
        WHEN reached = 3 THEN {int(Honour.EXCELLENT)}
        WHEN reached = 2 AND facts & {int(Fact.RECOGNISED)} > 0 AND facts & {_GROUNDS} > 0
            THEN {int(Honour.EXEMPLARY)}
        ELSE {int(Honour.NONE)}
        END AS title
    FROM ended
)
{_WRITE}"""  # noqa: S608
