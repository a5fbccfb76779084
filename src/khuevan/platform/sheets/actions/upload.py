"""Taking a spreadsheet in: read it, find its lists, check every row, keep file and rows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.platform.files.api import (
    TEXT,
    XLS,
    XLSX,
    FileKind,
    StorageFull,
    StoredFile,
    declare_kind,
    store_upload,
)
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.added import guess_added
from khuevan.platform.sheets.checking import BATCH, check_new
from khuevan.platform.sheets.data_rows import Table, table_of
from khuevan.platform.sheets.errors import NoHeader, NoRows, TooManyLists, TooManyRows
from khuevan.platform.sheets.importers import Importer, importers
from khuevan.platform.sheets.layouts import Recognized
from khuevan.platform.sheets.models import (
    ColumnMemory,
    ImportRow,
    ImportState,
    Outcome,
    SheetImport,
)
from khuevan.platform.sheets.parsing import cell_text
from khuevan.platform.sheets.reading import Limits, Workbook, read_workbook
from khuevan.platform.sheets.recognition import recognise_all
from khuevan.ui.errors import is_disk_full

KEPT = timedelta(days=90)
MOST_ROWS = 5000
MOST_LISTS = 60
LIMITS = Limits(seconds=40, rows=20_000, cells=1_000_000)
"""What one upload may cost: far more than it may hold, so that the refusal can count."""
UPLOADED_SHEET = declare_kind(
    FileKind("sheets.upload", "", types=(XLSX, XLS, TEXT), max_bytes=LIMITS.file, keep=KEPT)
)
"""Opens to whoever uploaded it; others of the unit get the marked copy, through the import."""


def upload_sheets(
    *, actor: Actor, kind: str, unit_id: int, upload: File[bytes], now: datetime
) -> list[SheetImport]:
    """Take in a spreadsheet for a unit and return one import for each list in it, in order.

    :raises UnreadableFile: a subclass for each way a file can be wrong
    :raises NoHeader: when no sheet looks like the list
    :raises NoRows: when there is no data below the header
    :raises TooManyRows: when there are more rows than a person can wait for
    :raises StorageFull: when there is no room for it
    """
    importer = importers.get(kind)
    if unit_id not in actor.reach(importer.permission, "school"):
        raise NotFound
    with _no_room_told():
        lists = _lists_of(importer, _read(upload), unit_id)
        with transaction.atomic(), _storing(actor, upload, unit_id, now) as file:
            return [
                _take_in(actor, importer, unit_id, file, recognized, table, now=now)
                for recognized, table in lists
            ]


def _read(upload: File[bytes]) -> Workbook:
    if isinstance(upload, TemporaryUploadedFile):
        return read_workbook(Path(upload.temporary_file_path()), LIMITS)
    with tempfile.NamedTemporaryFile() as copy:
        upload.seek(0)
        shutil.copyfileobj(upload, copy)
        copy.flush()
        upload.seek(0)
        return read_workbook(Path(copy.name), LIMITS)


def _lists_of(
    importer: Importer, workbook: Workbook, unit_id: int
) -> list[tuple[Recognized, Table]]:
    """Return the recognized sheets that hold rows."""
    memory = (
        ColumnMemory.objects.unscoped(because="the actor's reach on the unit is checked")
        .filter(unit_id=unit_id, kind=importer.code)
        .first()
    )
    found = recognise_all(workbook.sheets, importer.layouts, memory.matches if memory else None)
    if not found:
        raise NoHeader
    lists = [(one, table) for one in found if (table := table_of(one)).rows]
    if not lists:
        raise NoRows
    if len(lists) > MOST_LISTS:
        raise TooManyLists(count=len(lists), limit=MOST_LISTS)
    count = sum(len(table.rows) for _recognized, table in lists)
    if count > MOST_ROWS:
        raise TooManyRows(count=count, limit=MOST_ROWS)
    return lists


def _take_in(
    actor: Actor,
    importer: Importer,
    unit_id: int,
    file: StoredFile,
    recognized: Recognized,
    table: Table,
    *,
    now: datetime,
) -> SheetImport:
    texts = [[cell_text(cell) for cell in row.cells] for row in table.rows]
    columns = _columns(recognized)
    added = guess_added(importer.context(actor, unit_id, actor.today), recognized, texts)
    sheet_import = SheetImport.objects.create(
        kind=importer.code,
        unit_id=unit_id,
        owner_id=actor.person_id,
        file=file,
        file_name=file.name,
        state=ImportState.MATCHING,
        layout=recognized.layout.code,
        sheet_name=recognized.sheet.name[:200],
        header_rows=list(recognized.header_rows),
        columns=[*columns, *added],
        skipped_rows=[{"number": s.row.number, "reason": s.reason} for s in table.skipped],
        counts={"ALL": len(table.rows)},
        created_at=now,
    )
    rows = [
        ImportRow(
            sheet_import=sheet_import,
            unit_id=unit_id,
            number=row.number,
            cells=cells,
            outcome=Outcome.REFUSED,
        )
        for row, cells in zip(table.rows, texts, strict=True)
    ]
    if recognized.missing or recognized.ambiguous:
        ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    else:
        check_new(actor=actor, sheet_import=sheet_import, rows=rows, now=now)
    record(
        audit_codes.UPLOADED,
        actor=actor,
        at=now,
        target=sheet_import,
        unit_id=unit_id,
        details={"kind": importer.code, "rows": len(rows)},
    )
    return sheet_import


def _columns(recognized: Recognized) -> list[dict[str, Any]]:
    """Return the columns to store; one that also claimed a field says which."""
    also = {
        column.index: name
        for name, claimants in recognized.ambiguous
        for column in claimants
        if recognized.matched[name].index != column.index
    }
    return [
        {
            "index": column.index,
            "header": column.header[:200],
            "field": column.field,
            **({"also": also[column.index]} if column.index in also else {}),
        }
        for column in recognized.columns
    ]


@contextmanager
def _storing(
    actor: Actor, upload: File[bytes], unit_id: int, now: datetime
) -> Iterator[StoredFile]:
    """Keep the file while inside; its content goes again when what follows fails."""
    file = store_upload(
        actor=actor, upload=upload, kind=UPLOADED_SHEET.code, now=now, unit_id=unit_id
    )
    try:
        yield file
    except BaseException:
        with suppress(OSError):
            default_storage.delete(file.path)
        raise


@contextmanager
def _no_room_told() -> Iterator[None]:
    """Turn a full disk into its sentence, wherever it shows."""
    try:
        yield
    except Exception as error:
        if is_disk_full(error) and not isinstance(error, StorageFull):
            raise StorageFull from error
        raise
