"""What the tables of people stand on: extensions, short-lived values, doubts about a number."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

from khuevan.kernel.personal_number import BIRTH_PROVINCES

# Rate limits and short-lived values: nothing that a crash may not lose.
CREATE_CACHE = """
CREATE UNLOGGED TABLE platform_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX platform_cache_expires ON platform_cache (expires);
"""
PROVINCES = ",".join(f"'{code}'" for code in sorted(BIRTH_PROVINCES))
# What a personal number denies of its person: see kernel.personal_number.
CREATE_DOUBTS = f"""
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
    """Before any table."""

    initial = True
    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE_CACHE, "DROP TABLE platform_cache"),
        migrations.RunSQL(
            CREATE_DOUBTS, "DROP FUNCTION khuevan_number_doubts(text, text, date)"
        ),
    ]
