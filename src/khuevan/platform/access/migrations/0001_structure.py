import django.contrib.postgres.fields
import django.db.models.deletion
import khuevan.kernel.migrations
import pghistory.utils
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_structure'),
        ('organizations', '0001_structure'),
    ]

    operations = [
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('hat', models.CharField(choices=[('officer', 'Department or commune officer'), ('admin', 'System administrator'), ('protection', 'Data protection officer'), ('principal', 'School leadership'), ('clerk', 'School office'), ('teacher', 'Teacher'), ('student', 'Pupil'), ('guardian', 'Family'), ('support', 'Support')], max_length=20)),
                ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                ('needs_second_factor', models.BooleanField(default=False)),
                ('gives', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_roleevent" ("code", "gives", "hat", "name", "needs_second_factor", "permissions", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."gives", NEW."hat", NEW."name", NEW."needs_second_factor", NEW."permissions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='ff1909283e7cde40cf2d7fe4c3a48dc7f848529c', operation='INSERT', pgid='pgtrigger_insert_insert_075b7', table='access_role', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."gives" IS DISTINCT FROM (NEW."gives") OR OLD."hat" IS DISTINCT FROM (NEW."hat") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."needs_second_factor" IS DISTINCT FROM (NEW."needs_second_factor") OR OLD."permissions" IS DISTINCT FROM (NEW."permissions"))', func='INSERT INTO "access_roleevent" ("code", "gives", "hat", "name", "needs_second_factor", "permissions", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."gives", NEW."hat", NEW."name", NEW."needs_second_factor", NEW."permissions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='50a792fc012f964abc71bae529202c6128352475', operation='UPDATE', pgid='pgtrigger_update_update_94533', table='access_role', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_roleevent" ("code", "gives", "hat", "name", "needs_second_factor", "permissions", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."gives", OLD."hat", OLD."name", OLD."needs_second_factor", OLD."permissions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='df10776393a64a84706ac544943b9e14349ed6ba', operation='DELETE', pgid='pgtrigger_delete_delete_29682', table='access_role', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RoleEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='access.role')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=40)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('hat', models.CharField(choices=[('officer', 'Department or commune officer'), ('admin', 'System administrator'), ('protection', 'Data protection officer'), ('principal', 'School leadership'), ('clerk', 'School office'), ('teacher', 'Teacher'), ('student', 'Pupil'), ('guardian', 'Family'), ('support', 'Support')], max_length=20)),
                ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                ('needs_second_factor', models.BooleanField(default=False)),
                ('gives', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1e8dac95be80fd3351ffb7d7ef31b438eaaaecbc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_906be', table='access_roleevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='KnownPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('KT', 'Deputy acts for the head (KT.)'), ('TL', 'By order of the head (TL.)'), ('TUQ', 'Specially authorized (TUQ.)'), ('ABSENCE', 'During an absence')], max_length=8)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.orgunit')),
                ('from_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to='accounts.person')),
                ('to_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to='accounts.person')),
                ('instrument', models.CharField(blank=True, max_length=120)),
                ('reason', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='delegation_period_forward'), models.CheckConstraint(condition=models.Q(('from_person', models.F('to_person')), _negated=True), name='delegation_to_another'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'TUQ'), _negated=True), models.Q(('instrument', ''), _negated=True), _connector='OR'), name='delegation_authorised_has_paper', violation_error_message='A special authorization needs its written decision.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_delegationevent" ("ended_at", "ends_on", "from_person_id", "instrument", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "to_person_id", "unit_id", "uuid") VALUES (NEW."ended_at", NEW."ends_on", NEW."from_person_id", NEW."instrument", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_on", NEW."to_person_id", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='194c5c3591427feb0533956bb5c0b7b6d9e5a033', operation='INSERT', pgid='pgtrigger_insert_insert_2a7ee', table='access_delegation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."from_person_id" IS DISTINCT FROM (NEW."from_person_id") OR OLD."instrument" IS DISTINCT FROM (NEW."instrument") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."to_person_id" IS DISTINCT FROM (NEW."to_person_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "access_delegationevent" ("ended_at", "ends_on", "from_person_id", "instrument", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "to_person_id", "unit_id", "uuid") VALUES (NEW."ended_at", NEW."ends_on", NEW."from_person_id", NEW."instrument", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_on", NEW."to_person_id", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='7983c630b2c0b4a49661bd25879d7f04dfa40883', operation='UPDATE', pgid='pgtrigger_update_update_5158b', table='access_delegation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_delegationevent" ("ended_at", "ends_on", "from_person_id", "instrument", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "to_person_id", "unit_id", "uuid") VALUES (OLD."ended_at", OLD."ends_on", OLD."from_person_id", OLD."instrument", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."starts_on", OLD."to_person_id", OLD."unit_id", OLD."uuid"); RETURN NULL;', hash='28f6ecdd8c5eb03f1fa819012ccdf4403fc277ef', operation='DELETE', pgid='pgtrigger_delete_delete_af94b', table='access_delegation', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='DelegationEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='access.delegation')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('KT', 'Deputy acts for the head (KT.)'), ('TL', 'By order of the head (TL.)'), ('TUQ', 'Specially authorized (TUQ.)'), ('ABSENCE', 'During an absence')], max_length=8)),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('from_person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('to_person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('instrument', models.CharField(blank=True, max_length=120)),
                ('reason', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='92a4c18d745b912594f82ac4645bded31d6c5d58', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bcc82', table='access_delegationevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='accounts.person')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.role')),
                ('anchor_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='organizations.orgunit')),
                ('anchor_class_id', models.BigIntegerField(null=True)),
                ('anchor_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants_on', to='accounts.person')),
                ('home_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.orgunit')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('source', models.CharField(choices=[('MANUAL', 'Given by hand'), ('DERIVED', 'Follows from a fact'), ('DELEGATED', 'Delegated')], max_length=10)),
                ('source_key', models.CharField(blank=True, max_length=80)),
                ('delegation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='access.delegation')),
                ('delegated_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegated', to='access.grant')),
                ('reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('source_key', ''), _negated=True), fields=['source_key'], name='grant_source_key'), models.Index(fields=['home_unit'], name='grant_home_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('anchor_class_id__isnull', True), ('anchor_person__isnull', True), ('anchor_unit__isnull', False)), models.Q(('anchor_class_id__isnull', False), ('anchor_person__isnull', True), ('anchor_unit__isnull', True)), models.Q(('anchor_class_id__isnull', True), ('anchor_person__isnull', False), ('anchor_unit__isnull', True)), _connector='OR'), name='grant_has_one_anchor'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='grant_period_forward')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_grantevent" ("anchor_class_id", "anchor_person_id", "anchor_unit_id", "delegated_from_id", "delegation_id", "ends_on", "home_unit_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "source", "source_key", "starts_on", "uuid") VALUES (NEW."anchor_class_id", NEW."anchor_person_id", NEW."anchor_unit_id", NEW."delegated_from_id", NEW."delegation_id", NEW."ends_on", NEW."home_unit_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."role_id", NEW."source", NEW."source_key", NEW."starts_on", NEW."uuid"); RETURN NULL;', hash='0cf5611aa26fa0d4335e7237235fadb0804064ff', operation='INSERT', pgid='pgtrigger_insert_insert_1423b', table='access_grant', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."anchor_class_id" IS DISTINCT FROM (NEW."anchor_class_id") OR OLD."anchor_person_id" IS DISTINCT FROM (NEW."anchor_person_id") OR OLD."anchor_unit_id" IS DISTINCT FROM (NEW."anchor_unit_id") OR OLD."delegated_from_id" IS DISTINCT FROM (NEW."delegated_from_id") OR OLD."delegation_id" IS DISTINCT FROM (NEW."delegation_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."home_unit_id" IS DISTINCT FROM (NEW."home_unit_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."role_id" IS DISTINCT FROM (NEW."role_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."source_key" IS DISTINCT FROM (NEW."source_key") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "access_grantevent" ("anchor_class_id", "anchor_person_id", "anchor_unit_id", "delegated_from_id", "delegation_id", "ends_on", "home_unit_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "source", "source_key", "starts_on", "uuid") VALUES (NEW."anchor_class_id", NEW."anchor_person_id", NEW."anchor_unit_id", NEW."delegated_from_id", NEW."delegation_id", NEW."ends_on", NEW."home_unit_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."role_id", NEW."source", NEW."source_key", NEW."starts_on", NEW."uuid"); RETURN NULL;', hash='361640138b5c6f467f3fefd7c78fde7fef499aa0', operation='UPDATE', pgid='pgtrigger_update_update_c99f4', table='access_grant', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_grantevent" ("anchor_class_id", "anchor_person_id", "anchor_unit_id", "delegated_from_id", "delegation_id", "ends_on", "home_unit_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "source", "source_key", "starts_on", "uuid") VALUES (OLD."anchor_class_id", OLD."anchor_person_id", OLD."anchor_unit_id", OLD."delegated_from_id", OLD."delegation_id", OLD."ends_on", OLD."home_unit_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."role_id", OLD."source", OLD."source_key", OLD."starts_on", OLD."uuid"); RETURN NULL;', hash='9290265111f05b483f23d8e896160d0b5286e84b', operation='DELETE', pgid='pgtrigger_delete_delete_b6eaf', table='access_grant', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='GrantEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='access.grant')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('role', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.role')),
                ('anchor_unit', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('anchor_class_id', models.BigIntegerField(null=True)),
                ('anchor_person', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('home_unit', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('source', models.CharField(choices=[('MANUAL', 'Given by hand'), ('DERIVED', 'Follows from a fact'), ('DELEGATED', 'Delegated')], max_length=10)),
                ('source_key', models.CharField(blank=True, max_length=80)),
                ('delegation', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.delegation')),
                ('delegated_from', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.grant')),
                ('reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ed41e39297df0838620c33cf57d4abea0ea79e15', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ad573', table='access_grantevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='SupportSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.orgunit')),
                ('reason', models.CharField(max_length=300)),
                ('opened_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('opened_at'))), name='support_session_forward')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_supportsessionevent" ("closed_at", "expires_at", "opened_at", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "uuid") VALUES (NEW."closed_at", NEW."expires_at", NEW."opened_at", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='d624f3d56cfc7ae622fba8102a75d27297cac1b9', operation='INSERT', pgid='pgtrigger_insert_insert_80bec', table='access_supportsession', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "access_supportsessionevent" ("closed_at", "expires_at", "opened_at", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "uuid") VALUES (NEW."closed_at", NEW."expires_at", NEW."opened_at", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."unit_id", NEW."uuid"); RETURN NULL;', hash='450495e02d565a61be3a0833f4c90630d987f677', operation='UPDATE', pgid='pgtrigger_update_update_ef8d5', table='access_supportsession', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_supportsessionevent" ("closed_at", "expires_at", "opened_at", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "uuid") VALUES (OLD."closed_at", OLD."expires_at", OLD."opened_at", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."unit_id", OLD."uuid"); RETURN NULL;', hash='52a5b63b920ce9d9e945ff3954e4e32b617c2b6b', operation='DELETE', pgid='pgtrigger_delete_delete_e507f', table='access_supportsession', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='SupportSessionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='access.supportsession')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('reason', models.CharField(max_length=300)),
                ('opened_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='240880b72381879ee996d3d118b25f88da708d2d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ba8c5', table='access_supportsessionevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ResetRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('requester_hat', models.CharField(max_length=80)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.orgunit')),
                ('unit_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('asked_of', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('reason', models.CharField(max_length=200)),
                ('receiver', models.CharField(choices=[('REQUESTER', 'Who asked'), ('CONFIRMER', 'Who confirmed')], max_length=9)),
                ('state', models.CharField(choices=[('WAITING', 'Waits for a second person'), ('CONFIRMED', 'Confirmed'), ('DECLINED', 'Declined'), ('WITHDRAWN', 'Withdrawn'), ('ISSUED', 'Password issued'), ('EXPIRED', 'Expired')], default='WAITING', max_length=9)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('confirmer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('confirmer_hat', models.CharField(blank=True, max_length=80)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'expires_at'], name='reset_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('WAITING', 'CONFIRMED'))), fields=('user',), name='reset_one_open'), models.CheckConstraint(condition=models.Q(('confirmer__isnull', True), models.Q(('confirmer', models.F('requester')), _negated=True), _connector='OR'), name='reset_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('owner', models.F('requester')), _negated=True), models.Q(('confirmer__isnull', True), models.Q(('confirmer', models.F('owner')), _negated=True), _connector='OR')), name='reset_not_for_oneself')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_resetrequestevent" ("answer", "answered_at", "asked_at", "asked_of", "confirmer_hat", "confirmer_id", "expires_at", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "receiver", "requester_hat", "requester_id", "state", "unit_id", "unit_ids", "user_id", "uuid") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."asked_of", NEW."confirmer_hat", NEW."confirmer_id", NEW."expires_at", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."receiver", NEW."requester_hat", NEW."requester_id", NEW."state", NEW."unit_id", NEW."unit_ids", NEW."user_id", NEW."uuid"); RETURN NULL;', hash='ede2eb7a07f051112a862c73f14f08a315871a95', operation='INSERT', pgid='pgtrigger_insert_insert_d4a6d', table='access_resetrequest', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_of" IS DISTINCT FROM (NEW."asked_of") OR OLD."confirmer_id" IS DISTINCT FROM (NEW."confirmer_id") OR OLD."confirmer_hat" IS DISTINCT FROM (NEW."confirmer_hat") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."receiver" IS DISTINCT FROM (NEW."receiver") OR OLD."requester_id" IS DISTINCT FROM (NEW."requester_id") OR OLD."requester_hat" IS DISTINCT FROM (NEW."requester_hat") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."unit_ids" IS DISTINCT FROM (NEW."unit_ids") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "access_resetrequestevent" ("answer", "answered_at", "asked_at", "asked_of", "confirmer_hat", "confirmer_id", "expires_at", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "receiver", "requester_hat", "requester_id", "state", "unit_id", "unit_ids", "user_id", "uuid") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."asked_of", NEW."confirmer_hat", NEW."confirmer_id", NEW."expires_at", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."receiver", NEW."requester_hat", NEW."requester_id", NEW."state", NEW."unit_id", NEW."unit_ids", NEW."user_id", NEW."uuid"); RETURN NULL;', hash='ac14836df98a9af948d6d0f19ab9a549de65326a', operation='UPDATE', pgid='pgtrigger_update_update_8c7e0', table='access_resetrequest', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "access_resetrequestevent" ("answer", "answered_at", "asked_at", "asked_of", "confirmer_hat", "confirmer_id", "expires_at", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "receiver", "requester_hat", "requester_id", "state", "unit_id", "unit_ids", "user_id", "uuid") VALUES (OLD."answer", OLD."answered_at", OLD."asked_at", OLD."asked_of", OLD."confirmer_hat", OLD."confirmer_id", OLD."expires_at", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."receiver", OLD."requester_hat", OLD."requester_id", OLD."state", OLD."unit_id", OLD."unit_ids", OLD."user_id", OLD."uuid"); RETURN NULL;', hash='bfd2441c38ca5e3930ff79a4311c53797e53c6c9', operation='DELETE', pgid='pgtrigger_delete_delete_54e98', table='access_resetrequest', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ResetRequestEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='access.resetrequest')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('requester', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('requester_hat', models.CharField(max_length=80)),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.orgunit')),
                ('unit_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('asked_of', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('reason', models.CharField(max_length=200)),
                ('receiver', models.CharField(choices=[('REQUESTER', 'Who asked'), ('CONFIRMER', 'Who confirmed')], max_length=9)),
                ('state', models.CharField(choices=[('WAITING', 'Waits for a second person'), ('CONFIRMED', 'Confirmed'), ('DECLINED', 'Declined'), ('WITHDRAWN', 'Withdrawn'), ('ISSUED', 'Password issued'), ('EXPIRED', 'Expired')], default='WAITING', max_length=9)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('confirmer', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('confirmer_hat', models.CharField(blank=True, max_length=80)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7ef8c14a5bc381a406af370276547c0614cc0a7a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bd1e4', table='access_resetrequestevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('user_agent', models.CharField(blank=True, max_length=300)),
                ('signed_in_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='device_person')],
            },
        ),
        khuevan.kernel.migrations.InstallTriggers(
        ),
    ]
