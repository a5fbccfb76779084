"""All tables as they stand, row by row, to compare before and after."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

LEFT = ("django_", "procrastinate_", "pghistory_", "audit_", "jobs_", "sheets_", "files_", "mfa_",
        "notifications_")  # fmt: skip
"""What tells of the work itself: the log, the waiting room, tasks and messages."""
DERIVED = ("rollup_stalemark", "platform_cache")
KEPT = ("students_registrynumber", "students_registrybook")
"""Numbers of the registry book are never given again."""

Tables = dict[str, dict[str, dict[str, Any]]]


def everything() -> Tables:
    """Return every row of every table of records, by table and key, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid"
            " AND i.indisprimary JOIN pg_attribute a"
            " ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        )
        keys = dict(cursor.fetchall())
        found: Tables = {}
        for name in sorted(keys):
            if name.startswith(LEFT) or name.endswith("event") or name in (*DERIVED, *KEPT):
                continue
            cursor.execute(f'SELECT t."{keys[name]}"::text, to_jsonb(t) FROM "{name}" t')
            found[name] = dict(cursor.fetchall())
    return found


def differences(before: Tables, after: Tables) -> list[str]:
    """Return what differs, a line for each column; a row's count of changes may have gone on."""
    told = []
    for name, rows in before.items():
        for key in sorted(rows.keys() | after[name].keys()):
            old, new = (_values(side.get(key)) for side in (rows, after[name]))
            told += [
                f"{name} {key} {column}: {old.get(column)!r} -> {new.get(column)!r}"
                for column in sorted(old.keys() | new.keys())
                if old.get(column) != new.get(column)
                and not (column == "version" and old and new and new[column] > old[column])
            ]
    return told


def _values(row: Any) -> dict[str, Any]:
    return {} if row is None else json.loads(row) if isinstance(row, str) else dict(row)
