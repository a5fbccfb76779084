"""An import's way: upload, match, check, fix, confirm, write; nothing is written before that."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.platform.files.api import (
    ODS,
    TEXT,
    XLS,
    XLSX,
    FileKind,
    StoredFile,
    declare_kind,
    open_content,
    store_upload,
)
from khuevan.platform.jobs.api import start_job
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.checking import check, plan_rows, recognized_of, rows_of
from khuevan.platform.sheets.data_rows import table_of
from khuevan.platform.sheets.errors import (
    ColumnsMissing,
    ColumnTwice,
    FaultsLeft,
    ImportClosed,
    NoHeader,
    NoRows,
    NothingToWrite,
    RecordsMoved,
    TooManyRows,
)
from khuevan.platform.sheets.header_keys import header_key
from khuevan.platform.sheets.importers import Importer, PlannedRow, importers
from khuevan.platform.sheets.layouts import Layout, Recognized
from khuevan.platform.sheets.models import (
    ColumnMemory,
    ImportRow,
    ImportState,
    Outcome,
    SheetImport,
)
from khuevan.platform.sheets.parsing import cell_text
from khuevan.platform.sheets.reading import Workbook, read_workbook
from khuevan.platform.sheets.recognition import IGNORED, recognise_all
from khuevan.platform.sheets.selectors import get_import_for

MOST_ROWS = 5000
UPLOADED_SHEET = declare_kind(
    FileKind("sheets.upload", "", types=(XLSX, XLS, ODS, TEXT), keep=timedelta(days=90))
)


def upload_sheet(
    *, actor: Actor, kind: str, unit_id: int, upload: File[bytes], now: datetime
) -> SheetImport:
    """Take in a spreadsheet for a unit: read it, find its header, check every row.

    :raises UnreadableFile: a subclass for each way a file can be wrong
    :raises NoHeader: when no sheet looks like the list
    :raises NoRows: when there is no data below the header
    :raises TooManyRows: when there are more rows than a person can wait for
    """
    importer = importers.get(kind)
    if unit_id not in actor.reach(importer.permission, "school"):
        raise NotFound
    with transaction.atomic():
        file = store_upload(
            actor=actor, upload=upload, kind=UPLOADED_SHEET.code, now=now, unit_id=unit_id
        )
        recognized = _recognise(importer, _read(file), unit_id)
        sheet_import = _store(actor, importer, unit_id, file, recognized, now=now)
        if not recognized.missing and not recognized.ambiguous:
            check(actor=actor, sheet_import=sheet_import, on=actor.today, now=now)
        record(
            audit_codes.UPLOADED,
            actor=actor,
            at=now,
            target=sheet_import,
            unit_id=unit_id,
            details={"kind": kind, "rows": sheet_import.count("ALL")},
        )
        return sheet_import


@transaction.atomic
def match_columns(
    *, actor: Actor, uuid: UUID, chosen: Mapping[int, str], now: datetime
) -> SheetImport:
    """Match columns by hand, remember the match for the unit's next file, check again.

    :raises ColumnTwice: when two columns are matched with one field
    :raises ColumnsMissing: when a required field has none
    """
    sheet_import = _lock_open(actor, uuid)
    matches = {column["index"]: chosen.get(column["index"], "") for column in sheet_import.columns}
    _refuse_twice(sheet_import, matches)
    for column in sheet_import.columns:
        name = matches[column["index"]]
        column["field"] = "" if name == IGNORED else name
    _refuse_missing(sheet_import)
    sheet_import.save(update_fields=["columns"])
    _remember(sheet_import)
    check(actor=actor, sheet_import=sheet_import, on=actor.today, now=now)
    return sheet_import


@transaction.atomic
def fix_cell(
    *, actor: Actor, uuid: UUID, number: int, column: int, text: str, now: datetime
) -> SheetImport:
    """Write another text into one cell of the uploaded list (not into the file) and check again."""
    sheet_import = _lock_open(actor, uuid)
    row = _row(sheet_import, number)
    row.cells += [""] * (column + 1 - len(row.cells))
    row.cells[column] = text.strip()[:500]
    row.is_left_out = False
    row.save(update_fields=["cells", "is_left_out"])
    check(actor=actor, sheet_import=sheet_import, on=actor.today, now=now)
    return sheet_import


@transaction.atomic
def leave_out(
    *, actor: Actor, uuid: UUID, number: int, is_left_out: bool, now: datetime
) -> SheetImport:
    """Leave a row out, or take it back in, and check again."""
    sheet_import = _lock_open(actor, uuid)
    row = _row(sheet_import, number)
    row.is_left_out = is_left_out
    row.save(update_fields=["is_left_out"])
    check(actor=actor, sheet_import=sheet_import, on=actor.today, now=now)
    return sheet_import


@transaction.atomic
def confirm_import(
    *, actor: Actor, uuid: UUID, takes_good_rows: bool, now: datetime
) -> SheetImport:
    """Order the writing: in the background, all of it or nothing. A second press changes nothing.

    :raises NothingToWrite: when no row adds or changes anything
    :raises FaultsLeft: when all rows are wanted and some are refused
    """
    sheet_import = _lock(actor, uuid)
    if sheet_import.state in {ImportState.APPLYING, ImportState.DONE}:
        return sheet_import
    if sheet_import.state != ImportState.CHECKED:
        raise ImportClosed
    if not sheet_import.ready:
        raise NothingToWrite
    if sheet_import.count(Outcome.REFUSED) and not takes_good_rows:
        raise FaultsLeft(count=sheet_import.count(Outcome.REFUSED))
    sheet_import.takes_good_rows = takes_good_rows
    sheet_import.state = ImportState.APPLYING
    job = start_job(
        "sheets.apply",
        actor=actor,
        now=now,
        unit_id=sheet_import.unit_id,
        params={"uuid": str(sheet_import.uuid)},
        title_params={"name": sheet_import.file_name},
        one_at_a_time=f"sheets.unit:{sheet_import.unit_id}",
    )
    sheet_import.job_uuid = job.uuid
    sheet_import.save(update_fields=["takes_good_rows", "state", "job_uuid"])
    return sheet_import


@transaction.atomic
def apply_import(
    *, actor: Actor, uuid: UUID, now: datetime, progress: Callable[[int, int], None]
) -> SheetImport:
    """Write a confirmed import into the records: one transaction, so all of it or nothing.

    Rows are compared anew first. Where a record changed since the check nothing is written.
    Run again after a crash, it does what it had not done; after it is done, nothing.

    :raises RecordsMoved: when records changed after the check
    """
    sheet_import = _lock(actor, uuid)
    if sheet_import.state != ImportState.APPLYING:
        return sheet_import
    rows = rows_of(sheet_import)
    planned = plan_rows(actor=actor, sheet_import=sheet_import, rows=rows, on=actor.today)
    _refuse_moved(rows, planned)
    wanted = [plan for plan in planned if plan.outcome in {Outcome.NEW, Outcome.CHANGED}]
    importer: Importer = importers.get(sheet_import.kind)
    importer.write(
        actor=actor,
        unit_id=sheet_import.unit_id,
        rows=wanted,
        on=actor.today,
        now=now,
        progress=lambda done: progress(done, len(wanted)),
    )
    sheet_import.state, sheet_import.ended_at = ImportState.DONE, now
    sheet_import.save(update_fields=["state", "ended_at"])
    record(
        audit_codes.APPLIED,
        actor=actor,
        at=now,
        target=sheet_import,
        unit_id=sheet_import.unit_id,
        details={
            "new": sheet_import.count(Outcome.NEW),
            "changed": sheet_import.count(Outcome.CHANGED),
            "unchanged": sheet_import.count(Outcome.UNCHANGED),
            "refused": sheet_import.count(Outcome.REFUSED),
        },
    )
    return sheet_import


@transaction.atomic
def recheck(*, actor: Actor, uuid: UUID, now: datetime) -> SheetImport:
    """Compare the list with the records as they stand now."""
    sheet_import = _lock_open(actor, uuid)
    check(actor=actor, sheet_import=sheet_import, on=actor.today, now=now)
    return sheet_import


def reopen_unwritten(*, uuid: UUID, problem: str) -> None:
    """Open an import again whose writing was refused or stopped; a step of the job's own end."""
    SheetImport.objects.unscoped(because="the job that was to write it has ended").filter(
        uuid=uuid, state=ImportState.APPLYING
    ).update(state=ImportState.FAILED, problem=problem[:300])


