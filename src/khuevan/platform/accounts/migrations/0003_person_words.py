"""Names are found by an index of their words; namesakes by the day of birth."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from khuevan.kernel.words import Words


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_structure")]

    operations = [
        migrations.RunSQL(  # numbers are sorted by bytes: the unique index answers patterns too
            "DROP INDEX IF EXISTS accounts_person_personal_number_5c1ab098_like",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveIndex(model_name="person", name="person_search"),
        migrations.AddIndex(
            model_name="person", index=GinIndex(Words("search_name"), name="person_words")
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["birth_date"],
                name="person_born",
                condition=models.Q(birth_date__isnull=False),
            ),
        ),
    ]
