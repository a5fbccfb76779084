import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
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
        ('areas', '0001_structure'),
    ]

    operations = [
        migrations.CreateModel(
            name='OrgUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=35, unique=True)),
                ('kind', models.CharField(choices=[('MINISTRY', 'Ministry'), ('PROVINCE', "Provincial people's committee"), ('DEPARTMENT', 'Department of education and training'), ('DIVISION', 'Division of the department'), ('ATTACHED', 'Unit attached to the department'), ('DISTRICT', "District people's committee"), ('DISTRICT_OFFICE', 'District education office'), ('COMMUNE', "Commune people's committee"), ('COMMUNE_DIVISION', 'Commune culture and social affairs division'), ('OTHER_OWNER', 'Other owner of schools'), ('SCHOOL', 'School')], max_length=16)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_orgunitevent" ("code", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uuid") VALUES (NEW."code", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."uuid"); RETURN NULL;', hash='e9bfc8816e05dc3b3238906b4b3a3b9b62edbd38', operation='INSERT', pgid='pgtrigger_insert_insert_394cd', table='organizations_orgunit', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "organizations_orgunitevent" ("code", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uuid") VALUES (NEW."code", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."uuid"); RETURN NULL;', hash='1e9457f71c0d6ca9c49539939d26e2e9257df518', operation='UPDATE', pgid='pgtrigger_update_update_37618', table='organizations_orgunit', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_orgunitevent" ("code", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uuid") VALUES (OLD."code", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."uuid"); RETURN NULL;', hash='9570115f35360422a3f3c3999261f294a33faa79', operation='DELETE', pgid='pgtrigger_delete_delete_f12e3', table='organizations_orgunit', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='OrgUnitEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='organizations.orgunit')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('code', models.CharField(max_length=35)),
                ('kind', models.CharField(choices=[('MINISTRY', 'Ministry'), ('PROVINCE', "Provincial people's committee"), ('DEPARTMENT', 'Department of education and training'), ('DIVISION', 'Division of the department'), ('ATTACHED', 'Unit attached to the department'), ('DISTRICT', "District people's committee"), ('DISTRICT_OFFICE', 'District education office'), ('COMMUNE', "Commune people's committee"), ('COMMUNE_DIVISION', 'Commune culture and social affairs division'), ('OTHER_OWNER', 'Other owner of schools'), ('SCHOOL', 'School')], max_length=16)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2323a65ba3d419c94005e9d0b87a82610b3345ad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c941f', table='organizations_orgunitevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='UnitDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.CharField(max_length=120)),
                ('signed_on', models.DateField(null=True)),
                ('file', models.UUIDField(null=True)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_unitdecisionevent" ("file", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "uuid") VALUES (NEW."file", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."signed_on", NEW."uuid"); RETURN NULL;', hash='b254b63228343b3827a867bfa0683cd115d9567e', operation='INSERT', pgid='pgtrigger_insert_insert_2607e', table='organizations_unitdecision', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "organizations_unitdecisionevent" ("file", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "uuid") VALUES (NEW."file", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."signed_on", NEW."uuid"); RETURN NULL;', hash='ed3fe27917c7f7f8affb63df82b532aece71fcd5', operation='UPDATE', pgid='pgtrigger_update_update_e3e08', table='organizations_unitdecision', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_unitdecisionevent" ("file", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "uuid") VALUES (OLD."file", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."signed_on", OLD."uuid"); RETURN NULL;', hash='674a11e7af6eae30a76ec202165ac1ee0dfd26af', operation='DELETE', pgid='pgtrigger_delete_delete_a3a79', table='organizations_unitdecision', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='UnitDecisionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='organizations.unitdecision')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('number', models.CharField(max_length=120)),
                ('signed_on', models.DateField(null=True)),
                ('file', models.UUIDField(null=True)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='71f55d9d9f61ea0e10a1f04e45e3b1d830b1a393', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_46cb0', table='organizations_unitdecisionevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='OrgUnitVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='organizations.orgunit')),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=80)),
                ('search_name', models.CharField(max_length=200)),
                ('sort_key', models.CharField(db_collation='C', max_length=400)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='child_versions', to='organizations.orgunit')),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='areas.area')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('decision', models.CharField(blank=True, default='', max_length=120)),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions_begun', to='organizations.unitdecision')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions_ended', to='organizations.unitdecision')),
                ('kind', models.CharField(blank=True, choices=[('MINISTRY', 'Ministry'), ('PROVINCE', "Provincial people's committee"), ('DEPARTMENT', 'Department of education and training'), ('DIVISION', 'Division of the department'), ('ATTACHED', 'Unit attached to the department'), ('DISTRICT', "District people's committee"), ('DISTRICT_OFFICE', 'District education office'), ('COMMUNE', "Commune people's committee"), ('COMMUNE_DIVISION', 'Commune culture and social affairs division'), ('OTHER_OWNER', 'Other owner of schools'), ('SCHOOL', 'School')], default='', max_length=16)),
            ],
            options={
                'indexes': [models.Index(fields=['parent', 'starts_on'], name='unit_version_parent'), django.contrib.postgres.indexes.GinIndex(fields=['search_name'], name='unit_version_search', opclasses=('gin_trgm_ops',))],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=(('unit', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')), name='unit_versions_never_overlap', violation_error_message='This unit already has a name and parent for that time.'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='unit_version_period_forward')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_orgunitversionevent" ("area_id", "decision", "ended_by_id", "ends_on", "kind", "name", "paper_id", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_name", "short_name", "sort_key", "starts_on", "unit_id") VALUES (NEW."area_id", NEW."decision", NEW."ended_by_id", NEW."ends_on", NEW."kind", NEW."name", NEW."paper_id", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."search_name", NEW."short_name", NEW."sort_key", NEW."starts_on", NEW."unit_id"); RETURN NULL;', hash='541139673dd6ceb4e764457136725daffa2e78c8', operation='INSERT', pgid='pgtrigger_insert_insert_19389', table='organizations_orgunitversion', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."paper_id" IS DISTINCT FROM (NEW."paper_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."search_name" IS DISTINCT FROM (NEW."search_name") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."sort_key" IS DISTINCT FROM (NEW."sort_key") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))', func='INSERT INTO "organizations_orgunitversionevent" ("area_id", "decision", "ended_by_id", "ends_on", "kind", "name", "paper_id", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_name", "short_name", "sort_key", "starts_on", "unit_id") VALUES (NEW."area_id", NEW."decision", NEW."ended_by_id", NEW."ends_on", NEW."kind", NEW."name", NEW."paper_id", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."search_name", NEW."short_name", NEW."sort_key", NEW."starts_on", NEW."unit_id"); RETURN NULL;', hash='9e66c205f3f5372c4a0e9b4415d93cadc4a21776', operation='UPDATE', pgid='pgtrigger_update_update_e14f7', table='organizations_orgunitversion', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_orgunitversionevent" ("area_id", "decision", "ended_by_id", "ends_on", "kind", "name", "paper_id", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_name", "short_name", "sort_key", "starts_on", "unit_id") VALUES (OLD."area_id", OLD."decision", OLD."ended_by_id", OLD."ends_on", OLD."kind", OLD."name", OLD."paper_id", OLD."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."search_name", OLD."short_name", OLD."sort_key", OLD."starts_on", OLD."unit_id"); RETURN NULL;', hash='7f58d92e6d5d03c0f11e30a12cca2938c7947a34', operation='DELETE', pgid='pgtrigger_delete_delete_053b4', table='organizations_orgunitversion', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='OrgUnitVersionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='organizations.orgunitversion')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=80)),
                ('search_name', models.CharField(max_length=200)),
                ('sort_key', models.CharField(db_collation='C', max_length=400)),
                ('parent', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('area', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('decision', models.CharField(blank=True, default='', max_length=120)),
                ('paper', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.unitdecision')),
                ('ended_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.unitdecision')),
                ('kind', models.CharField(blank=True, choices=[('MINISTRY', 'Ministry'), ('PROVINCE', "Provincial people's committee"), ('DEPARTMENT', 'Department of education and training'), ('DIVISION', 'Division of the department'), ('ATTACHED', 'Unit attached to the department'), ('DISTRICT', "District people's committee"), ('DISTRICT_OFFICE', 'District education office'), ('COMMUNE', "Commune people's committee"), ('COMMUNE_DIVISION', 'Commune culture and social affairs division'), ('OTHER_OWNER', 'Other owner of schools'), ('SCHOOL', 'School')], default='', max_length=16)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1c286e1af754deb676086ecb518af50f70c3785b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f13f0', table='organizations_orgunitversionevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='UnitSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='organizations.orgunit')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inherited_successions', to='organizations.orgunit')),
                ('handed', models.CharField(choices=[('SCHOOLS', 'The schools it managed'), ('REGISTERS', 'Diploma registers and archive'), ('LICENSES', 'Licenses and permits'), ('DOSSIERS', 'Files still open')], max_length=10)),
                ('starts_on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'successor', 'handed'), name='unit_succession_once'), models.CheckConstraint(condition=models.Q(('unit', models.F('successor')), _negated=True), name='unit_not_its_own_successor', violation_error_message="A unit can't succeed itself.")],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_unitsuccessionevent" ("handed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "successor_id", "unit_id") VALUES (NEW."handed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."successor_id", NEW."unit_id"); RETURN NULL;', hash='4a79dede4418693b90296c7383c9a78c464c6ce4', operation='INSERT', pgid='pgtrigger_insert_insert_b3538', table='organizations_unitsuccession', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."handed" IS DISTINCT FROM (NEW."handed") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))', func='INSERT INTO "organizations_unitsuccessionevent" ("handed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "successor_id", "unit_id") VALUES (NEW."handed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_on", NEW."successor_id", NEW."unit_id"); RETURN NULL;', hash='4b4bc8635991500eb9c8fa6fb8e99c09ac214cf9', operation='UPDATE', pgid='pgtrigger_update_update_9f569', table='organizations_unitsuccession', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_unitsuccessionevent" ("handed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "successor_id", "unit_id") VALUES (OLD."handed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."successor_id", OLD."unit_id"); RETURN NULL;', hash='faf92af05ef0b1ab8adf40fab7e81cc91accf39d', operation='DELETE', pgid='pgtrigger_delete_delete_12c1e', table='organizations_unitsuccession', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='UnitSuccessionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='organizations.unitsuccession')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('successor', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('handed', models.CharField(choices=[('SCHOOLS', 'The schools it managed'), ('REGISTERS', 'Diploma registers and archive'), ('LICENSES', 'Licenses and permits'), ('DOSSIERS', 'Files still open')], max_length=10)),
                ('starts_on', models.DateField()),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa902125ab848bd6473af3cf2f758796edb76e86', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_96c2b', table='organizations_unitsuccessionevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='UnitAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='organizations.orgunit')),
                ('code', models.CharField(max_length=35)),
                ('source', models.CharField(max_length=80)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=(('code', '='), ('source', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')), name='unit_aliases_never_overlap', violation_error_message='This code belongs to another unit at that time.'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='unit_alias_period_forward')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_unitaliasevent" ("code", "ends_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "unit_id") VALUES (NEW."code", NEW."ends_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source", NEW."starts_on", NEW."unit_id"); RETURN NULL;', hash='e97ccbb6679f21220b3ce6235b7bb40405516cef', operation='INSERT', pgid='pgtrigger_insert_insert_31ee9', table='organizations_unitalias', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))', func='INSERT INTO "organizations_unitaliasevent" ("code", "ends_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "unit_id") VALUES (NEW."code", NEW."ends_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source", NEW."starts_on", NEW."unit_id"); RETURN NULL;', hash='4158b9c2c4313b0efe8e4bc7c4da0f9992a01d2f', operation='UPDATE', pgid='pgtrigger_update_update_104d0', table='organizations_unitalias', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_unitaliasevent" ("code", "ends_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "unit_id") VALUES (OLD."code", OLD."ends_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."source", OLD."starts_on", OLD."unit_id"); RETURN NULL;', hash='c1609b408cbb1c438ea43ff980345ee1d65d7fcb', operation='DELETE', pgid='pgtrigger_delete_delete_7c6be', table='organizations_unitalias', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='UnitAliasEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='organizations.unitalias')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('code', models.CharField(max_length=35)),
                ('source', models.CharField(max_length=80)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e12221545d963d9f30bf2216e7befb7d1e70e317', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_61cfa', table='organizations_unitaliasevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ReportingLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reporting_links', to='organizations.orgunit')),
                ('master', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported_links', to='organizations.orgunit')),
                ('kind', models.CharField(choices=[('REPORTS', 'Reports to'), ('PROFESSIONAL', 'Professional direction by'), ('LICENSED', 'Licensed by'), ('OWNED', 'Owned by')], max_length=12)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('decision', models.CharField(blank=True, default='', max_length=120)),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=(('unit', '='), ('master', '='), ('kind', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')), name='reporting_links_never_overlap', violation_error_message='The units are linked in this way at that time already.'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='reporting_link_period_forward'), models.CheckConstraint(condition=models.Q(('unit', models.F('master')), _negated=True), name='unit_not_its_own_master')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_reportinglinkevent" ("decision", "ends_on", "kind", "master_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "unit_id", "uuid") VALUES (NEW."decision", NEW."ends_on", NEW."kind", NEW."master_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='ede9552663613f1d8544d61a744cf5c15a56f60b', operation='INSERT', pgid='pgtrigger_insert_insert_8be73', table='organizations_reportinglink', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."master_id" IS DISTINCT FROM (NEW."master_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "organizations_reportinglinkevent" ("decision", "ends_on", "kind", "master_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "unit_id", "uuid") VALUES (NEW."decision", NEW."ends_on", NEW."kind", NEW."master_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_on", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='61342c9bf470e2bbc88e9aef6bbcf9868b99728f', operation='UPDATE', pgid='pgtrigger_update_update_4b339', table='organizations_reportinglink', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_reportinglinkevent" ("decision", "ends_on", "kind", "master_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "unit_id", "uuid") VALUES (OLD."decision", OLD."ends_on", OLD."kind", OLD."master_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."unit_id", OLD."uuid"); RETURN NULL;', hash='5a7b06d36035e877602f9b94320610edaafa4370', operation='DELETE', pgid='pgtrigger_delete_delete_59618', table='organizations_reportinglink', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ReportingLinkEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='organizations.reportinglink')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('master', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('kind', models.CharField(choices=[('REPORTS', 'Reports to'), ('PROFESSIONAL', 'Professional direction by'), ('LICENSED', 'Licensed by'), ('OWNED', 'Owned by')], max_length=12)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('decision', models.CharField(blank=True, default='', max_length=120)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1959c4c1c46e0b3162386ac56054dd1a4d8549e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2af7e', table='organizations_reportinglinkevent', when='BEFORE'))],
            },
        ),
        khuevan.kernel.migrations.InstallTriggers(
        ),
    ]
