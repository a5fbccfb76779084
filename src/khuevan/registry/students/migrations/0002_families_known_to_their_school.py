"""Guardians' accounts become known to the school of the child; those of pupils who left, to none."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef, Subquery


def tell_the_schools(apps: Any, _editor: Any) -> None:
    """Set the home unit of families' grants from the open enrollments; safe to run again."""
    grants = apps.get_model("access", "Grant")._base_manager
    enrollments = apps.get_model("students", "Enrollment")._base_manager
    open_ones = enrollments.filter(is_primary=True, ends_on__isnull=True)
    of_a_child = grants.filter(source_key__startswith="students.guardianship:")
    of_a_child.filter(home_unit__isnull=True, ends_on__isnull=True).update(
        home_unit_id=Subquery(
            open_ones.filter(person_id=OuterRef("anchor_person_id")).values("school_id")[:1]
        )
    )
    still_there = open_ones.filter(person_id=OuterRef("person_id"))
    grants.filter(
        ~Exists(still_there), source_key__startswith="students.student:", ends_on__isnull=True
    ).update(home_unit_id=None)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_known_permissions_and_delegated_grants"),
        ("students", "0001_initial"),
    ]

    operations = [migrations.RunPython(tell_the_schools, migrations.RunPython.noop)]
