import pgtrigger.compiler
from django.db import migrations

from khuevan.kernel.migrations import ReplaceTriggers


class Migration(migrations.Migration):
    """A version of each new row is written once for a statement, not once for a row."""

    dependencies = [
        ('accounts', '0004_person_born_named'),
    ]

    operations = [
        ReplaceTriggers(
            {
                'person': pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_personevent" ("birth_date", "birth_year", "ethnicity_code", "family_name", "given_name", "middle_name", "nationality_code", "personal_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "religion_code", "sex", "uuid", "version") SELECT new_values."birth_date", new_values."birth_year", new_values."ethnicity_code", new_values."family_name", new_values."given_name", new_values."middle_name", new_values."nationality_code", new_values."personal_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."religion_code", new_values."sex", new_values."uuid", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c844b5ff0b515299431e5f028554dece5b891ab1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6b541', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_person', when='AFTER')),
                'user': pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("created_at", "is_active", "language", "must_change_password", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "username", "uuid") SELECT new_values."created_at", new_values."is_active", new_values."language", new_values."must_change_password", new_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."theme", new_values."username", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='971a1df0773ef7c2277b8e95366fac09c9630b9b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
            }
        )
    ]
