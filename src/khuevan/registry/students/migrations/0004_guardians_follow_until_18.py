"""Guardians' grants end on the child's 18th birthday, also those given before that was written."""

from django.db import migrations

# Whoever is born on 29 February is 18 on 1 March: no leap year comes 18 years after one.
_DATE_THEM = """
UPDATE access_grant AS given
SET ends_on = GREATEST(
    given.starts_on,
    (child.birth_date + interval '18 years')::date
    + CASE WHEN to_char(child.birth_date, 'MMDD') = '0229' THEN 1 ELSE 0 END
)
FROM accounts_person AS child
WHERE child.id = given.anchor_person_id
  AND child.birth_date IS NOT NULL
  AND given.source_key LIKE 'students.guardianship:%'
  AND given.ends_on IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_devices"),
        ("accounts", "0001_initial"),
        ("students", "0003_registry_number_kept_on_return"),
    ]

    operations = [migrations.RunSQL(_DATE_THEM, migrations.RunSQL.noop)]
