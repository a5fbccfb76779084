import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import khuevan.kernel.migrations
import khuevan.platform.accounts.models
import pghistory.utils
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('family_name', models.CharField(blank=True, max_length=60)),
                ('middle_name', models.CharField(blank=True, max_length=80)),
                ('given_name', models.CharField(max_length=60)),
                ('sort_key', models.CharField(db_collation='C', max_length=400)),
                ('search_name', models.CharField(max_length=200)),
                ('sex', models.CharField(blank=True, choices=[('MALE', 'Male'), ('FEMALE', 'Female')], max_length=6)),
                ('birth_date', models.DateField(null=True)),
                ('birth_year', models.PositiveSmallIntegerField(null=True)),
                ('personal_number', models.CharField(db_collation='C', max_length=12, null=True, unique=True)),
                ('number_doubts', models.GeneratedField(db_persist=True, expression=khuevan.platform.accounts.models.NumberDoubts('personal_number', 'sex', 'birth_date'), output_field=models.SmallIntegerField())),
                ('ethnicity_code', models.CharField(blank=True, max_length=2)),
                ('religion_code', models.CharField(blank=True, db_default='', default='', max_length=2)),
                ('nationality_code', models.CharField(blank=True, db_default='', default='', max_length=2)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['sort_key', 'id'], name='person_sort'), models.Index(condition=models.Q(('number_doubts__gt', 0)), fields=['sort_key', 'id'], name='person_doubted'), django.contrib.postgres.indexes.GinIndex(fields=['search_name'], name='person_search', opclasses=('gin_trgm_ops',))],
                'constraints': [models.CheckConstraint(condition=models.Q(('personal_number__isnull', True), ('personal_number__regex', '^[0-9]{12}$'), _connector='OR'), name='person_number_is_12_digits', violation_error_message='A personal number has 12 digits.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_personevent" ("birth_date", "birth_year", "ethnicity_code", "family_name", "given_name", "middle_name", "nationality_code", "personal_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "religion_code", "sex", "uuid", "version") VALUES (NEW."birth_date", NEW."birth_year", NEW."ethnicity_code", NEW."family_name", NEW."given_name", NEW."middle_name", NEW."nationality_code", NEW."personal_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."religion_code", NEW."sex", NEW."uuid", NEW."version"); RETURN NULL;', hash='02aa141e90dac7360fa6d7df4897a3959ab7b326', operation='INSERT', pgid='pgtrigger_insert_insert_6b541', table='accounts_person', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."birth_year" IS DISTINCT FROM (NEW."birth_year") OR OLD."ethnicity_code" IS DISTINCT FROM (NEW."ethnicity_code") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."middle_name" IS DISTINCT FROM (NEW."middle_name") OR OLD."nationality_code" IS DISTINCT FROM (NEW."nationality_code") OR OLD."personal_number" IS DISTINCT FROM (NEW."personal_number") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."religion_code" IS DISTINCT FROM (NEW."religion_code") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "accounts_personevent" ("birth_date", "birth_year", "ethnicity_code", "family_name", "given_name", "middle_name", "nationality_code", "personal_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "religion_code", "sex", "uuid", "version") VALUES (NEW."birth_date", NEW."birth_year", NEW."ethnicity_code", NEW."family_name", NEW."given_name", NEW."middle_name", NEW."nationality_code", NEW."personal_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."religion_code", NEW."sex", NEW."uuid", NEW."version"); RETURN NULL;', hash='c935fc5cd243f9bd064e65372364fee94c6a108b', operation='UPDATE', pgid='pgtrigger_update_update_70819', table='accounts_person', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_personevent" ("birth_date", "birth_year", "ethnicity_code", "family_name", "given_name", "middle_name", "nationality_code", "personal_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "religion_code", "sex", "uuid", "version") VALUES (OLD."birth_date", OLD."birth_year", OLD."ethnicity_code", OLD."family_name", OLD."given_name", OLD."middle_name", OLD."nationality_code", OLD."personal_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."religion_code", OLD."sex", OLD."uuid", OLD."version"); RETURN NULL;', hash='5a6d742ea1ce199d2f3049d00c63cbfa9e630bb3', operation='DELETE', pgid='pgtrigger_delete_delete_18acd', table='accounts_person', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PersonEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='accounts.person')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('family_name', models.CharField(blank=True, max_length=60)),
                ('middle_name', models.CharField(blank=True, max_length=80)),
                ('given_name', models.CharField(max_length=60)),
                ('sex', models.CharField(blank=True, choices=[('MALE', 'Male'), ('FEMALE', 'Female')], max_length=6)),
                ('birth_date', models.DateField(null=True)),
                ('birth_year', models.PositiveSmallIntegerField(null=True)),
                ('personal_number', models.CharField(db_collation='C', max_length=12, null=True)),
                ('ethnicity_code', models.CharField(blank=True, max_length=2)),
                ('religion_code', models.CharField(blank=True, db_default='', default='', max_length=2)),
                ('nationality_code', models.CharField(blank=True, db_default='', default='', max_length=2)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj'], name='person_past_pgh_obj')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab12179ca78ae034abb9ebf88853b5337e7aa9ef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ba890', table='accounts_personevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('username', models.CharField(max_length=150, unique=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='user', to='accounts.person')),
                ('is_active', models.BooleanField(default=True)),
                ('must_change_password', models.BooleanField(default=False)),
                ('issued_for', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None)),
                ('language', models.CharField(default='vi', max_length=5)),
                ('theme', models.CharField(blank=True, max_length=5)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Upper('username'), name='user_username_in_any_case', violation_error_message='This username is taken.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("created_at", "is_active", "language", "must_change_password", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "username", "uuid") VALUES (NEW."created_at", NEW."is_active", NEW."language", NEW."must_change_password", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."theme", NEW."username", NEW."uuid"); RETURN NULL;', hash='6bfe57f28f0085a22cdc7a0367b0e6f36a640877', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."must_change_password" IS DISTINCT FROM (NEW."must_change_password") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."theme" IS DISTINCT FROM (NEW."theme") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))', func='INSERT INTO "accounts_userevent" ("created_at", "is_active", "language", "must_change_password", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "username", "uuid") VALUES (NEW."created_at", NEW."is_active", NEW."language", NEW."must_change_password", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."theme", NEW."username", NEW."uuid"); RETURN NULL;', hash='0e8b257fb1e767527577e13cb61c0f349b706390', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("created_at", "is_active", "language", "must_change_password", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "username", "uuid") VALUES (OLD."created_at", OLD."is_active", OLD."language", OLD."must_change_password", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."theme", OLD."username", OLD."uuid"); RETURN NULL;', hash='2a991885ff318e7bcc4d1a2fe89198d6f5fbf162', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', table='accounts_user', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('username', models.CharField(max_length=150)),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.person')),
                ('is_active', models.BooleanField(default=True)),
                ('must_change_password', models.BooleanField(default=False)),
                ('language', models.CharField(default='vi', max_length=5)),
                ('theme', models.CharField(blank=True, max_length=5)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE'))],
            },
        ),
        khuevan.kernel.migrations.InstallTriggers(
        ),
    ]
