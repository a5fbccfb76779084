"""A second school beside the main one: never the same school twice on a day."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_structure'),
        ('schools', '0001_structure'),
        ('students', '0003_own_grade'),
    ]

    operations = [
        migrations.AlterField(
            model_name='enrollment',
            name='entry_kind',
            field=models.CharField(choices=[('ADMITTED', 'Admitted'), ('TRANSFERRED_IN', 'Transferred in'), ('RETURNED', 'Returned'), ('IMPORTED', 'Taken over from a list'), ('SECOND', 'Studies here beside the main school')], max_length=16),
        ),
        migrations.AlterField(
            model_name='enrollmentevent',
            name='entry_kind',
            field=models.CharField(choices=[('ADMITTED', 'Admitted'), ('TRANSFERRED_IN', 'Transferred in'), ('RETURNED', 'Returned'), ('IMPORTED', 'Taken over from a list'), ('SECOND', 'Studies here beside the main school')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=(('student', '='), ('school', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')), name='enrollment_same_school_once'),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.CheckConstraint(condition=models.Q(('is_primary', True), ('entry_kind', 'SECOND'), _connector='XOR'), name='enrollment_second_is_not_main'),
        ),
    ]
