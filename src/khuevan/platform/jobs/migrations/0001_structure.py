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
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('title_params', models.JSONField(default=dict)),
                ('params', models.JSONField(default=dict)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('owner_label', models.CharField(max_length=200)),
                ('hat_key', models.CharField(blank=True, max_length=60)),
                ('language', models.CharField(default='vi', max_length=5)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.orgunit')),
                ('state', models.CharField(choices=[('QUEUED', 'Waiting'), ('RUNNING', 'Running'), ('DONE', 'Done'), ('PARTIAL', 'Done in part'), ('FAILED', 'Failed'), ('CANCELLED', 'Stopped')], default='QUEUED', max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('cancel_requested', models.BooleanField(default=False)),
                ('done', models.BigIntegerField(default=0)),
                ('total', models.BigIntegerField(null=True)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('error', models.CharField(blank=True, max_length=500)),
                ('incident', models.UUIDField(null=True)),
                ('result_file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.storedfile')),
                ('result_url', models.CharField(blank=True, max_length=300)),
                ('queue_id', models.BigIntegerField(null=True)),
                ('created_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('beat_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', '-id'], name='job_owner'), models.Index(fields=['unit', '-id'], name='job_unit'), models.Index(condition=models.Q(('state__in', ('QUEUED', 'RUNNING'))), fields=['state'], name='job_unfinished')],
            },
        ),
    ]
