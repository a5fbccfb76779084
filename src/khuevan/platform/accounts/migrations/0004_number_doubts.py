"""What a personal number denies of its person, worked out by the database: see kernel.personal_number."""

from django.db import migrations

from khuevan.kernel.personal_number import BIRTH_PROVINCES

PROVINCES = ",".join(f"'{code}'" for code in sorted(BIRTH_PROVINCES))
CREATE = f"""
CREATE FUNCTION khuevan_number_doubts(number text, sex text, born date) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN number IS NULL OR number !~ '^[0-9]{{12}}$' THEN 0 ELSE
    CASE WHEN sex IN ('MALE', 'FEMALE')
      AND (sex = 'FEMALE') <> (substr(number, 4, 1)::int % 2 = 1) THEN 1 ELSE 0 END
    + CASE WHEN born IS NOT NULL AND date_part('year', born)::int
      <> 1900 + substr(number, 4, 1)::int / 2 * 100 + substr(number, 5, 2)::int THEN 2 ELSE 0 END
    + CASE WHEN substr(number, 1, 3) NOT IN ({PROVINCES}) THEN 4 ELSE 0 END
  END::smallint
$$
"""


class Migration(migrations.Migration):

    dependencies = [("accounts", "0003_slips_know_what_they_opened")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION khuevan_number_doubts(text, text, date)"),
    ]
