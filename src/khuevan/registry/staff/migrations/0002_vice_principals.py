"""Vice principals hold a role of their own, with the rights that principals have there today."""

from django.db import migrations

# On an empty system there is no role yet: those it starts with are made after all migrations.
_ROLE = """
INSERT INTO access_role (code, name, hat, permissions, needs_second_factor, gives)
SELECT 'vice_principal', '', hat, permissions, needs_second_factor, gives
FROM access_role WHERE code = 'principal'
ON CONFLICT (code) DO NOTHING
"""
_GRANTS = """
UPDATE access_grant AS given
SET role_id = (SELECT id FROM access_role WHERE code = 'vice_principal')
FROM staff_appointment AS post
WHERE given.source_key = 'staff.appointment:' || post.id
  AND post.position = 'VICE_PRINCIPAL'
  AND given.role_id = (SELECT id FROM access_role WHERE code = 'principal')
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_devices"), ("staff", "0001_initial")]

    operations = [
        migrations.RunSQL(_ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(_GRANTS, migrations.RunSQL.noop),
    ]
