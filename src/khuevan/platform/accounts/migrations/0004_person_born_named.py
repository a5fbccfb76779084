"""Who may be recorded already is found by the day of birth with family and given name."""

from django.db import migrations, models

from khuevan.kernel.words import NameEnds


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_person_words")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="person_born"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                models.F("birth_date"),
                NameEnds("search_name"),
                name="person_born_named",
                condition=models.Q(birth_date__isnull=False),
            ),
        ),
    ]
