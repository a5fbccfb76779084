"""The own grade of a pupil in a class of several, kept among those the class teaches."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0001_structure'),
        ('students', '0002_list_by_name'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='classplacement',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='classplacement',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='classplacement',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='classplacement',
            name='grade_level',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.gradelevel'),
        ),
        migrations.AddField(
            model_name='classplacementevent',
            name='grade_level',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.gradelevel'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classplacement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "students_classplacementevent" ("ends_on", "grade_level_id", "homeroom_class_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts_on", "student_id") VALUES (NEW."ends_on", NEW."grade_level_id", NEW."homeroom_class_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."school_id", NEW."starts_on", NEW."student_id"); RETURN NULL;', hash='497a8423aad28586dddaad3178cf70d68c632216', operation='INSERT', pgid='pgtrigger_insert_insert_95176', table='students_classplacement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classplacement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."grade_level_id" IS DISTINCT FROM (NEW."grade_level_id") OR OLD."homeroom_class_id" IS DISTINCT FROM (NEW."homeroom_class_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id"))', func='INSERT INTO "students_classplacementevent" ("ends_on", "grade_level_id", "homeroom_class_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts_on", "student_id") VALUES (NEW."ends_on", NEW."grade_level_id", NEW."homeroom_class_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."school_id", NEW."starts_on", NEW."student_id"); RETURN NULL;', hash='a80731fed30a3ac78753c73452d98926128ed1a3', operation='UPDATE', pgid='pgtrigger_update_update_7f5cd', table='students_classplacement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classplacement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "students_classplacementevent" ("ends_on", "grade_level_id", "homeroom_class_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts_on", "student_id") VALUES (OLD."ends_on", OLD."grade_level_id", OLD."homeroom_class_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."school_id", OLD."starts_on", OLD."student_id"); RETURN NULL;', hash='89e2f74d715ccb642c5da6871461311c3211bf37', operation='DELETE', pgid='pgtrigger_delete_delete_ca5a1', table='students_classplacement', when='AFTER')),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE students_classplacement ADD CONSTRAINT placement_grade_taught
            FOREIGN KEY (homeroom_class_id, grade_level_id)
            REFERENCES schools_classgrade (homeroom_class_id, grade_level_id)
            """,
            "ALTER TABLE students_classplacement DROP CONSTRAINT placement_grade_taught",
        ),
    ]
