"""What was destroyed is told to programs; what is there begins the history."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_structure'),
        ('organizations', '0002_never_a_circle'),
        ('retention', '0001_structure'),
    ]

    operations = [
        migrations.CreateModel(
            name='DestructionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(max_length=40)),
                ('count', models.PositiveIntegerField()),
                ('decision_number', models.CharField(max_length=60)),
                ('decided_on', models.DateField()),
                ('signer', models.CharField(max_length=160)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='destruction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "retention_destructionevent" ("at", "by_id", "by_label", "count", "decided_on", "decision_number", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signer", "unit_id", "uuid") VALUES (NEW."at", NEW."by_id", NEW."by_label", NEW."count", NEW."decided_on", NEW."decision_number", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."signer", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='ec0add789bc06ff86512e277e3f4437323db3c1e', operation='INSERT', pgid='pgtrigger_insert_insert_53115', table='retention_destruction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='destruction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."by_label" IS DISTINCT FROM (NEW."by_label") OR OLD."count" IS DISTINCT FROM (NEW."count") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."decision_number" IS DISTINCT FROM (NEW."decision_number") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."signer" IS DISTINCT FROM (NEW."signer") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "retention_destructionevent" ("at", "by_id", "by_label", "count", "decided_on", "decision_number", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signer", "unit_id", "uuid") VALUES (NEW."at", NEW."by_id", NEW."by_label", NEW."count", NEW."decided_on", NEW."decision_number", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."signer", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='89a0a70259120b4e2d7e2fa335dcb147cce054ba', operation='UPDATE', pgid='pgtrigger_update_update_65bc1', table='retention_destruction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='destruction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "retention_destructionevent" ("at", "by_id", "by_label", "count", "decided_on", "decision_number", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signer", "unit_id", "uuid") VALUES (OLD."at", OLD."by_id", OLD."by_label", OLD."count", OLD."decided_on", OLD."decision_number", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."signer", OLD."unit_id", OLD."uuid"); RETURN NULL;', hash='77abc6e9fec7a64846b35f1060b0d07df5b253cb', operation='DELETE', pgid='pgtrigger_delete_delete_9017a', table='retention_destruction', when='AFTER')),
        ),
        migrations.AddField(
            model_name='destructionevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='destructionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='retention.destruction'),
        ),
        migrations.AddField(
            model_name='destructionevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='destructionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4f01f831397f2914bb92ee71e3c0cccc319847a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_800e6', table='retention_destructionevent', when='BEFORE')),
        ),
        migrations.RunSQL(
            """INSERT INTO retention_destructionevent
                (pgh_created_at, pgh_label, pgh_obj_id, uuid, kind, unit_id, count, decision_number, decided_on, signer, by_id, by_label, at)
            SELECT now(), 'insert', id, uuid, kind, unit_id, count, decision_number, decided_on, signer, by_id, by_label, at FROM retention_destruction ORDER BY id""",
            migrations.RunSQL.noop,
        ),
    ]
