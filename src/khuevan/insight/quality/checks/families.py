"""Families: a phone for each pupil under age, and who answers for them."""

from __future__ import annotations

from khuevan.insight.quality.checks.base import Check, Source, holds
from khuevan.insight.quality.checks.pupils import FULL_NAME, ON_ROLL, SEATS

PHONE = "coalesce(nullif(gu.told_phone, ''), guardian.phone)"
BORN = "coalesce(gu.told_birth_year, guardian.birth_year)"

ROWS = f"""
SELECT rows.*, CASE WHEN rows.phone <> '' THEN (
    max(rows.nth) OVER (PARTITION BY rows.school_id, rows.phone)
) END AS shared
FROM (
    SELECT family.*, dense_rank() OVER (
        PARTITION BY family.school_id, family.phone ORDER BY family.guardian_id
    ) AS nth
    FROM (
        SELECT e.school_id, g.level, gu.uuid, st.uuid AS student_uuid, person.uuid AS person_uuid,
            person.version,
            {FULL_NAME.format("person")} AS name, coalesce(c.name, '') AS place,
            coalesce(c.sort_key, '~') || ' ' || person.sort_key || ' ' || gu.id AS sort,
            p.homeroom_class_id AS class_id, gu.guardian_id, gu.relation,
            {FULL_NAME.format("guardian")} AS guardian, {PHONE} AS phone, {BORN} AS born,
            coalesce(extract(year FROM person.birth_date)::int, person.birth_year) AS child_born,
            row_number() OVER (PARTITION BY e.id ORDER BY gu.contact_order, gu.id) AS place_in_line,
            max({PHONE}) OVER (PARTITION BY e.id) AS any_phone
        FROM {SEATS}
        JOIN students_guardianship gu ON gu.student_id = e.student_id AND {holds("gu")}
        JOIN accounts_person guardian ON guardian.id = gu.guardian_id
        WHERE {ON_ROLL}
    ) family
) rows
"""  # noqa: S608 (constants of this module)
"""A row a guardian; the first in the order of contact stands for the pupil."""

CHECKS = {
    "FAMILY_PHONE": Check("x.any_phone = ''", "x.place_in_line = 1", "x.guardian"),
    "FAMILY_PHONE_SHARED": Check(
        "x.shared > %(most_FAMILY_PHONE_SHARED)s", "x.phone <> ''", "x.guardian || ': ' || x.phone"
    ),
    "FAMILY_PARENT_AGE": Check(
        "x.child_born - x.born < %(most_FAMILY_PARENT_AGE)s",
        "x.relation IN ('FATHER', 'MOTHER') AND x.born IS NOT NULL AND x.child_born IS NOT NULL",
        "x.guardian || ': ' || x.born",
    ),
}
FAMILIES = Source(ROWS, CHECKS, record="x.student_uuid")