@transaction.atomic
def drop_import(*, actor: Actor, uuid: UUID, now: datetime) -> SheetImport:
    """Give an import up; its rows are deleted, the records were never touched."""
    sheet_import = _lock_open(actor, uuid)
    sheet_import.state, sheet_import.ended_at = ImportState.DROPPED, now
    sheet_import.save(update_fields=["state", "ended_at"])
    ImportRow.objects.unscoped(because="rows of an import that was reached through a scope").filter(
        sheet_import=sheet_import
    ).delete()
    record(
        audit_codes.DROPPED, actor=actor, at=now, target=sheet_import, unit_id=sheet_import.unit_id
    )
    return sheet_import


def _read(file: StoredFile) -> Workbook:
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix) as copy:
        with open_content(file) as content:
            shutil.copyfileobj(content, copy)
        copy.flush()
        return read_workbook(Path(copy.name))


def _recognise(importer: Importer, workbook: Workbook, unit_id: int) -> Recognized:
    memory = (
        ColumnMemory.objects.unscoped(because="the actor's reach on the unit is checked")
        .filter(unit_id=unit_id, kind=importer.code)
        .first()
    )
    found = recognise_all(workbook.sheets, importer.layouts, memory.matches if memory else None)
    if not found:
        raise NoHeader
    return found[0]


