"""Comments and what they said before: tables of narrow rows, a partition a year."""

import django.db.models.deletion
import khuevan.kernel.columns
from django.db import migrations, models

FIRST, LAST = 2021, 2027

TABLES = """
CREATE TABLE remarks_remark (
    at timestamptz NOT NULL,
    sheet_id integer NOT NULL REFERENCES remarks_remarksheet (id),
    student_id integer NOT NULL REFERENCES students_student (id),
    by_id integer REFERENCES accounts_person (id),
    year smallint NOT NULL,
    period smallint NOT NULL CHECK (period BETWEEN 1 AND 9),
    version smallint NOT NULL DEFAULT 1 CHECK (version > 0),
    state smallint NOT NULL CHECK (state BETWEEN 0 AND 2),
    source smallint NOT NULL,
    text varchar(1000) NOT NULL CHECK ((text = '') = (state = 0)),
    PRIMARY KEY (sheet_id, student_id, period, year)
) PARTITION BY LIST (year);

CREATE TABLE remarks_remarkversion (
    at timestamptz NOT NULL,
    sheet_id integer NOT NULL,
    student_id integer NOT NULL,
    by_id integer,
    year smallint NOT NULL,
    period smallint NOT NULL,
    version smallint NOT NULL,
    state smallint NOT NULL,
    source smallint NOT NULL,
    text varchar(1000) NOT NULL,
    PRIMARY KEY (sheet_id, student_id, period, version, year)
) PARTITION BY LIST (year);

-- A year's partitions are made beside the table and attached: nobody who reads or writes waits.
CREATE FUNCTION remarks_add_year(wanted integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    parent text;
    part text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['remarks_remark', 'remarks_remarkversion'] LOOP
        part := parent || '_' || wanted;
        IF to_regclass(part) IS NULL THEN
            EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, parent);
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%s)', parent, part, wanted);
        END IF;
    END LOOP;
END $$;

-- What a comment said before goes to its versions, however the change was written.
CREATE FUNCTION remarks_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO remarks_remarkversion (at, sheet_id, student_id, by_id, year, period, version, state, source, text)
    VALUES (OLD.at, OLD.sheet_id, OLD.student_id, OLD.by_id, OLD.year, OLD.period, OLD.version, OLD.state, OLD.source, OLD.text);
    RETURN NULL;
END $$;
CREATE TRIGGER keep_version AFTER UPDATE OF text, state, version ON remarks_remark FOR EACH ROW
    EXECUTE FUNCTION remarks_keep_version();
CREATE TRIGGER keep_version_of_removed AFTER DELETE ON remarks_remark FOR EACH ROW
    EXECUTE FUNCTION remarks_keep_version();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('remarks', '0001_structure'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLES),
                migrations.RunSQL(f"SELECT remarks_add_year(y) FROM generate_series({FIRST}, {LAST}) y"),
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Remark',
                    fields=[
                        ('pk', models.CompositePrimaryKey('sheet', 'student', 'period', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('year', models.SmallIntegerField()),
                        ('period', models.SmallIntegerField()),
                        ('version', models.SmallIntegerField(default=1)),
                        ('state', models.SmallIntegerField()),
                        ('source', models.SmallIntegerField()),
                        ('text', models.CharField(blank=True, max_length=1000)),
                        ('by', khuevan.kernel.columns.NarrowForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                        ('student', khuevan.kernel.columns.NarrowForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.student')),
                        ('sheet', khuevan.kernel.columns.NarrowForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='remarks.remarksheet')),
                    ],
                    options={
                        'db_table': 'remarks_remark',
                    },
                ),
                migrations.CreateModel(
                    name='RemarkVersion',
                    fields=[
                        ('pk', models.CompositePrimaryKey('sheet', 'student', 'period', 'version', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('year', models.SmallIntegerField()),
                        ('period', models.SmallIntegerField()),
                        ('version', models.SmallIntegerField()),
                        ('state', models.SmallIntegerField()),
                        ('source', models.SmallIntegerField()),
                        ('text', models.CharField(blank=True, max_length=1000)),
                        ('by', khuevan.kernel.columns.NarrowForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                        ('sheet', khuevan.kernel.columns.NarrowForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='remarks.remarksheet')),
                        ('student', khuevan.kernel.columns.NarrowForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.student')),
                    ],
                    options={
                        'db_table': 'remarks_remarkversion',
                    },
                ),
            ],
        ),
    ]
