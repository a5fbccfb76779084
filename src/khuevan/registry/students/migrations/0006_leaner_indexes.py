"""Two indexes that answer nothing: of codes by pattern a second time, and of own grades."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_structure"), ("students", "0005_count_by_school")]

    operations = [
        migrations.RunSQL(  # codes are sorted by bytes: the unique index answers patterns too
            "DROP INDEX IF EXISTS students_student_moet_code_28dd01d6_like",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="classplacement",
            name="grade_level",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.gradelevel",
            ),
        ),
    ]
