"""Marks, what they were before, and the averages: tables of narrow rows, a partition a year."""

import django.db.models.deletion
import khuevan.kernel.columns
from django.db import migrations, models

FIRST, LAST = 2021, 2027

TABLES = """
CREATE TABLE gradebooks_mark (
    at timestamptz NOT NULL,
    gradebook_id integer NOT NULL REFERENCES gradebooks_gradebook (id),
    student_id integer NOT NULL REFERENCES students_student (id),
    by_id integer REFERENCES accounts_person (id),
    year smallint NOT NULL,
    slot smallint NOT NULL,
    value smallint NOT NULL CHECK (value BETWEEN -3 AND 100),
    version smallint NOT NULL DEFAULT 1 CHECK (version > 0),
    how smallint NOT NULL,
    PRIMARY KEY (gradebook_id, student_id, slot, year)
) PARTITION BY LIST (year);

CREATE TABLE gradebooks_markversion (
    at timestamptz NOT NULL,
    gradebook_id integer NOT NULL,
    student_id integer NOT NULL,
    by_id integer,
    year smallint NOT NULL,
    slot smallint NOT NULL,
    value smallint NOT NULL,
    version smallint NOT NULL,
    how smallint NOT NULL,
    PRIMARY KEY (gradebook_id, student_id, slot, version, year)
) PARTITION BY LIST (year);

CREATE TABLE gradebooks_subjectresult (
    gradebook_id integer NOT NULL REFERENCES gradebooks_gradebook (id),
    student_id integer NOT NULL REFERENCES students_student (id),
    year smallint NOT NULL,
    term_1 smallint CHECK (term_1 BETWEEN 0 AND 100),
    term_2 smallint CHECK (term_2 BETWEEN 0 AND 100),
    annual smallint CHECK (annual BETWEEN 0 AND 100),
    retest smallint CHECK (retest BETWEEN 0 AND 100),
    PRIMARY KEY (gradebook_id, student_id, year)
) PARTITION BY LIST (year);

-- A year's partitions are made beside the table and attached: nobody who reads or writes waits.
CREATE FUNCTION gradebooks_add_year(wanted integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    parent text;
    part text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['gradebooks_mark', 'gradebooks_markversion', 'gradebooks_subjectresult'] LOOP
        part := parent || '_' || wanted;
        IF to_regclass(part) IS NULL THEN
            EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, parent);
            IF parent = 'gradebooks_subjectresult' THEN
                EXECUTE format('ALTER TABLE %I SET (fillfactor = 90)', part);
            END IF;
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%s)', parent, part, wanted);
        END IF;
    END LOOP;
END $$;

-- What a cell held before goes to its versions, however the change was written. A mark is never
-- deleted: an emptied cell says so.
CREATE FUNCTION gradebooks_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO gradebooks_markversion (at, gradebook_id, student_id, by_id, year, slot, value, version, how)
    VALUES (OLD.at, OLD.gradebook_id, OLD.student_id, OLD.by_id, OLD.year, OLD.slot, OLD.value, OLD.version, OLD.how);
    RETURN NULL;
END $$;
CREATE TRIGGER keep_version AFTER UPDATE OF value, version ON gradebooks_mark FOR EACH ROW
    EXECUTE FUNCTION gradebooks_keep_version();
CREATE TRIGGER keep_version_of_removed AFTER DELETE ON gradebooks_mark FOR EACH ROW
    EXECUTE FUNCTION gradebooks_keep_version();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('gradebooks', '0001_structure'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLES),
                migrations.RunSQL(f"SELECT gradebooks_add_year(y) FROM generate_series({FIRST}, {LAST}) y"),
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Mark',
                    fields=[
                        ('pk', models.CompositePrimaryKey('gradebook', 'student', 'slot', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('year', models.SmallIntegerField()),
                        ('slot', models.SmallIntegerField()),
                        ('value', models.SmallIntegerField()),
                        ('version', models.SmallIntegerField(default=1)),
                        ('how', models.SmallIntegerField()),
                        ('by', khuevan.kernel.columns.NarrowForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                        ('gradebook', khuevan.kernel.columns.NarrowForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='gradebooks.gradebook')),
                        ('student', khuevan.kernel.columns.NarrowForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.student')),
                    ],
                    options={
                        'db_table': 'gradebooks_mark',
                    },
                ),
                migrations.CreateModel(
                    name='MarkVersion',
                    fields=[
                        ('pk', models.CompositePrimaryKey('gradebook', 'student', 'slot', 'version', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('year', models.SmallIntegerField()),
                        ('slot', models.SmallIntegerField()),
                        ('value', models.SmallIntegerField()),
                        ('version', models.SmallIntegerField()),
                        ('how', models.SmallIntegerField()),
                        ('by', khuevan.kernel.columns.NarrowForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                        ('gradebook', khuevan.kernel.columns.NarrowForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebooks.gradebook')),
                        ('student', khuevan.kernel.columns.NarrowForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.student')),
                    ],
                    options={
                        'db_table': 'gradebooks_markversion',
                    },
                ),
                migrations.CreateModel(
                    name='SubjectResult',
                    fields=[
                        ('pk', models.CompositePrimaryKey('gradebook', 'student', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('year', models.SmallIntegerField()),
                        ('term_1', models.SmallIntegerField(null=True)),
                        ('term_2', models.SmallIntegerField(null=True)),
                        ('annual', models.SmallIntegerField(null=True)),
                        ('retest', models.SmallIntegerField(null=True)),
                        ('gradebook', khuevan.kernel.columns.NarrowForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='gradebooks.gradebook')),
                        ('student', khuevan.kernel.columns.NarrowForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.student')),
                    ],
                    options={
                        'db_table': 'gradebooks_subjectresult',
                    },
                ),
            ],
        ),
    ]
