"""One number for every version of every history table, and how far the numbers are complete.

A number is given before its transaction commits, so a later one can be visible earlier. Each
writing transaction therefore holds a shared lock that says which number was the last before its
own first; `complete_until` stops in front of the oldest of them. Nobody waits for anybody.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection, transaction

from khuevan.platform.audit.history import ScopedEvent

_SPACE = 0x4B56
"""The upper 16 bits of our locks' keys; the lower 48 hold a number."""

_SET_UP = f"""
CREATE SEQUENCE IF NOT EXISTS history_numbers AS bigint;
CREATE OR REPLACE FUNCTION history_number() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('khuevan.history_since', true), '') = '' THEN
        PERFORM pg_advisory_xact_lock_shared(
            ({_SPACE}::bigint << 48) + (SELECT last_value FROM history_numbers));
        PERFORM set_config('khuevan.history_since', 'held', true);
    END IF;
    RETURN nextval('history_numbers');
END $$;
"""  # noqa: S608 (a number of ours)

_OLDEST_WRITER = f"""
SELECT min(((classid::bigint & 65535) << 32) + objid::bigint)
FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = {_SPACE}
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND pid <> pg_backend_pid()
"""  # noqa: S608 (a number of ours)

_AFTER = """
SELECT setval('history_numbers', greatest(
    (SELECT last_value FROM history_numbers), (SELECT coalesce(max(pgh_id), 0) + 1 FROM %s)))
"""

_BY_ITSELF = """
SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE a.attname = 'pgh_id' AND a.attidentity <> '' AND c.relname = ANY(%s)
"""


def number_together(**_signal: object) -> None:
    """Let all history tables draw from one sequence; those that do already stay as they are.

    Runs after each `migrate`, so that a new table joins by itself.
    """
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, ScopedEvent)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SET_UP)
        cursor.execute(_BY_ITSELF, [tables])
        for table in sorted(row[0] for row in cursor.fetchall()):
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"ALTER TABLE {name} ALTER pgh_id DROP IDENTITY,"
                " ALTER pgh_id SET DEFAULT history_number()"
            )
            cursor.execute(_AFTER % name)


def complete_until() -> int:
    """Return the last number up to which no version can appear any more; ask before reading."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM history_numbers")
        given: int = cursor.fetchone()[0]
        cursor.execute(_OLDEST_WRITER)
        oldest: int | None = cursor.fetchone()[0]
    return given if oldest is None else min(given, oldest)
