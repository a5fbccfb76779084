"""Areas of before 1/7/2025 stand since 2004; since which day a list says so is kept beside."""

from datetime import date

from django.db import migrations, models

OLD_SOURCE = "Danh mục ngày 30/6/2025; trước 01/01/2025 chưa đối chiếu, có thể khác"


def stretch(apps, schema_editor):
    """Let the shipped districts and communes of the last list begin where its codes do."""
    rows = apps.get_model("areas", "Area").objects.filter(
        kind__in=("DISTRICT", "COMMUNE"), starts_on=date(2025, 1, 1), ends_on=date(2025, 7, 1)
    )
    rows.filter(source="").update(source=OLD_SOURCE)
    rows.update(starts_on=date(2004, 7, 1), listed_since=date(2025, 1, 1))


class Migration(migrations.Migration):

    dependencies = [("areas", "0001_structure")]

    operations = [
        migrations.AddField(
            model_name="area",
            name="listed_since",
            field=models.DateField(blank=True, null=True, verbose_name="listed since"),
        ),
        migrations.RunPython(stretch, migrations.RunPython.noop, elidable=True),
    ]
