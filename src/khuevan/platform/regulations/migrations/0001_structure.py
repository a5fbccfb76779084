import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_functions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True, verbose_name='code')),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('kind', models.CharField(choices=[('LAW', 'Law'), ('RESOLUTION', 'Resolution'), ('DECREE', 'Decree'), ('DECISION', 'Decision'), ('CIRCULAR', 'Circular')], max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('issuer', models.CharField(max_length=80, verbose_name='issuer')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('confidence', models.CharField(choices=[('TEXT_SEEN', 'Text read'), ('SECOND_HAND', "Read in another's account"), ('FROM_MEMORY', 'To be checked')], max_length=12, verbose_name='confidence')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('supersedes', models.ManyToManyField(related_name='superseded_by', to='regulations.regulation')),
                ('amends', models.ManyToManyField(related_name='amended_by', to='regulations.regulation')),
            ],
            options={
                'verbose_name': 'regulation',
                'verbose_name_plural': 'regulations',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='regulation_period_forward', violation_error_message='A period ends after it starts.')],
            },
        ),
        migrations.CreateModel(
            name='RuleSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=40, verbose_name='topic')),
                ('level', models.CharField(choices=[('MN', 'Preschool'), ('TH', 'Primary'), ('THCS', 'Lower secondary'), ('THPT', 'Upper secondary'), ('GDTX', 'Continuing education')], max_length=4, verbose_name='level')),
                ('grade_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='first grade')),
                ('grade_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='last grade')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settings', to='regulations.regulation')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('value', models.JSONField(blank=True, default=dict, verbose_name='value')),
                ('confidence', models.CharField(choices=[('TEXT_SEEN', 'Text read'), ('SECOND_HAND', "Read in another's account"), ('FROM_MEMORY', 'To be checked')], max_length=12, verbose_name='confidence')),
            ],
            options={
                'verbose_name': 'rule setting',
                'verbose_name_plural': 'rule settings',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='rule_setting_period_forward', violation_error_message='A period ends after it starts.'), models.CheckConstraint(condition=models.Q(models.Q(('grade_from__isnull', True), ('grade_to__isnull', True)), ('grade_from__lte', models.F('grade_to')), _connector='OR'), name='rule_setting_grades_forward', violation_error_message='The last grade does not come before the first.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=((models.F('topic'), '='), (models.F('level'), '='), (models.Func('grade_from', 'grade_to', models.Value('[]'), function='int4range', output_field=django.contrib.postgres.fields.ranges.IntegerRangeField()), '&&'), (models.Func('starts_on', 'ends_on', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')), name='rule_setting_one_in_force', violation_error_message='Another text already governs this topic at that time.')],
            },
        ),
        migrations.CreateModel(
            name='AuthorityRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('power', models.CharField(max_length=40, verbose_name='power')),
                ('level', models.CharField(blank=True, choices=[('MN', 'Preschool'), ('TH', 'Primary'), ('THCS', 'Lower secondary'), ('THPT', 'Upper secondary'), ('GDTX', 'Continuing education')], default='', max_length=4, verbose_name='level')),
                ('highest_level', models.CharField(blank=True, choices=[('MN', 'Preschool'), ('TH', 'Primary'), ('THCS', 'Lower secondary'), ('THPT', 'Upper secondary'), ('GDTX', 'Continuing education')], default='', max_length=4, verbose_name='highest level of the school')),
                ('school_type', models.CharField(blank=True, default='', max_length=24, verbose_name='type of school')),
                ('ownership', models.CharField(blank=True, default='', max_length=12, verbose_name='owner')),
                ('circumstance', models.CharField(blank=True, choices=[('INSIDE_COMMUNE', 'Inside one commune'), ('ACROSS_COMMUNES', 'From one commune to another')], default='', max_length=20, verbose_name='circumstance')),
                ('decider', models.CharField(choices=[('PROVINCIAL_COUNCIL', "Provincial people's council"), ('PROVINCE_CHAIR', "Chair of the provincial people's committee"), ('DEPARTMENT', 'Department of education and training'), ('DEPARTMENT_DIRECTOR', 'Director of the department'), ('DISTRICT_COMMITTEE', "District people's committee"), ('DISTRICT_CHAIR', "Chair of the district people's committee"), ('DISTRICT_OFFICE', 'District education office'), ('DISTRICT_OFFICE_HEAD', 'Head of the district education office'), ('COMMUNE_COMMITTEE', "Commune people's committee"), ('COMMUNE_CHAIR', "Chair of the commune people's committee"), ('PRINCIPAL', 'Principal'), ('NOT_RECORDED', 'Not recorded'), ('NOBODY', 'Nobody')], max_length=24, verbose_name='decider')),
                ('regulation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='regulations.regulation')),
                ('article', models.CharField(blank=True, max_length=40, verbose_name='article')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('confidence', models.CharField(choices=[('TEXT_SEEN', 'Text read'), ('SECOND_HAND', "Read in another's account"), ('FROM_MEMORY', 'To be checked')], max_length=12, verbose_name='confidence')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
            ],
            options={
                'verbose_name': 'authority rule',
                'verbose_name_plural': 'authority rules',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='authority_rule_period_forward', violation_error_message='A period ends after it starts.'), models.CheckConstraint(condition=models.Q(('regulation__isnull', False), models.Q(('decider__in', ('NOT_RECORDED', 'NOBODY')), models.Q(('note', ''), _negated=True)), _connector='OR'), name='authority_rule_source_or_reason', violation_error_message='Name the text, or say why nobody is recorded.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=((models.F('power'), '='), (models.F('level'), '='), (models.F('highest_level'), '='), (models.F('school_type'), '='), (models.F('ownership'), '='), (models.F('circumstance'), '='), (models.Func('starts_on', 'ends_on', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')), name='authority_rule_one_answer', violation_error_message='Somebody else already decides this at that time.')],
            },
        ),
    ]
