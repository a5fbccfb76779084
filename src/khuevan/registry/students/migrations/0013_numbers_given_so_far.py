"""The numbers that registry books hold already are kept for ever, too."""

from django.db import migrations

_NUMBERS = """
INSERT INTO students_registrynumber (school_id, number, position, student_id, given_on)
SELECT DISTINCT ON (school_id, registry_number) school_id, registry_number,
    CASE WHEN registry_number ~ '^[0-9]{4}-[0-9]{1,9}$'
         THEN split_part(registry_number, '-', 2)::bigint
         WHEN registry_number ~ '^[0-9]{1,9}(/[0-9]{4})?$'
         THEN split_part(registry_number, '/', 1)::bigint END,
    student_id, starts_on
FROM students_enrollment WHERE registry_number <> ''
ORDER BY school_id, registry_number, starts_on, id
ON CONFLICT (school_id, number) DO NOTHING;
"""


class Migration(migrations.Migration):
    """Fill the table from the times in schools."""

    dependencies = [("students", "0012_states_numbers_last_views")]

    operations = [migrations.RunSQL(_NUMBERS, migrations.RunSQL.noop)]
