"""A world made once a process and put back for each test: its rows, without the work behind them.

The first test makes it through the real actions. For the others the rows are inserted as they
were; the history triggers fire again, sequences are moved past the highest id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from functools import cache
from typing import Generic, TypeVar

from django.apps import apps
from django.db import connection, models

from khuevan.platform.organizations.api import OrgUnit

W = TypeVar("W")
REFERENCE = frozenset({"areas", "calendar", "regulations"})
"""Apps whose rows every migrated database holds."""


class Replay(Generic[W]):
    """One kind of world. `get` makes it, or puts it back where nothing stands yet."""

    def __init__(self, make: Callable[[], W]) -> None:
        self._make = make
        self._rows: dict[str, str] = {}
        self._tops: list[tuple[str, int]] = []
        self._world: W | None = None

    def get(self) -> W:
        """Return the world, standing in the database of this test."""
        if OrgUnit.objects.exists():
            return self._make()
        if self._world is None:
            before = _dump()
            made = self._make()
            self._rows = {table: rows for table, rows in _dump(besides=before).items() if rows}
            self._tops = _tops(self._rows)
            self._world = deepcopy(made)
            return made
        self._put_back()
        return deepcopy(self._world)

    def _put_back(self) -> None:
        with connection.cursor() as cursor:
            for table, rows in self._rows.items():
                source = f'json_populate_recordset(NULL::"{table}", %s)'
                columns = _columns(table)
                put = f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM {source}'
                # what a trigger has written already stands
                cursor.execute(f"{put} ON CONFLICT DO NOTHING", [rows])
            moved = [f"setval({seq}, greatest({top}, nextval({seq})))" for seq, top in self._tops]
            cursor.execute(f"SELECT {', '.join(moved)}")


@cache
def _columns(table: str) -> str:
    """Return the columns of a table that are written; what the database works out is not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'"
            " ORDER BY ordinal_position",
            [table],
        )
        return ", ".join(f'"{name}"' for (name,) in cursor.fetchall())


def _tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("khuevan.") and config.label not in REFERENCE
        for model in config.get_models(include_auto_created=True)
        if not _is_history(model)
    )


def _tops(tables: Iterable[str]) -> list[tuple[str, int]]:
    """Return the sequence of each table that has one, with the highest id in use."""
    counted = [model for model in apps.get_models() if model._meta.db_table in set(tables)]
    found = []
    with connection.cursor() as cursor:
        for model in counted:
            key = model._meta.pk
            if not isinstance(key, models.BigAutoField):
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT max({key.column}) FROM {table}")
            found.append(
                (f"pg_get_serial_sequence('{table}', '{key.column}')", cursor.fetchone()[0])
            )
    return found


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def _dump(besides: dict[str, str] | None = None) -> dict[str, str]:
    """Return the rows of every table as JSON, those known before left out."""
    dumped: dict[str, str] = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(
                f'SELECT json_agg(row_to_json(one))::text FROM "{table}" AS one'
                " WHERE row_to_json(one)::text NOT IN"
                " (SELECT value::text FROM json_array_elements(%s))",
                [(besides or {}).get(table) or "[]"],
            )
            dumped[table] = cursor.fetchone()[0] or ""
    return dumped
