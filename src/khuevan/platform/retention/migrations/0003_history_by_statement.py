import pgtrigger.compiler
from django.db import migrations

from khuevan.kernel.migrations import ReplaceTriggers


class Migration(migrations.Migration):
    """A version of each new row is written once for a statement, not once for a row."""

    dependencies = [
        ('retention', '0002_destruction_history'),
    ]

    operations = [
        ReplaceTriggers(
            {
                'destruction': pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "retention_destructionevent" ("at", "by_id", "by_label", "count", "decided_on", "decision_number", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signer", "unit_id", "uuid") SELECT new_values."at", new_values."by_id", new_values."by_label", new_values."count", new_values."decided_on", new_values."decision_number", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."signer", new_values."unit_id", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3f8a257eeaed7583972521bcca784b0d916411ca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_53115', referencing='REFERENCING NEW TABLE AS new_values ', table='retention_destruction', when='AFTER')),
            }
        )
    ]
