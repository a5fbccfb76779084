import django.contrib.postgres.fields
import django.db.models.deletion
import khuevan.kernel.migrations
import pghistory.utils
import pgtrigger.compiler
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0005_history_by_statement'),
        ('gradebooks', '0002_marks_by_year'),
        ('schools', '0009_classes_at_once'),
        ('students', '0008_history_by_statement'),
    ]

    operations = [
        migrations.CreateModel(
            name='Phrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('subjects', models.CharField(choices=[('ALL', 'All subjects'), ('MATH', 'Mathematics'), ('LITERATURE', 'Literature, Vietnamese'), ('LANGUAGE', 'Foreign and minority languages'), ('NATURE', 'Sciences of nature'), ('SOCIETY', 'History and geography'), ('CIVICS', 'Civic and moral education, law'), ('TECHNOLOGY', 'Informatics and technology'), ('ARTS', 'Music and art'), ('SPORT', 'Physical and defence education'), ('ACTIVITY', 'Activities and local education'), ('TRAITS', 'Qualities and competencies'), ('WHOLE', 'The pupil as a whole')], max_length=10)),
                ('part', models.CharField(choices=[('STRENGTH', 'What the pupil does well'), ('RISE', 'The pupil has made progress'), ('FALL', 'Results went down'), ('NEXT', 'What to do next'), ('MISSING', 'A mark is missing')], max_length=8)),
                ('band', models.CharField(choices=[('ANY', 'At any level'), ('GOOD', 'From 8,0; T'), ('FAIR', '6,5 to 7,9'), ('PASS', '5,0 to 6,4; Đ, H'), ('LOW', 'Below 5,0; CĐ, C')], max_length=4)),
                ('text', models.CharField(max_length=300)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('owner__isnull', False), ('school__isnull', True)), models.Q(('owner__isnull', True), ('school__isnull', False)), _connector='OR'), name='phrase_has_one_keeper'), models.UniqueConstraint(fields=('school', 'owner', 'subjects', 'part', 'band', 'text'), name='phrase_once', nulls_distinct=False)],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remarks_phraseevent" ("band", "owner_id", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "subjects", "text", "uuid") SELECT new_values."band", new_values."owner_id", new_values."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."subjects", new_values."text", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9e6de4f5cee2244890d45695bb80828eae61d992', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d80cd', referencing='REFERENCING NEW TABLE AS new_values ', table='remarks_phrase', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."band" IS DISTINCT FROM (NEW."band") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."part" IS DISTINCT FROM (NEW."part") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."subjects" IS DISTINCT FROM (NEW."subjects") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "remarks_phraseevent" ("band", "owner_id", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "subjects", "text", "uuid") VALUES (NEW."band", NEW."owner_id", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."school_id", NEW."subjects", NEW."text", NEW."uuid"); RETURN NULL;', hash='2e2c1b2f2692253507fa806523e40ec7d45d0cf2', operation='UPDATE', pgid='pgtrigger_update_update_ef3c3', table='remarks_phrase', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "remarks_phraseevent" ("band", "owner_id", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "subjects", "text", "uuid") VALUES (OLD."band", OLD."owner_id", OLD."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."school_id", OLD."subjects", OLD."text", OLD."uuid"); RETURN NULL;', hash='cceb3796168912ebd3869fc4265c7faf8732c89a', operation='DELETE', pgid='pgtrigger_delete_delete_92cad', table='remarks_phrase', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PhraseEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('subjects', models.CharField(choices=[('ALL', 'All subjects'), ('MATH', 'Mathematics'), ('LITERATURE', 'Literature, Vietnamese'), ('LANGUAGE', 'Foreign and minority languages'), ('NATURE', 'Sciences of nature'), ('SOCIETY', 'History and geography'), ('CIVICS', 'Civic and moral education, law'), ('TECHNOLOGY', 'Informatics and technology'), ('ARTS', 'Music and art'), ('SPORT', 'Physical and defence education'), ('ACTIVITY', 'Activities and local education'), ('TRAITS', 'Qualities and competencies'), ('WHOLE', 'The pupil as a whole')], max_length=10)),
                ('part', models.CharField(choices=[('STRENGTH', 'What the pupil does well'), ('RISE', 'The pupil has made progress'), ('FALL', 'Results went down'), ('NEXT', 'What to do next'), ('MISSING', 'A mark is missing')], max_length=8)),
                ('band', models.CharField(choices=[('ANY', 'At any level'), ('GOOD', 'From 8,0; T'), ('FAIR', '6,5 to 7,9'), ('PASS', '5,0 to 6,4; Đ, H'), ('LOW', 'Below 5,0; CĐ, C')], max_length=4)),
                ('text', models.CharField(max_length=300)),
                ('owner', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='remarks.phrase')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7a4119ae48e3248f74e1530b15c72165a7a26364', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e7ae5', table='remarks_phraseevent', when='BEFORE'))],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RemarkSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('longest', models.PositiveSmallIntegerField(default=300)),
                ('longest_overall', models.PositiveSmallIntegerField(default=500)),
                ('forbidden', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('school', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('longest__range', (40, 1000)), ('longest_overall__range', (40, 1000))), name='remark_lengths')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remarks_remarksettingevent" ("forbidden", "longest", "longest_overall", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "uuid") SELECT new_values."forbidden", new_values."longest", new_values."longest_overall", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a1706b9675df39da051ee4fe4f8c82ffdf4b42d9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3c0b4', referencing='REFERENCING NEW TABLE AS new_values ', table='remarks_remarksetting', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."forbidden" IS DISTINCT FROM (NEW."forbidden") OR OLD."longest" IS DISTINCT FROM (NEW."longest") OR OLD."longest_overall" IS DISTINCT FROM (NEW."longest_overall") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "remarks_remarksettingevent" ("forbidden", "longest", "longest_overall", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "uuid") VALUES (NEW."forbidden", NEW."longest", NEW."longest_overall", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."school_id", NEW."uuid"); RETURN NULL;', hash='0edc76a25035f5e8d6ec555acc3116ba45fe889b', operation='UPDATE', pgid='pgtrigger_update_update_07a91', table='remarks_remarksetting', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "remarks_remarksettingevent" ("forbidden", "longest", "longest_overall", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "uuid") VALUES (OLD."forbidden", OLD."longest", OLD."longest_overall", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."school_id", OLD."uuid"); RETURN NULL;', hash='e17f6c12e2f54369aef2898fdff67f300adfcf8b', operation='DELETE', pgid='pgtrigger_delete_delete_27f3d', table='remarks_remarksetting', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RemarkSettingEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('longest', models.PositiveSmallIntegerField(default=300)),
                ('longest_overall', models.PositiveSmallIntegerField(default=500)),
                ('forbidden', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='remarks.remarksetting')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='88ecee8ed6b62dc7d3d28b74e639144bf1fe0870', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2ab9c', table='remarks_remarksettingevent', when='BEFORE'))],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RemarkSheet',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('academic_year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.academicyear')),
                ('gradebook', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebooks.gradebook')),
                ('homeroom_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.homeroomclass')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('homeroom_class', 'gradebook'), name='remark_sheet_once', nulls_distinct=False)],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "remarks_remarksheetevent" ("academic_year_id", "gradebook_id", "homeroom_class_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "year") SELECT new_values."academic_year_id", new_values."gradebook_id", new_values."homeroom_class_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='816badad3c2ab3ae89686ce4170b6aa0df8871d1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_da08c', referencing='REFERENCING NEW TABLE AS new_values ', table='remarks_remarksheet', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."academic_year_id" IS DISTINCT FROM (NEW."academic_year_id") OR OLD."gradebook_id" IS DISTINCT FROM (NEW."gradebook_id") OR OLD."homeroom_class_id" IS DISTINCT FROM (NEW."homeroom_class_id") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func='INSERT INTO "remarks_remarksheetevent" ("academic_year_id", "gradebook_id", "homeroom_class_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "year") VALUES (NEW."academic_year_id", NEW."gradebook_id", NEW."homeroom_class_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."school_id", NEW."year"); RETURN NULL;', hash='141feb999fa01e978edce1d65c55e33cc7a590c9', operation='UPDATE', pgid='pgtrigger_update_update_22b48', table='remarks_remarksheet', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "remarks_remarksheetevent" ("academic_year_id", "gradebook_id", "homeroom_class_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "year") VALUES (OLD."academic_year_id", OLD."gradebook_id", OLD."homeroom_class_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."school_id", OLD."year"); RETURN NULL;', hash='efa6a2c993fc43afd5c9091af8105417ae5d7f5a', operation='DELETE', pgid='pgtrigger_delete_delete_02005', table='remarks_remarksheet', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RemarkSheetEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('academic_year', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.academicyear')),
                ('gradebook', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='gradebooks.gradebook')),
                ('homeroom_class', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.homeroomclass')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='remarks.remarksheet')),
                ('school', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='81b42d3dce05b700b2165ea22139374913829b6f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d3007', table='remarks_remarksheetevent', when='BEFORE'))],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='phrase',
            index=models.Index(fields=['owner'], name='phrase_of_owner'),
        ),
        khuevan.kernel.migrations.InstallTriggers(
        ),
    ]
