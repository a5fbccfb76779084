"""What a database holds, as one number of rows and one hash a table, whatever the order of rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql

from khuevan.config.words import gettext as _

TABLES = """
    SELECT n.nspname, c.relname
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1, 2
"""
ONE_TABLE = """
    SELECT count(*),
           coalesce(sum(('x' || left(h, 15))::bit(60)::bigint), 0)::text || '.'
           || coalesce(sum(('x' || right(h, 15))::bit(60)::bigint), 0)::text
    FROM (SELECT md5(r::text) AS h FROM ONLY {} r) hashed
"""
# A row's text must not depend on the server's or the session's settings.
PLAIN_TEXT = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'iso_8601'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
)

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class TableState:
    """The rows of one table: how many, and the sums of their hashes."""

    rows: int
    hash: str


def take(connection: Connection) -> dict[str, TableState]:
    """Return the state of every table, read in the transaction that the connection is in."""
    for setting in PLAIN_TEXT:
        connection.execute(setting.encode())
    return {
        f"{schema}.{name}": _one(connection, schema, name) for schema, name in tables(connection)
    }


def tables(connection: Connection) -> list[tuple[str, str]]:
    """Return the schema and name of every table that holds rows of ours."""
    return connection.execute(TABLES.encode()).fetchall()


def as_plain(states: dict[str, TableState]) -> dict[str, dict[str, Any]]:
    """Return states as JSON holds them."""
    return {name: asdict(state) for name, state in states.items()}


def differences(expected: dict[str, dict[str, Any]], found: dict[str, dict[str, Any]]) -> list[str]:
    """Return a line for each table that is missing, new or holds other rows."""
    lines = []
    for name in sorted(expected.keys() | found.keys()):
        before, after = expected.get(name), found.get(name)
        if before is None or after is None:
            lines.append(f"{name}: {_('not in the backup') if before is None else _('missing')}")
        elif before["rows"] != after["rows"]:
            counts = {"before": before["rows"], "after": after["rows"]}
            rows = _("%(before)s rows in the backup, %(after)s restored") % counts
            lines.append(f"{name}: {rows}")
        elif before["hash"] != after["hash"]:
            lines.append(f"{name}: {_('the number of rows agrees, their contents do not')}")
    return lines


def _one(connection: Connection, schema: str, name: str) -> TableState:
    query = sql.SQL(ONE_TABLE).format(sql.Identifier(schema, name))
    row = connection.execute(query).fetchone()
    assert row is not None  # noqa: S101  (an aggregate always answers one row)
    return TableState(row[0], row[1])
