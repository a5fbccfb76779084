import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_structure'),
        ('files', '0001_structure'),
        ('organizations', '0001_structure'),
    ]

    operations = [
        migrations.CreateModel(
            name='SheetImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.orgunit')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='files.storedfile')),
                ('file_name', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('MATCHING', 'Columns to match'), ('CHECKED', 'Checked, waiting for you'), ('APPLYING', 'Being written'), ('DONE', 'Done'), ('FAILED', 'Not written'), ('DROPPED', 'Given up')], max_length=10)),
                ('layout', models.CharField(max_length=60)),
                ('sheet_name', models.CharField(blank=True, max_length=200)),
                ('header_rows', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=2)),
                ('columns', models.JSONField(default=list)),
                ('skipped_rows', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
                ('promised', models.JSONField(default=dict)),
                ('effects', models.JSONField(default=dict)),
                ('takes_good_rows', models.BooleanField(default=False)),
                ('job_uuid', models.UUIDField(null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['unit', '-id'], name='sheet_import_unit')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='sheets.sheetimport')),
                ('unit_id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('cells', models.JSONField()),
                ('outcome', models.CharField(choices=[('NEW', 'Add'), ('CHANGED', 'Update'), ('UNCHANGED', 'No change'), ('REFUSED', 'Fault'), ('SKIPPED', 'Left out')], max_length=9)),
                ('is_warned', models.BooleanField(default=False)),
                ('is_left_out', models.BooleanField(default=False)),
                ('is_moved', models.BooleanField(default=False)),
                ('faults', models.JSONField(default=list)),
                ('changes', models.JSONField(default=dict)),
                ('target_id', models.BigIntegerField(null=True)),
                ('target_version', models.PositiveIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['sheet_import', 'outcome'], name='import_row_outcome')],
                'constraints': [models.UniqueConstraint(fields=('sheet_import', 'number'), name='import_row_once')],
            },
        ),
        migrations.CreateModel(
            name='ColumnMemory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.orgunit')),
                ('kind', models.CharField(max_length=60)),
                ('matches', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'kind'), name='column_memory_once')],
            },
        ),
    ]
