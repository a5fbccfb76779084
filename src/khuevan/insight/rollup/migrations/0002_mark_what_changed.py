"""Every change of what cells are counted from marks its schools, in the same transaction.

Statement triggers see all rows of an INSERT, UPDATE, DELETE or COPY at once, so a bulk load
costs one mark a school and statement. Nothing has been counted yet: one mark says so of all.
"""

from django.db import migrations

OF_ENROLLMENTS = "SELECT school_id FROM {rows} WHERE school_id IS NOT NULL"
OF_0008_family_consent = """SELECT e.school_id FROM {rows} r
    JOIN students_enrollment e ON e.student_id = r.student_id"""
OF_CHANGED = "FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE"
PERSON_UPDATED = f"""
    WITH changed AS (
        SELECT n.id {OF_CHANGED}
        (n.sex, n.birth_date, n.birth_year, n.ethnicity_code, n.personal_number, n.phone)
        IS DISTINCT FROM
        (o.sex, o.birth_date, o.birth_year, o.ethnicity_code, o.personal_number, o.phone)
    )
    SELECT e.school_id FROM changed JOIN students_enrollment e ON e.person_id = changed.id
    UNION
    SELECT e.school_id FROM changed JOIN students_guardianship g ON g.guardian_id = changed.id
        JOIN students_enrollment e ON e.student_id = g.student_id
"""
CLASS_UPDATED = f"""
    SELECT e.school_id FROM (
        SELECT n.id {OF_CHANGED} n.grade_level_id IS DISTINCT FROM o.grade_level_id
    ) changed
    JOIN students_classplacement p ON p.homeroom_class_id = changed.id
    JOIN students_enrollment e ON e.student_id = p.student_id
"""
NEW, OLD = "NEW TABLE AS new_rows", "OLD TABLE AS old_rows"


def _three(table, statement):
    """Return (table, event, transition tables, schools to mark) for each event."""
    new, old = statement.format(rows="new_rows"), statement.format(rows="old_rows")
    return [
        (table, "INSERT", NEW, new),
        (table, "UPDATE", f"{OLD} {NEW}", f"{new} UNION {old}"),
        (table, "DELETE", OLD, old),
    ]


TRIGGERS = [
    *_three("students_enrollment", OF_ENROLLMENTS),
    *_three("students_classplacement", OF_0008_family_consent),
    *_three("students_guardianship", OF_0008_family_consent),
    ("accounts_person", "UPDATE", f"{OLD} {NEW}", PERSON_UPDATED),
    ("schools_homeroomclass", "UPDATE", f"{OLD} {NEW}", CLASS_UPDATED),
]


def _names(table, event):
    return f"rollup_mark_{table}_{event.lower()}", f"zz_rollup_{event.lower()}"


def _create(table, event, tables, schools):
    function, trigger = _names(table, event)
    return f"""
    CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        INSERT INTO rollup_stalemark (school_id)
        SELECT DISTINCT marked.school_id FROM ({schools}) marked;
        RETURN NULL;
    END
    $body$;
    CREATE TRIGGER {trigger} AFTER {event} ON {table} REFERENCING {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION {function}();
    """


def _drop(table, event, _tables, _schools):
    function, trigger = _names(table, event)
    return f"DROP TRIGGER {trigger} ON {table}; DROP FUNCTION {function}();"


class Migration(migrations.Migration):
    """Triggers that mark, and the first mark."""

    dependencies = [
        ("rollup", "0001_structure"),
        ("accounts", "0002_structure"),
        ("schools", "0001_structure"),
        ("students", "0001_structure"),
    ]
    operations = [
        *(migrations.RunSQL(_create(*one), _drop(*one)) for one in TRIGGERS),
        migrations.RunSQL(
            "INSERT INTO rollup_stalemark (school_id) VALUES (NULL)",
            "DELETE FROM rollup_stalemark",
        ),
    ]
