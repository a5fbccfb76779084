"""Deciders that cannot be named, and notes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('regulations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='authorityrule',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='authorityrule',
            name='decider',
            field=models.CharField(choices=[('PROVINCIAL_COUNCIL', "Provincial people's council"), ('PROVINCE_CHAIR', "Chair of the provincial people's committee"), ('DEPARTMENT', 'Department of education and training'), ('DEPARTMENT_DIRECTOR', 'Director of the department'), ('DISTRICT_CHAIR', "Chair of the district people's committee"), ('DISTRICT_OFFICE_HEAD', 'Head of the district education office'), ('COMMUNE_COMMITTEE', "Commune people's committee"), ('COMMUNE_CHAIR', "Chair of the commune people's committee"), ('PRINCIPAL', 'Principal'), ('NOT_RECORDED', 'Not recorded')], max_length=24, verbose_name='decider'),
        ),
        migrations.AlterField(
            model_name='authorityrule',
            name='regulation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='regulations.regulation'),
        ),
        migrations.AddConstraint(
            model_name='authorityrule',
            constraint=models.CheckConstraint(condition=models.Q(('regulation__isnull', False), models.Q(('decider', 'NOT_RECORDED'), models.Q(('note', ''), _negated=True)), _connector='OR'), name='authority_rule_text_or_reason', violation_error_message='Name the text, or say why nobody is recorded.'),
        ),
    ]
