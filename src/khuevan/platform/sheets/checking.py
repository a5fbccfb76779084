"""The check of an import: parse each row, compare with the records, keep what was found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import copy_rows
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.importers import Importer, PlannedRow, importers
from khuevan.platform.sheets.layouts import Column, Recognized
from khuevan.platform.sheets.models import ImportRow, ImportState, Outcome, SheetImport
from khuevan.platform.sheets.parsing import parse_row
from khuevan.platform.sheets.reading import Row, Sheet
from khuevan.platform.sheets.selectors import rows_of

LACKS_ZEROS, ZEROS_RESTORED = "LACKS_ZEROS", "ZEROS_RESTORED"
"""Counts of cells that lost the zeros they begin with, and of those that got them back."""
FOUND = ("outcome", "is_warned", "is_moved", "faults", "changes", "target_id", "target_version")
TOLD = ("sheet_import_id", "unit_id", "number", "cells", "is_left_out")
BATCH = 1000


def recognized_of(sheet_import: SheetImport) -> Recognized:
    """Return the recognized sheet as it was stored, without its rows."""
    return Recognized(
        layout=importers.get(sheet_import.kind).layout(sheet_import.layout),
        sheet=Sheet(sheet_import.sheet_name),
        header_rows=(sheet_import.header_rows[0], sheet_import.header_rows[1]),
        columns=tuple(Column(c["index"], c["header"], c["field"]) for c in sheet_import.columns),
    )


def plan_rows(
    *, actor: Actor, sheet_import: SheetImport, rows: Sequence[ImportRow], on: date
) -> list[PlannedRow]:
    """Return what each row that was not left out would do now, or on the list's own day."""
    on = sheet_import.on or on
    importer: Importer = importers.get(sheet_import.kind)
    recognized = recognized_of(sheet_import)
    promises = sheet_import.promised
    context = importer.context(actor, sheet_import.unit_id, on, promises)
    parsed = [
        parse_row(Row(row.number, row.cells), recognized, context)
        for row in rows
        if not row.is_left_out
    ]
    return importer.plan(
        actor=actor,
        unit_id=sheet_import.unit_id,
        rows=parsed,
        recognized=recognized,
        promises=promises,
        on=on,
    )


def look_over(
    *, actor: Actor, sheet_import: SheetImport, rows: Sequence[ImportRow]
) -> list[PlannedRow]:
    """Return what each row would do, with what a person should look at before it is written."""
    planned = plan_rows(actor=actor, sheet_import=sheet_import, rows=rows, on=actor.today)
    importer: Importer = importers.get(sheet_import.kind)
    new = [plan for plan in planned if plan.outcome == Outcome.NEW]
    if importer.doubts is None or not new:
        return planned
    doubts = importer.doubts(
        actor=actor,
        unit_id=sheet_import.unit_id,
        rows=new,
        recognized=recognized_of(sheet_import),
    )
    return [
        replace(plan, faults=(*plan.faults, doubts[plan.number])) if plan.number in doubts else plan
        for plan in planned
    ]


def check(
    *,
    actor: Actor,
    sheet_import: SheetImport,
    now: datetime,
    marks_moved: bool = False,
    problem: str = "",
) -> None:
    """Check all rows and keep what was found; a step inside the caller's transaction.

    With `marks_moved` the rows that now do something else than before are marked.
    """
    rows = rows_of(sheet_import)
    before = [_stored(row) for row in rows]
    planned = look_over(actor=actor, sheet_import=sheet_import, rows=rows)
    store_plans(rows, planned)
    if marks_moved:
        for row, was in zip(rows, before, strict=True):
            row.is_moved = row.footprint != was[0]
    save_rows([row for row, was in zip(rows, before, strict=True) if _stored(row) != was])
    sheet_import.effects = measured(sheet_import, planned)
    _conclude(sheet_import, rows, now=now, problem=problem)


def check_new(
    *, actor: Actor, sheet_import: SheetImport, rows: Sequence[ImportRow], now: datetime
) -> None:
    """Check rows that are not saved yet, and save them; a step inside the caller's transaction."""
    planned = look_over(actor=actor, sheet_import=sheet_import, rows=rows)
    store_plans(rows, planned)
    keep_rows(rows)
    sheet_import.effects = measured(sheet_import, planned)
    _conclude(sheet_import, rows, now=now, problem="")


