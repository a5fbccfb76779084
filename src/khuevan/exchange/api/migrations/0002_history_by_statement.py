import pgtrigger.compiler
from django.db import migrations

from khuevan.kernel.migrations import ReplaceTriggers


class Migration(migrations.Migration):
    """A version of each new row is written once for a statement, not once for a row."""

    dependencies = [
        ('exchange_api', '0001_structure'),
    ]

    operations = [
        ReplaceTriggers(
            {
                'apitoken': pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_api_apitokenevent" ("beginning", "created_at", "expires_at", "hat_key", "hat_label", "name", "permissions", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "uuid") SELECT new_values."beginning", new_values."created_at", new_values."expires_at", new_values."hat_key", new_values."hat_label", new_values."name", new_values."permissions", new_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ca0f25c45b6a2763a5ab0fc544fd7a30896b7493', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7421d', referencing='REFERENCING NEW TABLE AS new_values ', table='exchange_api_apitoken', when='AFTER')),
            }
        )
    ]
