"""Words of the hats, which stand in the choices of the column."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_devices'),
    ]

    operations = [
        migrations.AlterField(
            model_name='role',
            name='hat',
            field=models.CharField(choices=[('officer', 'Department or commune officer'), ('admin', 'System administrator'), ('protection', 'Data protection officer'), ('principal', 'School leadership'), ('clerk', 'School office'), ('teacher', 'Teacher'), ('student', 'Pupil'), ('guardian', 'Family'), ('support', 'Support')], max_length=20),
        ),
        migrations.AlterField(
            model_name='roleevent',
            name='hat',
            field=models.CharField(choices=[('officer', 'Department or commune officer'), ('admin', 'System administrator'), ('protection', 'Data protection officer'), ('principal', 'School leadership'), ('clerk', 'School office'), ('teacher', 'Teacher'), ('student', 'Pupil'), ('guardian', 'Family'), ('support', 'Support')], max_length=20),
        ),
    ]
