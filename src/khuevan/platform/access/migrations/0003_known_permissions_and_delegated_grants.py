"""Permissions offered once; roles that give roles; delegated grants know their source."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, unique=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='delegation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='delegation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='delegation',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grant',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='role',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='role',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='role',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='delegation',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='delegationevent',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='grant',
            name='delegated_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegated', to='access.grant'),
        ),
        migrations.AddField(
            model_name='grantevent',
            name='delegated_from',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.grant'),
        ),
        migrations.AddField(
            model_name='role',
            name='gives',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None),
        ),
        migrations.AddField(
            model_name='roleevent',
            name='gives',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_delegationevent" ("ended_at", "ends_on", "from_person_id", "id", "instrument", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "to_person_id", "unit_id", "uuid") VALUES (NEW."ended_at", NEW."ends_on", NEW."from_person_id", NEW."id", NEW."instrument", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_on", NEW."to_person_id", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='36c52dc60f924194c8b719a8e0d6c154a374bcc8', operation='INSERT', pgid='pgtrigger_insert_insert_2a7ee', table='access_delegation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "access_delegationevent" ("ended_at", "ends_on", "from_person_id", "id", "instrument", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "to_person_id", "unit_id", "uuid") VALUES (NEW."ended_at", NEW."ends_on", NEW."from_person_id", NEW."id", NEW."instrument", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_on", NEW."to_person_id", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='4500b042b92193c483661c86f8c71f443acd1862', operation='UPDATE', pgid='pgtrigger_update_update_5158b', table='access_delegation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_delegationevent" ("ended_at", "ends_on", "from_person_id", "id", "instrument", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "to_person_id", "unit_id", "uuid") VALUES (OLD."ended_at", OLD."ends_on", OLD."from_person_id", OLD."id", OLD."instrument", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."starts_on", OLD."to_person_id", OLD."unit_id", OLD."uuid"); RETURN NULL;', hash='ee82342126e1eca446674a6ad1b6aa7cc1248a4b', operation='DELETE', pgid='pgtrigger_delete_delete_af94b', table='access_delegation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_grantevent" ("anchor_class_id", "anchor_person_id", "anchor_unit_id", "delegated_from_id", "delegation_id", "ends_on", "home_unit_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "source", "source_key", "starts_on", "uuid") VALUES (NEW."anchor_class_id", NEW."anchor_person_id", NEW."anchor_unit_id", NEW."delegated_from_id", NEW."delegation_id", NEW."ends_on", NEW."home_unit_id", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."role_id", NEW."source", NEW."source_key", NEW."starts_on", NEW."uuid"); RETURN NULL;', hash='cd145b829281e4dc6e5b7d7419628b6f58fb5af4', operation='INSERT', pgid='pgtrigger_insert_insert_1423b', table='access_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "access_grantevent" ("anchor_class_id", "anchor_person_id", "anchor_unit_id", "delegated_from_id", "delegation_id", "ends_on", "home_unit_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "source", "source_key", "starts_on", "uuid") VALUES (NEW."anchor_class_id", NEW."anchor_person_id", NEW."anchor_unit_id", NEW."delegated_from_id", NEW."delegation_id", NEW."ends_on", NEW."home_unit_id", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."role_id", NEW."source", NEW."source_key", NEW."starts_on", NEW."uuid"); RETURN NULL;', hash='ac65f70efe4e3b39c3943264bbc8a460b4f5604f', operation='UPDATE', pgid='pgtrigger_update_update_c99f4', table='access_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_grantevent" ("anchor_class_id", "anchor_person_id", "anchor_unit_id", "delegated_from_id", "delegation_id", "ends_on", "home_unit_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "source", "source_key", "starts_on", "uuid") VALUES (OLD."anchor_class_id", OLD."anchor_person_id", OLD."anchor_unit_id", OLD."delegated_from_id", OLD."delegation_id", OLD."ends_on", OLD."home_unit_id", OLD."id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."role_id", OLD."source", OLD."source_key", OLD."starts_on", OLD."uuid"); RETURN NULL;', hash='6a19602c608e6741054a71a9b9bbfbd82fb7daf0', operation='DELETE', pgid='pgtrigger_delete_delete_b6eaf', table='access_grant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_roleevent" ("code", "gives", "hat", "id", "name", "needs_second_factor", "permissions", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."gives", NEW."hat", NEW."id", NEW."name", NEW."needs_second_factor", NEW."permissions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='a2d994bc0f28f1dc1b35b6607f5b68f2d73f6f76', operation='INSERT', pgid='pgtrigger_insert_insert_075b7', table='access_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "access_roleevent" ("code", "gives", "hat", "id", "name", "needs_second_factor", "permissions", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."gives", NEW."hat", NEW."id", NEW."name", NEW."needs_second_factor", NEW."permissions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='203eb01370761149fbb2616b07cba5fe6c64e1ea', operation='UPDATE', pgid='pgtrigger_update_update_94533', table='access_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_roleevent" ("code", "gives", "hat", "id", "name", "needs_second_factor", "permissions", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."gives", OLD."hat", OLD."id", OLD."name", OLD."needs_second_factor", OLD."permissions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='3d617912eb2aa5596694dd82dcf1c34be5c155e4', operation='DELETE', pgid='pgtrigger_delete_delete_29682', table='access_role', when='AFTER')),
        ),
    ]
