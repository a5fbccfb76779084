import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=5, verbose_name='code')),
                ('kind', models.CharField(choices=[('PROVINCE', 'Province'), ('DISTRICT', 'District'), ('COMMUNE', 'Commune')], max_length=8, verbose_name='level')),
                ('subtype', models.CharField(max_length=12, verbose_name='type')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('full_name', models.CharField(max_length=100, verbose_name='full name')),
                ('search_name', models.CharField(max_length=100)),
                ('sort_key', models.CharField(db_collation='C', max_length=240)),
                ('parent_code', models.CharField(blank=True, max_length=5, verbose_name='code of the area above')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('source', models.CharField(blank=True, max_length=160, verbose_name='source')),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
                'indexes': [models.Index(fields=['parent_code', 'sort_key'], name='area_parent')],
                'constraints': [models.UniqueConstraint(fields=('code', 'starts_on'), name='area_once'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='area_period_forward', violation_error_message='A period ends after it starts.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=((models.F('code'), '='), (models.Func('starts_on', 'ends_on', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')), name='area_one_at_a_time', violation_error_message='This code already belongs to an area at that time.')],
            },
        ),
        migrations.CreateModel(
            name='AreaSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('former_code', models.CharField(max_length=5, verbose_name='former code')),
                ('code', models.CharField(max_length=5, verbose_name='code')),
                ('on', models.DateField(verbose_name='from')),
            ],
            options={
                'verbose_name': 'succession of areas',
                'verbose_name_plural': 'successions of areas',
                'indexes': [models.Index(fields=['on', 'code'], name='succession_back')],
                'constraints': [models.UniqueConstraint(fields=('on', 'former_code', 'code'), name='succession_once')],
            },
        ),
    ]
