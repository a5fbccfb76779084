"""Former names are found by an index of their words, as today's are."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from khuevan.kernel.words import Words


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_person_words"), ("people", "0001_structure")]

    operations = [
        migrations.RemoveIndex(model_name="personname", name="former_name_find"),
        migrations.AddIndex(
            model_name="personname",
            index=GinIndex(Words("search_name"), name="former_name_words"),
        ),
    ]
