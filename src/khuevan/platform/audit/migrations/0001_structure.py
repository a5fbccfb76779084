import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import khuevan.kernel.migrations
import pgtrigger.compiler
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(max_length=80)),
                ('actor_person_id', models.BigIntegerField(null=True)),
                ('actor_label', models.CharField(max_length=200)),
                ('actor_role', models.CharField(blank=True, max_length=80)),
                ('request_id', models.UUIDField(null=True)),
                ('target_kind', models.CharField(blank=True, max_length=80)),
                ('target_id', models.BigIntegerField(null=True)),
                ('target_label', models.CharField(blank=True, max_length=200)),
                ('unit_id', models.BigIntegerField(null=True)),
                ('person_id', models.BigIntegerField(null=True)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('details', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['unit_id', '-id'], name='audit_entry_unit'), models.Index(fields=['person_id', '-id'], name='audit_entry_person'), models.Index(fields=['target_kind', 'target_id'], name='audit_entry_target'), models.Index(fields=['request_id'], name='audit_entry_request'), django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='audit_entry_at')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab24cb77a22d3160dc788fecde00a98236f14d09', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6cfb3', table='audit_auditentry', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='RecordView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('person_id', models.BigIntegerField()),
                ('unit_id', models.BigIntegerField(null=True)),
                ('viewer_person_id', models.BigIntegerField(null=True)),
                ('viewer_label', models.CharField(max_length=200)),
                ('viewer_role', models.CharField(blank=True, max_length=80)),
                ('what', models.CharField(max_length=80)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('request_id', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', '-id'], name='audit_view_person')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9150ed2a3345f0466daed217f59d5ce8b91a66f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cee2c', table='audit_recordview', when='BEFORE'))],
            },
        ),
        khuevan.kernel.migrations.InstallTriggers(
        ),
    ]
