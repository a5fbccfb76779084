"""An entry of the log is named by a uuid in addresses: the column is filled as it is added."""

import uuid

import django.contrib.postgres.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_find_by_request_and_time")]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="uuid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                unique=True,
            ),
        ),
    ]
