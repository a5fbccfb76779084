"""Indexes put aside while a whole province is loaded, and built once afterwards: denser, sooner."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

_PLAIN = """
SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relname = ANY(%s) AND NOT i.indisunique
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid)
ORDER BY c.relname
"""
_CONSTRAINTS = """
SELECT t.relname, k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
WHERE t.relname = ANY(%s) AND (k.contype = 'x' OR right(k.conname, 8) = 'uuid_key')
ORDER BY k.conname
"""


@contextmanager
def put_aside(tables: Collection[str]) -> Iterator[None]:
    """Drop the plain indexes and exclusion constraints of some tables; make them again after.

    Inside the caller's transaction: what breaks a constraint undoes the whole load. Foreign keys
    and all uniqueness but of the drawn uuids are checked all the time.
    """
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        plain = _rows(cursor, _PLAIN, tables)
        constraints = _rows(cursor, _CONSTRAINTS, tables)
        for index, _definition in plain:
            cursor.execute(f"DROP INDEX {name(index)}")
        for table, constraint, _definition in constraints:
            cursor.execute(f"ALTER TABLE {name(table)} DROP CONSTRAINT {name(constraint)}")
    yield
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _index, definition in plain:
            cursor.execute(definition)
        for table, constraint, definition in constraints:
            cursor.execute(
                f"ALTER TABLE {name(table)} ADD CONSTRAINT {name(constraint)} {definition}"
            )


def _rows(cursor: CursorWrapper, statement: str, tables: Collection[str]) -> list[tuple[str, ...]]:
    cursor.execute(statement, [list(tables)])
    found: list[tuple[str, ...]] = cursor.fetchall()
    return found
