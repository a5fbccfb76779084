"""The check of an import: parse each row, compare with the records, keep what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.importers import Importer, PlannedRow, importers
from khuevan.platform.sheets.layouts import Column, Recognized
from khuevan.platform.sheets.models import ImportRow, ImportState, Outcome, SheetImport
from khuevan.platform.sheets.parsing import parse_row
from khuevan.platform.sheets.reading import Row, Sheet


def recognized_of(sheet_import: SheetImport) -> Recognized:
    """Return the recognized sheet as it was stored, without its rows."""
    layout = next(
        one for one in importers.get(sheet_import.kind).layouts if one.code == sheet_import.layout
    )
    return Recognized(
        layout=layout,
        sheet=Sheet(sheet_import.sheet_name),
        header_rows=(sheet_import.header_rows[0], sheet_import.header_rows[1]),
        columns=tuple(Column(c["index"], c["header"], c["field"]) for c in sheet_import.columns),
    )


def rows_of(sheet_import: SheetImport) -> list[ImportRow]:
    """Return the rows in the order of the file; the caller reached the import through a scope."""
    return list(
        ImportRow.objects.unscoped(because="rows of an import that was reached through a scope")
        .filter(sheet_import=sheet_import)
        .order_by("number")
    )


def plan_rows(
    *, actor: Actor, sheet_import: SheetImport, rows: Sequence[ImportRow], on: date
) -> list[PlannedRow]:
    """Return what each row that was not left out would do now."""
    importer: Importer = importers.get(sheet_import.kind)
    recognized = recognized_of(sheet_import)
    context = importer.context(actor, sheet_import.unit_id, on)
    parsed = [
        parse_row(Row(row.number, row.cells), recognized, context)
        for row in rows
        if not row.is_left_out
    ]
    return importer.plan(
        actor=actor, unit_id=sheet_import.unit_id, rows=parsed, recognized=recognized, on=on
    )


def check(*, actor: Actor, sheet_import: SheetImport, on: date, now: datetime) -> None:
    """Check all rows and keep what was found; a step inside the caller's transaction."""
    rows = rows_of(sheet_import)
    planned = {
        plan.number: plan
        for plan in plan_rows(actor=actor, sheet_import=sheet_import, rows=rows, on=on)
    }
    for row in rows:
        store_plan(row, planned.get(row.number))
    ImportRow.objects.unscoped(
        because="rows of an import that was reached through a scope"
    ).bulk_update(
        rows,
        ["outcome", "is_warned", "faults", "changes", "target_id", "target_version"],
        batch_size=500,
    )
    sheet_import.counts = counts_of(rows)
    sheet_import.state = ImportState.CHECKED
    sheet_import.checked_at = now
    sheet_import.problem = ""
    sheet_import.save(update_fields=["counts", "state", "checked_at", "problem"])


def store_plan(row: ImportRow, plan: PlannedRow | None) -> None:
    """Put what a plan says onto a row; a row without one was left out by a person."""
    if plan is None:
        row.outcome, row.faults, row.changes = Outcome.SKIPPED, [], {}
        row.is_warned, row.target_id, row.target_version = False, None, None
        return
    row.outcome = plan.outcome
    row.faults = [fault.to_data() for fault in plan.faults]
    row.is_warned = bool(plan.faults) and plan.outcome != Outcome.REFUSED
    row.changes = {name: list(pair) for name, pair in plan.changes.items()}
    row.target_id, row.target_version = plan.target_id, plan.target_version


def counts_of(rows: Sequence[ImportRow]) -> dict[str, int]:
    """Return how many rows have each outcome, and how many are to be looked at."""
    counts = Counter(str(row.outcome) for row in rows)
    counts["WARNED"] = sum(row.is_warned for row in rows)
    counts["ALL"] = len(rows)
    return dict(counts)


def faults_of(rows: Sequence[ImportRow]) -> list[Fault]:
    """Return all faults of the rows."""
    return [Fault.from_data(data) for row in rows for data in row.faults]