def store_plans(rows: Sequence[ImportRow], planned: Sequence[PlannedRow]) -> None:
    """Put what the plans say onto the rows; a row without one was left out by a person."""
    by_number = {plan.number: plan for plan in planned}
    for row in rows:
        plan = by_number.get(row.number) or PlannedRow(row.number, Outcome.SKIPPED)
        row.outcome = plan.outcome
        row.faults = [fault.to_data() for fault in plan.faults]
        row.is_warned = bool(plan.faults) and plan.outcome != Outcome.REFUSED
        row.changes = {name: list(pair) for name, pair in plan.changes.items()}
        row.target_id, row.target_version = plan.target_id, plan.target_version


def keep_rows(rows: Sequence[ImportRow]) -> None:
    """Save new rows of a saved list."""
    copy_rows(ImportRow, (*TOLD, *FOUND), map(_kept, rows))


def _kept(row: ImportRow) -> tuple[Any, ...]:
    return (
        row.sheet_import.pk, row.unit_id, row.number, _json(row.cells), row.is_left_out,
        str(row.outcome), row.is_warned, row.is_moved, _json(row.faults), _json(row.changes),
        row.target_id, row.target_version,
    )  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def save_rows(rows: Sequence[ImportRow], fields: Sequence[str] = FOUND) -> None:
    """Write some columns of rows that are there already: one statement for a thousand rows."""
    ImportRow.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["sheet_import", "number"],
        update_fields=list(fields),
    )


def moved_rows(rows: Sequence[ImportRow], planned: Sequence[PlannedRow]) -> list[int]:
    """Return the numbers of the rows that would now do something else than was shown."""
    shown = {row.number: row.footprint for row in rows}
    return [plan.number for plan in planned if shown[plan.number] != plan.footprint]


def counts_of(rows: Sequence[ImportRow]) -> dict[str, int]:
    """Count the rows by outcome, and those to be looked at: in all, and within each outcome."""
    counts = Counter(str(row.outcome) for row in rows)
    counts += Counter(f"WARNED_{row.outcome}" for row in rows if row.is_warned)
    counts["WARNED"] = sum(row.is_warned for row in rows)
    counts["MOVED"] = sum(row.is_moved for row in rows)
    counts["ALL"] = len(rows)
    counts[LACKS_ZEROS] = sum(
        fault.lacks_zeros
        for row in rows
        if row.outcome == Outcome.REFUSED
        for fault in map(Fault.from_data, row.faults)
    )
    return {name: count for name, count in counts.items() if count or name != LACKS_ZEROS}


def put_zeros_back(rows: Iterable[ImportRow]) -> list[ImportRow]:
    """Write into cells the zeros they lost, where nothing denies it; return the rows mended."""
    mended = []
    for row in rows:
        found = [fault for data in row.faults if (fault := Fault.from_data(data)).lacks_zeros]
        for fault in found:
            row.cells[fault.column] = fault.suggestion
        mended += [row] if found else []
    return mended


def faults_of(rows: Sequence[ImportRow]) -> list[Fault]:
    """Return all faults of the rows."""
    return [Fault.from_data(data) for row in rows for data in row.faults]


def cells_by_field(row: ImportRow, recognized: Recognized) -> dict[str, str]:
    """Return the texts of a row by the fields their columns were matched with."""
    return {
        name: row.cells[column.index] if column.index < len(row.cells) else ""
        for name, column in recognized.matched.items()
    }


def _stored(row: ImportRow) -> tuple[object, ...]:
    return row.footprint, row.is_warned, row.is_moved, row.faults


def measured(sheet_import: SheetImport, planned: Sequence[PlannedRow]) -> dict[str, Any]:
    """Sum up what the rows would make of the unit, for the page that asks for confirmation."""
    effects = importers.get(sheet_import.kind).effects
    return effects.measure(planned) if effects else {}


def _conclude(
    sheet_import: SheetImport, rows: Sequence[ImportRow], *, now: datetime, problem: str
) -> None:
    sheet_import.counts = counts_of(rows)
    sheet_import.state = ImportState.CHECKED
    sheet_import.checked_at = now
    sheet_import.ended_at = None
    sheet_import.problem = problem[:300]
    sheet_import.save(
        update_fields=["counts", "effects", "state", "checked_at", "ended_at", "problem"]
    )
