"""A pupil who returns keeps the number of the registry book; nobody else ever gets it."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("students", "0002_families_known_to_their_school")]

    operations = [
        migrations.RemoveConstraint("enrollment", "enrollment_registry_number_once"),
        migrations.AddConstraint(
            "enrollment",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="enrollment_registry_number_of_one_pupil",
                expressions=(("school", "="), ("registry_number", "="), ("student", "<>")),
                condition=models.Q(("registry_number", ""), _negated=True),
                violation_error_message="This number of the registry book is taken.",
            ),
        ),
    ]
