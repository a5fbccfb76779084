"""The people of the offices that appoint leaders reach the page on which they are recorded."""

from django.db import migrations

DOOR = "staff.position:record"
OFFICES = (
    "department_specialist",
    "division_head",
    "commune_officer",
    "commune_division_head",
)


def open_door(apps, schema_editor):
    """Give the roles of offices the door; roles not written yet get it when they are."""
    for role in apps.get_model("access", "Role").objects.filter(code__in=OFFICES):
        if role.permissions and DOOR not in role.permissions:
            role.permissions = sorted({*role.permissions, DOOR})
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_structure"),
        ("access", "0002_leaner_indexes"),
    ]

    operations = [migrations.RunPython(open_door, migrations.RunPython.noop, elidable=True)]
