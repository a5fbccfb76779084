"""Legal successors of closed units."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnitSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handed', models.CharField(choices=[('SCHOOLS', 'The schools it managed'), ('REGISTERS', 'Diploma registers and archive')], max_length=10)),
                ('starts_on', models.DateField()),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inherited_successions', to='organizations.orgunit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='organizations.orgunit')),
            ],
        ),
        migrations.CreateModel(
            name='UnitSuccessionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('handed', models.CharField(choices=[('SCHOOLS', 'The schools it managed'), ('REGISTERS', 'Diploma registers and archive')], max_length=10)),
                ('starts_on', models.DateField()),
                ('pgh_obj', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='organizations.unitsuccession')),
                ('successor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='unitsuccession',
            constraint=models.UniqueConstraint(fields=('unit', 'successor', 'handed'), name='unit_succession_once'),
        ),
        migrations.AddConstraint(
            model_name='unitsuccession',
            constraint=models.CheckConstraint(condition=models.Q(('unit', models.F('successor')), _negated=True), name='unit_not_its_own_successor', violation_error_message="A unit can't succeed itself."),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitsuccession',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_unitsuccessionevent" ("handed", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "successor_id", "unit_id") VALUES (NEW."handed", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."successor_id", NEW."unit_id"); RETURN NULL;', hash='a6ac5fd06be2132ebb345fccaf836be617027de8', operation='INSERT', pgid='pgtrigger_insert_insert_b3538', table='organizations_unitsuccession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitsuccession',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "organizations_unitsuccessionevent" ("handed", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "successor_id", "unit_id") VALUES (NEW."handed", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_on", NEW."successor_id", NEW."unit_id"); RETURN NULL;', hash='3035d4fa7bb52ea98c34cd8f7958d6dca42fa5b8', operation='UPDATE', pgid='pgtrigger_update_update_9f569', table='organizations_unitsuccession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitsuccession',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organizations_unitsuccessionevent" ("handed", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "successor_id", "unit_id") VALUES (OLD."handed", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."successor_id", OLD."unit_id"); RETURN NULL;', hash='dc95a0d6a45ca3772a7fc4f44cceb02721150e91', operation='DELETE', pgid='pgtrigger_delete_delete_12c1e', table='organizations_unitsuccession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitsuccessionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa902125ab848bd6473af3cf2f758796edb76e86', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_96c2b', table='organizations_unitsuccessionevent', when='BEFORE')),
        ),
    ]
