"""Who had no custody is limited by a paper that nobody noted; the yes or no goes."""

from django.db import migrations

_LIMITS = """
INSERT INTO students_guardianshiplimit
    (uuid, guardianship_id, student_id, student_person_id, kind, paper, starts_on, end_paper)
SELECT gen_random_uuid(), id, student_id, student_person_id, 'NO_CUSTODY', '',
       coalesce(starts_on, DATE '1990-01-01'), ''
FROM students_guardianship WHERE NOT has_custody;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """Move the facts, then drop the column."""

    dependencies = [("students", "0010_custody_by_date")]

    operations = [
        migrations.RunSQL(_LIMITS, migrations.RunSQL.noop),
        migrations.RemoveField("guardianship", "has_custody"),
        migrations.RemoveField("guardianshipevent", "has_custody"),
    ]
