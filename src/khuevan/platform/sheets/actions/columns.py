"""Matching columns by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.actions.doors import lock_open
from khuevan.platform.sheets.added import added_column, fill, fillable, width_of
from khuevan.platform.sheets.checking import check, save_rows
from khuevan.platform.sheets.errors import ColumnsMissing, ColumnTwice
from khuevan.platform.sheets.header_keys import header_key
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.layouts import Layout
from khuevan.platform.sheets.models import ColumnMemory, SheetImport
from khuevan.platform.sheets.recognition import IGNORED
from khuevan.platform.sheets.selectors import rows_of


@transaction.atomic
def match_columns(
    *,
    actor: Actor,
    uuid: UUID,
    chosen: Mapping[int, str],
    added: Mapping[str, str] | None = None,
    now: datetime,
) -> SheetImport:
    """Match columns by hand, remember the match for the unit's next file, check again.

    `chosen` names the field of each column; `added` gives one value to a field without a column.

    :raises ColumnTwice: when two columns are matched with one field
    :raises ColumnsMissing: when a required field has none
    """
    sheet_import = lock_open(actor, uuid)
    layout = importers.get(sheet_import.kind).layout(sheet_import.layout)
    columns = [
        {"index": column["index"], "header": column["header"], "field": _field(column, chosen)}
        for column in sheet_import.columns
        if not column.get("added")
    ]
    _refuse_twice(layout, columns)
    extra = _added_columns(sheet_import, layout, columns, added or {})
    _refuse_missing(layout, {column["field"] for column in [*columns, *extra]})
    _remember(sheet_import, columns)
    sheet_import.columns = [*columns, *extra]
    sheet_import.save(update_fields=["columns"])
    check(actor=actor, sheet_import=sheet_import, now=now)
    return sheet_import


def _field(column: Mapping[str, Any], chosen: Mapping[int, str]) -> str:
    name = chosen.get(column["index"], column["field"])
    return "" if name == IGNORED else name


def _refuse_twice(layout: Layout, columns: list[dict[str, Any]]) -> None:
    named = [column["field"] for column in columns if column["field"]]
    for name in named:
        if name not in layout.by_name:
            raise NotFound
        if named.count(name) > 1:
            raise ColumnTwice(field=layout.by_name[name].label)


def _refuse_missing(layout: Layout, taken: set[str]) -> None:
    missing = [
        str(item.label)
        for item in layout.fields
        if item.required
        and item.name not in taken
        and not (item.splits_into and taken.issuperset(item.splits_into))
    ]
    if missing:
        raise ColumnsMissing(fields=", ".join(missing))


def _added_columns(
    sheet_import: SheetImport,
    layout: Layout,
    columns: list[dict[str, Any]],
    values: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return the added columns, having put their values into all rows."""
    wanted = [item for item in fillable(layout, set()) if values.get(item.name)]
    asked = _kept_answers(sheet_import, layout, {column["field"] for column in columns})
    if not wanted:
        return asked
    for item in wanted:
        if item.name in {column["field"] for column in columns}:
            raise ColumnTwice(field=item.label)
    rows = rows_of(sheet_import)
    old = {c["field"]: c["index"] for c in sheet_import.columns if c.get("added")}
    free = width_of([row.cells for row in rows], [c["index"] for c in sheet_import.columns])
    extra = [
        added_column(item, values[item.name][:500], old.get(item.name, free + place))
        for place, item in enumerate(wanted)
    ]
    for row in rows:
        for column in extra:
            fill(row.cells, column)
    save_rows(rows, ["cells"])
    return [*extra, *asked]


def _kept_answers(
    sheet_import: SheetImport, layout: Layout, taken: set[str]
) -> list[dict[str, Any]]:
    """Return the columns of answers: they stay where they are, with what was answered."""
    return [
        column
        for column in sheet_import.columns
        if column.get("added")
        and layout.by_name[column["field"]].is_answer
        and column["field"] not in taken
    ]


def _remember(sheet_import: SheetImport, columns: list[dict[str, Any]]) -> None:
    memory, _created = ColumnMemory.objects.unscoped(
        because="the import was reached through a scope"
    ).get_or_create(unit_id=sheet_import.unit_id, kind=sheet_import.kind)
    memory.matches |= {
        header_key(column["header"]): column["field"] or IGNORED
        for column in columns
        if column["header"]
    }
    memory.save(update_fields=["matches"])
