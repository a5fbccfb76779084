"""Circular 27/2020 came in October and held for pupils of grade 1 from that school year's start."""

from datetime import date

from django.db import migrations


def say_so(apps, schema_editor):
    apps.get_model("regulations", "RuleSetting").objects.filter(
        topic="ASSESSMENT",
        level="TH",
        grade_from=1,
        regulation__code="TT27-2020",
        starts_on=date(2020, 10, 20),
        value={},
    ).update(value={"whole_year": True})


class Migration(migrations.Migration):

    dependencies = [
        ("regulations", "0002_inside_district"),
    ]

    operations = [
        migrations.RunPython(say_so, migrations.RunPython.noop),
    ]
