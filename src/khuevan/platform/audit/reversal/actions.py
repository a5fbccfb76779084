"""Rows brought back to what they were before something was written, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.audit.reversal import rules
from khuevan.platform.audit.reversal.later import (
    changed_since,
    link_of,
    references,
    rows_of,
)
from khuevan.platform.audit.reversal.rules import Asked
from khuevan.platform.audit.reversal.trail import (
    VERSION,
    Touched,
    Trail,
    history_of,
    kept_columns,
    key_column,
    table,
    tracked,
)


class HistoryMissing(DomainError):
    """The former values of a row are not in its history."""

    code = "audit.history_missing"
    message = _("What these records said before is not kept any more, so it can't be brought back.")


def lock_rows(trail: Trail) -> None:
    """Lock every row that was written; whoever writes something that leans on one waits."""
    with connection.cursor() as cursor:
        for label in sorted(trail.rows):
            model = tracked()[label]
            key = key_column(model)
            cursor.execute(
                f"SELECT 1 FROM {table(model)} WHERE {key} = ANY(%s) ORDER BY {key} FOR UPDATE",  # noqa: S608
                [list(trail.rows[label])],
            )


def reverse(trail: Trail, asked: Asked) -> None:
    """Delete what was made, give the rest its former values; what follows is brought into line.

    :raises HistoryMissing: when a former value is not known any more
    """
    former = _former_versions(trail)
    moved = {
        label: set(changed_since(trail, label)) for label in trail.rows if label in rules.follows
    }
    _delete_made(trail)
    returned: dict[str, list[Any]] = {}
    for label, one in trail.each():
        if one.is_made or one.key in moved.get(label, ()):
            continue
        if one.is_deleted:
            _insert(label, former[label, one.key])
        else:
            _restore(label, former[label, one.key])
        returned.setdefault(label, []).append(one.key)
    _fill(returned)
    for bring_into_line in rules.settle:
        bring_into_line(trail.keys(), asked.on)


def _former_versions(trail: Trail) -> dict[tuple[str, Any], int]:
    """Return the number of the version that each row had before."""
    found: dict[tuple[str, Any], int] = {}
    for label, rows in trail.rows.items():
        firsts = {one.key: one.first for one in rows.values() if not one.is_made}
        if not firsts:
            continue
        query = f"""
            SELECT asked.key, max(e.pgh_id)
            FROM unnest(%s::bigint[], %s::bigint[]) AS asked(key, first)
            JOIN {table(history_of(tracked()[label]))} e
                ON e.pgh_obj_id = asked.key AND e.pgh_id < asked.first
            GROUP BY asked.key
        """  # noqa: S608 (names of our own tables, quoted)
        with connection.cursor() as cursor:
            cursor.execute(query, [list(firsts), list(firsts.values())])
            known = dict(cursor.fetchall())
        if len(known) != len(firsts):
            raise HistoryMissing
        found |= {(label, key): number for key, number in known.items()}
    return found


def _delete_made(trail: Trail) -> None:
    """Delete the rows that were made, the table written last first, and what goes along."""
    labels = {label: rows for label, rows in trail.rows.items() if trail.made(label)}
    for label in labels:
        if label in rules.let_go:
            rules.let_go.get(label)(trail.made(label))
    for model, column in references():
        made = trail.made(column.related_model._meta.label)
        if made and (link := link_of(model, column)) in rules.goes_along:
            rows = rows_of(model).filter(**{f"{column.name}__in": made})
            _delete(
                model, list(rows.filter(rules.goes_along.get(link)).values_list("pk", flat=True))
            )
    last = {label: max(one.last for one in rows.values()) for label, rows in labels.items()}
    for label in sorted(labels, key=lambda name: -last[name]):
        _delete(tracked()[label], trail.made(label))


def _delete(model: type[models.Model], keys: Sequence[Any]) -> None:
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table(model)} WHERE {key_column(model)} = ANY(%s)",  # noqa: S608
            [list(keys)],
        )


def _restore(label: str, version: int) -> None:
    """Give a row the values of a version."""
    model = tracked()[label]
    names = kept_columns(model)
    values = ", ".join(
        f"{_name(one)} = l.{_name(one)} + 1" if one == VERSION else f"{_name(one)} = e.{_name(one)}"
        for one in names
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table(model)} l SET {values} FROM {table(history_of(model))} e"  # noqa: S608
            f" WHERE e.pgh_id = %s AND l.{key_column(model)} = e.pgh_obj_id",
            [version],
        )


def _insert(label: str, version: int) -> None:
    """Let a row that was deleted stand again as a version has it."""
    model = tracked()[label]
    history = history_of(model).objects.unscoped(
        because="the former version of a row that was deleted"
    )
    told = history.get(pgh_id=version)
    held = set(kept_columns(model))
    row = model(pk=told.pgh_obj_id)
    for column in model._meta.concrete_fields:
        if column.column in held:
            setattr(row, column.attname, getattr(told, column.attname))
    if label in rules.fill:
        rules.fill.get(label)(row)
    row.save(force_insert=True)


def _fill(returned: dict[str, list[Any]]) -> None:
    """Set what history does not hold on rows that have their former values again."""
    for label, keys in returned.items():
        if label not in rules.fill:
            continue
        model = tracked()[label]
        held = {*kept_columns(model)}
        copies = [
            one for one in model._meta.concrete_fields
            if one.column not in held and not one.primary_key and not one.generated
        ]  # fmt: skip
        for row in rows_of(model).filter(pk__in=keys):
            before = {one.attname: getattr(row, one.attname) for one in copies}
            rules.fill.get(label)(row)
            changed = [name for name, value in before.items() if getattr(row, name) != value]
            if changed:
                row.save(update_fields=changed)


def _name(column: str) -> str:
    return connection.ops.quote_name(column)


__all__ = ["HistoryMissing", "Touched", "lock_rows", "reverse"]
