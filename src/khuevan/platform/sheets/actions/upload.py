"""Taking a spreadsheet in: read it, find its lists, check every row, keep file and rows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
    temporary_copy,
)
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.added import answer_columns, guess_added, width_of
from khuevan.platform.sheets.checking import check_new, keep_rows
from khuevan.platform.sheets.data_rows import Table, table_of
from khuevan.platform.sheets.errands import tell_followers
from khuevan.platform.sheets.errors import (
    NoRows,
    TooManyLists,
    TooManyRows,
)
from khuevan.platform.sheets.importers import Importer, importers
from khuevan.platform.sheets.layouts import Recognized
from khuevan.platform.sheets.misfits import require_fit
from khuevan.platform.sheets.models import (
    ColumnMemory,
    ImportRow,
    ImportState,
    Outcome,
    SheetImport,
)
from khuevan.platform.sheets.names import BESIDE, Beside
from khuevan.platform.sheets.parsing import cell_text
from khuevan.platform.sheets.reading import MEBIBYTE, Limits, Workbook, read_workbook
from khuevan.platform.sheets.recognition import recognize_all
from khuevan.platform.sheets.refusals import FileTooLarge
from khuevan.platform.sheets.whose import other_school
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


@dataclass(frozen=True, slots=True)
class Found:
    """A list in a file, recognized for a unit."""

    importer: Importer
    unit_id: int
    recognized: Recognized
    table: Table
    on: date | None = None
    """The day from which its rows count, where that is another one than today."""
    beside: Beside = ()
    """What other sheets of the file say of its words."""

    @property
    def is_unclear(self) -> bool:
        """Say whether a person must look at the columns first."""
        return bool(self.recognized.missing or self.recognized.ambiguous)


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
    with no_room_told():
        lists = lists_in(actor, kind, unit_id, read_upload(upload))
        with transaction.atomic(), storing(actor, upload, unit_id, now) as file:
            return [_take_in(actor, one, file, now=now) for one in lists]


def lists_in(
    actor: Actor, kind: str, unit_id: int, workbook: Workbook, on: date | None = None
) -> list[Found]:
    importer = importers.get(kind)
    if unit_id not in actor.reach(importer.permission, "school"):
        raise NotFound
    lists = _recognized(importer, workbook, unit_id)
    beside = importer.beside(workbook.sheets) if importer.beside else ()
    return [Found(importer, unit_id, recognized, table, on, beside) for recognized, table in lists]


def read_upload(upload: File[bytes], limits: Limits = LIMITS) -> Workbook:
    """Read an uploaded spreadsheet, which may lie in memory.

    :raises UnreadableFile: a subclass for each way a file can be wrong
    """
    if upload.size > limits.file:  # told before it is read; what is over it may not even be here
        raise FileTooLarge(size=-(-upload.size // MEBIBYTE), limit=limits.file // MEBIBYTE)
    if isinstance(upload, TemporaryUploadedFile):
        return read_workbook(Path(upload.temporary_file_path()), limits)
    with temporary_copy() as copy:
        upload.seek(0)
        shutil.copyfileobj(upload, copy)
        copy.flush()
        upload.seek(0)
        return read_workbook(Path(copy.name), limits)


def _recognized(
    importer: Importer, workbook: Workbook, unit_id: int
) -> list[tuple[Recognized, Table]]:
    """Return the recognized sheets that hold rows."""
    memory = (
        ColumnMemory.objects.unscoped(because="the actor's reach on the unit is checked")
        .filter(unit_id=unit_id, kind=importer.code)
        .first()
    )
    found = recognize_all(workbook.sheets, importer.layouts, memory.matches if memory else None)
    require_fit(importer, workbook.sheets, found)
    lists = [(one, table) for one in found if (table := table_of(one)).rows]
    if not lists:
        raise NoRows
    if len(lists) > MOST_LISTS:
        raise TooManyLists(count=len(lists), limit=MOST_LISTS)
    count = sum(len(table.rows) for _recognized, table in lists)
    if count > MOST_ROWS:
        raise TooManyRows(count=count, limit=MOST_ROWS)
    return lists


def _take_in(actor: Actor, found: Found, file: StoredFile, *, now: datetime) -> SheetImport:
    sheet_import, rows = build(actor, found, file.name, now=now)
    sheet_import.file = file
    sheet_import.save(force_insert=True)
    if found.is_unclear:
        keep_rows(rows)
    else:
        check_new(actor=actor, sheet_import=sheet_import, rows=rows, now=now)
    record(
        audit_codes.UPLOADED,
        actor=actor,
        at=now,
        target=sheet_import,
        unit_id=found.unit_id,
        details={"kind": found.importer.code, "rows": len(rows)},
    )
    tell_followers(actor, sheet_import, now)
    return sheet_import


def build(
    actor: Actor, found: Found, file_name: str, *, now: datetime
) -> tuple[SheetImport, list[ImportRow]]:
    """Return an import and its rows, unsaved."""
    recognized, table = found.recognized, found.table
    texts = [[cell_text(cell) for cell in row.cells] for row in table.rows]
    context = found.importer.context(actor, found.unit_id, found.on or actor.today, {})
    columns = [*_columns(recognized, texts), *guess_added(context, recognized, texts)]
    width = width_of(texts, [column["index"] for column in columns])
    columns += answer_columns(recognized.layout, set(recognized.matched), width)
    sheet_import = SheetImport(
        kind=found.importer.code,
        unit_id=found.unit_id,
        owner_id=actor.person_id,
        file_name=file_name,
        state=ImportState.MATCHING,
        layout=recognized.layout.code,
        sheet_name=recognized.sheet.name[:200],
        header_rows=list(recognized.header_rows),
        columns=columns,
        promised={BESIDE: [list(one) for one in found.beside]} if found.beside else {},
        skipped_rows=[{"number": s.row.number, "reason": s.reason} for s in table.skipped],
        counts={"ALL": len(table.rows)},
        named_school=_other_school(actor, found),
        on=found.on,
        created_at=now,
    )
    rows = [
        ImportRow(
            sheet_import=sheet_import,
            unit_id=found.unit_id,
            number=row.number,
            cells=cells,
            outcome=Outcome.REFUSED,
        )
        for row, cells in zip(table.rows, texts, strict=True)
    ]
    return sheet_import, rows


def _other_school(actor: Actor, found: Found) -> str:
    """Return the school that the rows above the table speak of, where it is another one."""
    titles = [cell for row in found.recognized.title_rows for cell in row.cells]
    said = [cell for cell in titles if isinstance(cell, str)]
    return other_school(found.unit_id, said, found.on or actor.today) if said else ""


def _columns(recognized: Recognized, texts: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Return the columns to store.

    One that also claimed a field says which, and one whose cells are lost says that it is unread.
    """
    filled = {index for cells in texts for index, text in enumerate(cells) if text}
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
            **({"unread": True} if column.is_unread and column.index in filled else {}),
        }
        for column in recognized.columns
    ]


@contextmanager
def storing(
    actor: Actor,
    upload: File[bytes],
    unit_id: int,
    now: datetime,
    *,
    kind: FileKind = UPLOADED_SHEET,
) -> Iterator[StoredFile]:
    """Keep the file while inside; its content goes again when what follows fails."""
    file = store_upload(actor=actor, upload=upload, kind=kind.code, now=now, unit_id=unit_id)
    try:
        yield file
    except BaseException:
        with suppress(OSError):
            default_storage.delete(file.path)
        raise


@contextmanager
def no_room_told() -> Iterator[None]:
    """Turn a full disk into its sentence, wherever it shows."""
    try:
        yield
    except Exception as error:
        if is_disk_full(error) and not isinstance(error, StorageFull):
            raise StorageFull from error
        raise
