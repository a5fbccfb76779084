"""What spans of history wrote: which rows were made, changed and deleted by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from khuevan.platform.audit.history import ScopedEvent
from khuevan.platform.audit.reversal import rules
from khuevan.platform.audit.reversal.spans import Span

INSERT, DELETE = "insert", "delete"
VERSION = "version"
"""A row's count of changes goes on: a page that was opened meanwhile must not save over this."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that was written: its first and last version of the spans, and what they did."""

    key: Any
    first: int
    last: int
    is_made: bool
    is_deleted: bool


@dataclass(slots=True)
class Trail:
    """All rows that spans wrote, by the label of their model."""

    spans: tuple[Span, ...]
    rows: dict[str, dict[Any, Touched]] = field(default_factory=dict)

    def made(self, label: str) -> list[Any]:
        """Return the keys of rows that were made and were there at the end."""
        rows = self.rows.get(label, {}).values()
        return [one.key for one in rows if one.is_made and not one.is_deleted]

    def changed(self, label: str) -> list[Any]:
        """Return the keys of rows that were there before and were changed or deleted."""
        return [one.key for one in self.rows.get(label, {}).values() if not one.is_made]

    def keys(self) -> dict[str, list[Any]]:
        """Return the keys of all rows by label."""
        return {label: list(rows) for label, rows in self.rows.items()}

    def each(self) -> Iterator[tuple[str, Touched]]:
        """Yield every row with its label, the one written last first."""
        listed = ((label, one) for label, rows in self.rows.items() for one in rows.values())
        return iter(sorted(listed, key=lambda pair: -pair[1].last))

    @property
    def until(self) -> int:
        """Return the number of the last version."""
        return max(span.until for span in self.spans)


@cache
def tracked() -> dict[str, type[models.Model]]:
    """Return the models whose rows have a history, by label."""
    return {
        model._meta.label: model
        for model in apps.get_models()
        if not issubclass(model, ScopedEvent) and _history(model) is not None
    }


def history_of(model: type[models.Model]) -> type[Any]:
    """Return the history table of a tracked model."""
    found = _history(model)
    if found is None:
        raise LookupError(model._meta.label)
    return found


def trail_of(spans: Sequence[Span]) -> Trail:
    """Return the rows that spans wrote, without those of tables that keep what was written."""
    trail = Trail(tuple(spans))
    told = [label for label in tracked() if label not in rules.stays]
    with connection.cursor() as cursor:
        queries, given = [], []
        for label in told:
            condition, parameters = within(spans)
            queries.append(_SUMMED.format(name=table(history_of(tracked()[label])), own=condition))
            given += [label, *parameters]
        cursor.execute(" UNION ALL ".join(queries), given)
        for label, key, first, last, begun, ended in cursor.fetchall():
            if not (begun == INSERT and ended == DELETE):
                one = Touched(key, first, last, begun == INSERT, ended == DELETE)
                trail.rows.setdefault(label, {})[key] = one
    return trail


def within(spans: Sequence[Span]) -> tuple[str, list[Any]]:
    """Return the condition that a version is of one of the spans, and its parameters."""
    one = "(pgh_id > %s AND pgh_id <= %s AND pgh_context_id = ANY(%s::uuid[]))"
    given = [part for span in spans for part in (span.after, span.until, list(span.marks))]
    return f"({' OR '.join([one] * len(spans))})", given


def table(model: type[models.Model]) -> str:
    """Return a model's table as a quoted name."""
    return connection.ops.quote_name(model._meta.db_table)


def key_column(model: type[models.Model]) -> str:
    """Return the column of a model's key as a quoted name."""
    keys = (one.column for one in model._meta.concrete_fields if one.primary_key)
    return connection.ops.quote_name(str(next(keys)))


def kept_columns(model: type[models.Model]) -> list[str]:
    """Return the columns, besides the key, that a model's history holds."""
    held = {one.column for one in history_of(model)._meta.concrete_fields}
    own = [one for one in model._meta.concrete_fields if not one.primary_key]
    return [str(one.column) for one in own if one.column in held]


_SUMMED = """
SELECT %s::text, pgh_obj_id, min(pgh_id), max(pgh_id),
    (array_agg(pgh_label ORDER BY pgh_id))[1], (array_agg(pgh_label ORDER BY pgh_id DESC))[1]
FROM {name} WHERE {own} GROUP BY pgh_obj_id
"""


def _history(model: type[models.Model]) -> type[Any] | None:
    return next(
        (
            one.related_model
            for one in model._meta.related_objects
            if one.field.name == "pgh_obj" and issubclass(one.related_model, ScopedEvent)
        ),
        None,
    )
