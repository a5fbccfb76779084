"""Counts by residence are stored too; a change of where pupils live marks their schools.

The cells that are there know no area: one mark says that all schools are to be counted anew.
"""

import django.db.models.deletion
from django.db import migrations, models

COUNTED = "r.kind IN ('CURRENT', 'PERMANENT')"
SCHOOLS = f"""
    SELECT e.school_id FROM {{rows}} r JOIN students_enrollment e ON e.person_id = r.person_id
    WHERE {COUNTED}
"""
NEW, OLD = "NEW TABLE AS new_rows", "OLD TABLE AS old_rows"
MOVED = """(
    (SELECT person_id, kind, area_id, starts_on, ends_on, id FROM new_rows
    EXCEPT SELECT person_id, kind, area_id, starts_on, ends_on, id FROM old_rows)
    UNION ALL
    (SELECT person_id, kind, area_id, starts_on, ends_on, id FROM old_rows
    EXCEPT SELECT person_id, kind, area_id, starts_on, ends_on, id FROM new_rows)
)"""
TRIGGERS = [
    ("INSERT", NEW, SCHOOLS.format(rows="new_rows")),
    ("UPDATE", f"{OLD} {NEW}", SCHOOLS.format(rows=MOVED)),
    ("DELETE", OLD, SCHOOLS.format(rows="old_rows")),
]


def _create(event, tables, schools):
    function = f"rollup_mark_people_address_{event.lower()}"
    return f"""
    CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        INSERT INTO rollup_stalemark (school_id)
        SELECT DISTINCT marked.school_id FROM ({schools}) marked;
        RETURN NULL;
    END
    $body$;
    CREATE TRIGGER zz_rollup_{event.lower()} AFTER {event} ON people_address REFERENCING {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION {function}();
    """


def _drop(event, _tables, _schools):
    return f"""
    DROP TRIGGER zz_rollup_{event.lower()} ON people_address;
    DROP FUNCTION rollup_mark_people_address_{event.lower()}();
    """


def _key(to, **more):
    return models.ForeignKey(
        db_constraint=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
        **more,
    )


class Migration(migrations.Migration):
    """The cells by residence, their triggers, and a mark of all schools."""

    dependencies = [
        ("areas", "0003_provinces_one_row"),
        ("people", "0001_structure"),
        ("rollup", "0002_mark_what_changed"),
        ("schools", "0004_decisions"),
    ]
    operations = [
        migrations.CreateModel(
            name="HomeCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sex", models.CharField(blank=True, max_length=6)),
                ("ethnicity_code", models.CharField(blank=True, max_length=2)),
                ("birth_year", models.PositiveSmallIntegerField(null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("pupils", models.PositiveIntegerField()),
                ("area", _key("areas.area", null=True, db_index=False)),
                ("grade_level", _key("schools.gradelevel", null=True, db_index=False)),
                ("school", _key("schools.school")),
            ],
            options={
                "indexes": [models.Index(fields=["ends_on", "starts_on"], name="home_cell_day")],
            },
        ),
        *(migrations.RunSQL(_create(*one), _drop(*one)) for one in TRIGGERS),
        migrations.RunSQL(
            "INSERT INTO rollup_stalemark (school_id) VALUES (NULL)", migrations.RunSQL.noop
        ),
    ]
