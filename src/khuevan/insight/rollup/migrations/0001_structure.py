import django.db.models.deletion
import khuevan.kernel.migrations
import pghistory.utils
import pgtrigger.compiler
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_functions'),
        ('schools', '0001_structure'),
        ('staff', '0001_structure'),
    ]

    operations = [
        migrations.CreateModel(
            name='PupilCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school')),
                ('grade_level', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.gradelevel')),
                ('sex', models.CharField(blank=True, max_length=6)),
                ('ethnicity_code', models.CharField(blank=True, max_length=2)),
                ('birth_year', models.PositiveSmallIntegerField(null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('pupils', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['ends_on', 'starts_on'], name='pupil_cell_day')],
            },
        ),
        migrations.CreateModel(
            name='ClassCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school')),
                ('homeroom_class', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.homeroomclass')),
                ('lacks', models.PositiveSmallIntegerField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('pupils', models.PositiveIntegerField()),
                ('girls', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['ends_on', 'starts_on'], name='class_cell_day')],
            },
        ),
        migrations.CreateModel(
            name='StaleMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school')),
            ],
        ),
        migrations.CreateModel(
            name='Census',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('on', models.DateField()),
                ('level', models.CharField(blank=True, max_length=4)),
                ('decision', models.CharField(blank=True, max_length=160)),
                ('state', models.CharField(choices=[('OPEN', 'Open'), ('FROZEN', 'Frozen')], default='OPEN', max_length=6)),
                ('reason', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('on', 'level'), name='census_day_once', violation_error_message='There is a census of that day for this level already.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rollup_censusevent" ("decision", "level", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "uuid") VALUES (NEW."decision", NEW."level", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."state", NEW."uuid"); RETURN NULL;', hash='a8bd8e6de8833205451fbb5fc693116af4b7e827', operation='INSERT', pgid='pgtrigger_insert_insert_73606', table='rollup_census', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "rollup_censusevent" ("decision", "level", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "uuid") VALUES (NEW."decision", NEW."level", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."state", NEW."uuid"); RETURN NULL;', hash='9086e4576ff5b55cfd7f4743b95d892c18b78484', operation='UPDATE', pgid='pgtrigger_update_update_00c3b', table='rollup_census', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rollup_censusevent" ("decision", "level", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "uuid") VALUES (OLD."decision", OLD."level", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."state", OLD."uuid"); RETURN NULL;', hash='62b5c97d51d11e670d97d040e9c2bf440ec753ca', operation='DELETE', pgid='pgtrigger_delete_delete_3deff', table='rollup_census', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='CensusEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='rollup.census')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('on', models.DateField()),
                ('level', models.CharField(blank=True, max_length=4)),
                ('decision', models.CharField(blank=True, max_length=160)),
                ('state', models.CharField(choices=[('OPEN', 'Open'), ('FROZEN', 'Frozen')], default='OPEN', max_length=6)),
                ('reason', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c91cd1ec0058e68e8b45b212f907dd2307ae5659', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b1690', table='rollup_censusevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='CensusVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('census', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='rollup.census')),
                ('number', models.PositiveSmallIntegerField()),
                ('frozen_at', models.DateTimeField()),
                ('by', models.CharField(max_length=200)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('history_until', models.BigIntegerField()),
                ('placements_until', models.BigIntegerField(db_default=0, default=0)),
                ('keeps_things', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('census', 'number'), name='census_version_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rollup_censusversionevent" ("by", "census_id", "frozen_at", "history_until", "keeps_things", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placements_until", "reason") VALUES (NEW."by", NEW."census_id", NEW."frozen_at", NEW."history_until", NEW."keeps_things", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."placements_until", NEW."reason"); RETURN NULL;', hash='59c4a9fe7098aafa000b2d8eac3aa042379e38a3', operation='INSERT', pgid='pgtrigger_insert_insert_0daba', table='rollup_censusversion', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."by" IS DISTINCT FROM (NEW."by") OR OLD."census_id" IS DISTINCT FROM (NEW."census_id") OR OLD."frozen_at" IS DISTINCT FROM (NEW."frozen_at") OR OLD."history_until" IS DISTINCT FROM (NEW."history_until") OR OLD."keeps_things" IS DISTINCT FROM (NEW."keeps_things") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."placements_until" IS DISTINCT FROM (NEW."placements_until") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))', func='INSERT INTO "rollup_censusversionevent" ("by", "census_id", "frozen_at", "history_until", "keeps_things", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placements_until", "reason") VALUES (NEW."by", NEW."census_id", NEW."frozen_at", NEW."history_until", NEW."keeps_things", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."placements_until", NEW."reason"); RETURN NULL;', hash='36f8395dbe2605d94e07dbc08746d8b16a8efa50', operation='UPDATE', pgid='pgtrigger_update_update_90e40', table='rollup_censusversion', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rollup_censusversionevent" ("by", "census_id", "frozen_at", "history_until", "keeps_things", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placements_until", "reason") VALUES (OLD."by", OLD."census_id", OLD."frozen_at", OLD."history_until", OLD."keeps_things", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."placements_until", OLD."reason"); RETURN NULL;', hash='86d30a529de2cbd1a55a305c8822a018a1bffed7', operation='DELETE', pgid='pgtrigger_delete_delete_7d0e3', table='rollup_censusversion', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='CensusVersionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='rollup.censusversion')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('census', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rollup.census')),
                ('number', models.PositiveSmallIntegerField()),
                ('frozen_at', models.DateTimeField()),
                ('by', models.CharField(max_length=200)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('history_until', models.BigIntegerField()),
                ('placements_until', models.BigIntegerField(db_default=0, default=0)),
                ('keeps_things', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eeb27db3ffa48cd73468587ad27d2401dd258191', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6baf7', table='rollup_censusversionevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='CensusFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='rollup.censusversion')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school')),
                ('grade_level', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.gradelevel')),
                ('sex', models.CharField(blank=True, max_length=6)),
                ('ethnicity_code', models.CharField(blank=True, max_length=2)),
                ('birth_year', models.PositiveSmallIntegerField(null=True)),
                ('pupils', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['version', 'school'], name='census_figure_school')],
            },
        ),
        migrations.CreateModel(
            name='CensusSchool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='rollup.censusversion')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school')),
                ('pupils', models.PositiveIntegerField()),
                ('unplaced', models.PositiveIntegerField()),
                ('classes', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'school'), name='census_school_once')],
            },
        ),
        migrations.CreateModel(
            name='CensusClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='rollup.censusversion')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school')),
                ('homeroom_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.homeroomclass')),
                ('grade_level', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.gradelevel')),
                ('name', models.CharField(max_length=30)),
                ('pupils', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'school', 'homeroom_class'), name='census_class_once')],
            },
        ),
        migrations.CreateModel(
            name='CensusStaff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='rollup.censusversion')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school')),
                ('staff_member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.staffmember')),
                ('position', models.CharField(max_length=16)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'school', 'staff_member'), name='census_staff_once')],
            },
        ),
        khuevan.kernel.migrations.InstallTriggers(
        ),
    ]