def _store(
    actor: Actor,
    importer: Importer,
    unit_id: int,
    file: StoredFile,
    recognized: Recognized,
    *,
    now: datetime,
) -> SheetImport:
    table = table_of(recognized)
    if not table.rows:
        raise NoRows
    if len(table.rows) > MOST_ROWS:
        raise TooManyRows(count=len(table.rows), limit=MOST_ROWS)
    sheet_import = SheetImport.objects.create(
        kind=importer.code,
        unit_id=unit_id,
        owner_id=actor.person_id,
        file=file,
        file_name=file.name,
        state=ImportState.MATCHING,
        layout=recognized.layout.code,
        sheet_name=recognized.sheet.name,
        header_rows=list(recognized.header_rows),
        columns=[
            {"index": column.index, "header": column.header, "field": column.field}
            for column in recognized.columns
        ],
        skipped_rows=[{"number": s.row.number, "reason": s.reason} for s in table.skipped],
        counts={"ALL": len(table.rows)},
        created_at=now,
    )
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                sheet_import=sheet_import,
                unit_id=unit_id,
                number=row.number,
                cells=[cell_text(cell) for cell in row.cells],
                outcome=Outcome.REFUSED,
            )
            for row in table.rows
        ],
        batch_size=1000,
    )
    return sheet_import


def _lock(actor: Actor, uuid: UUID) -> SheetImport:
    found = get_import_for(actor, uuid)
    return SheetImport.objects.visible_to(actor, importers.get(found.kind).permission).lock(
        found.pk
    )


def _lock_open(actor: Actor, uuid: UUID) -> SheetImport:
    sheet_import = _lock(actor, uuid)
    if not sheet_import.is_open:
        raise ImportClosed
    return sheet_import


def _row(sheet_import: SheetImport, number: int) -> ImportRow:
    row = (
        ImportRow.objects.unscoped(because="a row of an import that was reached through a scope")
        .filter(sheet_import=sheet_import, number=number)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def _refuse_twice(sheet_import: SheetImport, matches: Mapping[int, str]) -> None:
    layout = _layout(sheet_import)
    named = [name for name in matches.values() if name and name != IGNORED]
    for name in named:
        if name not in layout.by_name:
            raise NotFound
        if named.count(name) > 1:
            raise ColumnTwice(field=layout.by_name[name].label)


def _refuse_missing(sheet_import: SheetImport) -> None:
    layout = _layout(sheet_import)
    taken = {column["field"] for column in sheet_import.columns if column["field"]}
    missing = [
        str(item.label)
        for item in layout.fields
        if item.required
        and item.name not in taken
        and not (item.splits_into and taken.issuperset(item.splits_into))
    ]
    if missing:
        raise ColumnsMissing(fields=", ".join(missing))


def _layout(sheet_import: SheetImport) -> Layout:
    return recognized_of(sheet_import).layout


def _remember(sheet_import: SheetImport) -> None:
    memory, _created = ColumnMemory.objects.unscoped(
        because="the import was reached through a scope"
    ).get_or_create(unit_id=sheet_import.unit_id, kind=sheet_import.kind)
    memory.matches |= {
        header_key(column["header"]): column["field"] or IGNORED
        for column in sheet_import.columns
        if column["header"]
    }
    memory.save(update_fields=["matches"])


def _refuse_moved(rows: list[ImportRow], planned: list[PlannedRow]) -> None:
    """Raise where a row would now do something else than the person was shown."""
    before = {
        row.number: (row.outcome, row.target_id, row.target_version, row.changes) for row in rows
    }
    moved = sum(before[plan.number] != plan.footprint for plan in planned)
    if moved:
        raise RecordsMoved(count=moved)
