import pgtrigger.compiler
from django.db import migrations

from khuevan.kernel.migrations import ReplaceTriggers


class Migration(migrations.Migration):
    """A version of each new row is written once for a statement, not once for a row."""

    dependencies = [
        ('rollup', '0003_homes'),
    ]

    operations = [
        ReplaceTriggers(
            {
                'census': pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollup_censusevent" ("decision", "level", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "uuid") SELECT new_values."decision", new_values."level", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."state", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f069b7a7fe37a739e486fa537e1b8227123a8fe7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_73606', referencing='REFERENCING NEW TABLE AS new_values ', table='rollup_census', when='AFTER')),
                'censusversion': pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rollup_censusversionevent" ("by", "census_id", "frozen_at", "history_until", "keeps_things", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placements_until", "reason") SELECT new_values."by", new_values."census_id", new_values."frozen_at", new_values."history_until", new_values."keeps_things", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."placements_until", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d302bc10a878bea718c93d8d697ed5e3e665490a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0daba', referencing='REFERENCING NEW TABLE AS new_values ', table='rollup_censusversion', when='AFTER')),
            }
        )
    ]
