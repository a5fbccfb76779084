"""Provinces to which nothing happened on 1/8/2008 are one row since 2004, not two."""

from datetime import date

from django.db import migrations

SINCE, THEN = date(2004, 7, 1), date(2008, 8, 1)
SOURCE = "Danh mục ngày 30/6/2025; trước 01/8/2008 theo trí nhớ, chưa đối chiếu"
GREW = ("01",)
REFERENCES = """
    SELECT rel.conrelid::regclass::text, att.attname
    FROM pg_constraint rel
    JOIN pg_attribute att ON att.attrelid = rel.conrelid AND att.attnum = rel.conkey[1]
    WHERE rel.contype = 'f' AND rel.confrelid = 'areas_area'::regclass
"""


def join(apps, schema_editor):
    """Let the later row begin where the earlier one did; what names the earlier names it then."""
    rows = apps.get_model("areas", "Area").objects.filter(kind="PROVINCE").exclude(code__in=GREW)
    later = {row.code: row for row in rows.filter(starts_on=THEN)}
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(REFERENCES)
        references = cursor.fetchall()
        for earlier in rows.filter(starts_on=SINCE, ends_on=THEN):
            row = later.get(earlier.code)
            if row is None or row.full_name != earlier.full_name:
                continue
            for table, column in references:
                cursor.execute(
                    f"UPDATE {table} SET {column} = %s WHERE {column} = %s", [row.pk, earlier.pk]
                )
            earlier.delete()
            row.starts_on, row.listed_since, row.source = SINCE, THEN, row.source or SOURCE
            row.save()


class Migration(migrations.Migration):

    dependencies = [("areas", "0002_listed_since")]

    operations = [migrations.RunPython(join, migrations.RunPython.noop, elidable=True)]
