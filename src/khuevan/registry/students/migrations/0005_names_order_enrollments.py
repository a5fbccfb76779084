"""A school's list of pupils is read in the order of an index: each enrollment keeps the sort key."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


_FILL = """
UPDATE students_enrollment AS row SET sort_key = person.sort_key
FROM accounts_person AS person WHERE person.id = row.person_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_username_in_any_case'),
        ('schools', '0001_initial'),
        ('students', '0004_guardians_follow_until_18'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='enrollment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='enrollment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='enrollment',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='enrollment',
            name='sort_key',
            field=models.CharField(db_collation='C', default='', max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='enrollmentevent',
            name='sort_key',
            field=models.CharField(db_collation='C', default='', max_length=400),
            preserve_default=False,
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='enrollment',
            index=models.Index(fields=['school', 'sort_key', 'id'], name='enrollment_list'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrollment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "students_enrollmentevent" ("ends_on", "entry_kind", "exit_kind", "id", "is_primary", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registry_number", "school_id", "sort_key", "starts_on", "student_id", "uuid") VALUES (NEW."ends_on", NEW."entry_kind", NEW."exit_kind", NEW."id", NEW."is_primary", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."registry_number", NEW."school_id", NEW."sort_key", NEW."starts_on", NEW."student_id", NEW."uuid"); RETURN NULL;', hash='aa59deb55abbe0d40b7efd9da7efcff8203ae4f0', operation='INSERT', pgid='pgtrigger_insert_insert_e5998', table='students_enrollment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrollment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "students_enrollmentevent" ("ends_on", "entry_kind", "exit_kind", "id", "is_primary", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registry_number", "school_id", "sort_key", "starts_on", "student_id", "uuid") VALUES (NEW."ends_on", NEW."entry_kind", NEW."exit_kind", NEW."id", NEW."is_primary", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."registry_number", NEW."school_id", NEW."sort_key", NEW."starts_on", NEW."student_id", NEW."uuid"); RETURN NULL;', hash='7feb8076583e2bdee5d9c0dad2278d94990fa2c8', operation='UPDATE', pgid='pgtrigger_update_update_27e88', table='students_enrollment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrollment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "students_enrollmentevent" ("ends_on", "entry_kind", "exit_kind", "id", "is_primary", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registry_number", "school_id", "sort_key", "starts_on", "student_id", "uuid") VALUES (OLD."ends_on", OLD."entry_kind", OLD."exit_kind", OLD."id", OLD."is_primary", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."registry_number", OLD."school_id", OLD."sort_key", OLD."starts_on", OLD."student_id", OLD."uuid"); RETURN NULL;', hash='c44a2a589a9d8c934fd76a68b03fd23345e109f8', operation='DELETE', pgid='pgtrigger_delete_delete_56a51', table='students_enrollment', when='AFTER')),
        ),
    ]
