"""A spreadsheet straight into the records: compared and written under one lock, for a program.

Nobody looks between the check and the writing, so the rows are compared once, in the transaction
that writes them and after the unit's lock was taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.platform.files.api import StoredFile
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.actions.upload import Found, build, lists_in, no_room_told, storing
from khuevan.platform.sheets.actions.write import (
    UNIT_LOCK,
    lock_records,
    lock_unit,
    refuse_moved,
    write_planned,
)
from khuevan.platform.sheets.added import fill
from khuevan.platform.sheets.checking import (
    LACKS_ZEROS,
    ZEROS_RESTORED,
    counts_of,
    keep_rows,
    look_over,
    measured,
    moved_rows,
    plan_rows,
    put_zeros_back,
    store_plans,
)
from khuevan.platform.sheets.errands import tell_followers
from khuevan.platform.sheets.errors import ColumnsAlike, NoColumn
from khuevan.platform.sheets.importers import PlannedRow
from khuevan.platform.sheets.models import ImportRow, ImportState, Outcome, SheetImport
from khuevan.platform.sheets.reading import Workbook


@dataclass(frozen=True, slots=True)
class Order:
    """What is to become of a file, by whom."""

    actor: Actor
    kind: str
    now: datetime
    on: date | None = None
    is_check: bool = False
    """Say what would happen, and write nothing."""
    takes_good_rows: bool = False
    restores_zeros: bool = False
    """Put back the zeros that a spreadsheet took off, as the page does in one press."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A list that was compared with the records."""

    sheet_import: SheetImport
    rows: list[ImportRow]
    planned: list[PlannedRow]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the lists of a file would do, and whether they did it."""

    lists: list[Checked]
    is_written: bool

    def count(self, name: str) -> int:
        """Return how many rows there are of a group, in all lists together."""
        return sum(one.sheet_import.count(name) for one in self.lists)

    @property
    def uuids(self) -> list[str]:
        """Return the numbers of the lists that were written, under which they can be taken back."""
        lists = [one.sheet_import for one in self.lists]
        return [str(one.uuid) for one in lists if one.state == ImportState.DONE]


def check_sheets(order: Order, *, unit_id: int, workbook: Workbook) -> list[Checked]:
    """Compare the lists of a file with the records, and keep nothing.

    :raises DomainError: as for `load_sheets`
    """
    found = lists_in(order.actor, order.kind, unit_id, workbook, order.on)
    return [_compared(order, one) for one in found]


def load_sheets(order: Order, *, unit_id: int, workbook: Workbook, upload: File[bytes]) -> Loaded:
    """Compare the lists of a file with the records and write them: all lists of it, or none.

    Without an order to write, with a fault where all rows are wanted, or with nothing new in it
    the file is not kept either.

    :raises NoHeader, NoRows, TooManyRows: as for `upload_sheets`
    :raises NoColumn: when a required field has no column, and neither sheet nor titles tell it
    :raises ColumnsAlike: when two columns may be the same field
    :raises RecordsMoved: when a list of the file says otherwise than one before it
    """
    with no_room_told(), transaction.atomic():
        if not order.is_check:
            lock_unit(UNIT_LOCK, unit_id)
        loaded = Loaded(check_sheets(order, unit_id=unit_id, workbook=workbook), is_written=False)
        if not _may_write(order, loaded):
            return loaded
        with storing(order.actor, upload, unit_id, order.now) as file:
            for place, one in enumerate(loaded.lists):
                _keep(order, one, file)
                if one.sheet_import.ready:
                    _write(order, one, is_first=not place)
    return Loaded(loaded.lists, is_written=True)


def write_sheet(order: Order, *, unit_id: int, workbook: Workbook) -> Checked:
    """Compare the one list of a workbook and write its good rows, inside the caller's transaction.

    Nothing is kept of the file; `keep_file` does that when the whole work stands.

    :raises DomainError: as for `load_sheets`
    """
    lock_unit(UNIT_LOCK, unit_id)
    (checked,) = check_sheets(order, unit_id=unit_id, workbook=workbook)
    if checked.sheet_import.ready:
        _keep(order, checked, None)
        _write(order, checked, is_first=True)
    return checked


def keep_file(order: Order, checked: Checked, upload: File[bytes]) -> None:
    """Keep the file of a list that was written."""
    one = checked.sheet_import
    with storing(order.actor, upload, one.unit_id, order.now) as file:
        one.file, one.file_name = file, file.name
        one.save(update_fields=["file", "file_name"])


def _may_write(order: Order, loaded: Loaded) -> bool:
    is_faulty = bool(loaded.count(Outcome.REFUSED))
    is_wanted = order.takes_good_rows or not is_faulty
    return not order.is_check and is_wanted and any(one.sheet_import.ready for one in loaded.lists)


def _compared(order: Order, found: Found) -> Checked:
    for name, claimants in found.recognized.ambiguous:
        told = ", ".join(f"{one.letter} “{one.header}”" for one in claimants)
        raise ColumnsAlike(columns=told, field=found.recognized.layout.by_name[name].label)
    sheet_import, rows = build(order.actor, found, "", now=order.now)
    given = {column["field"]: column for column in sheet_import.columns if column.get("value")}
    if missing := [item for item in found.recognized.missing if item.name not in given]:
        raise NoColumn(fields=", ".join(str(item.label) for item in missing))
    for row in rows:
        for column in given.values():  # such as the class that the sheet is called by
            fill(row.cells, column)
    planned = look_over(actor=order.actor, sheet_import=sheet_import, rows=rows)
    store_plans(rows, planned)
    restored = _restored(sheet_import, rows, planned) if order.restores_zeros else 0
    if restored:
        planned = look_over(actor=order.actor, sheet_import=sheet_import, rows=rows)
        store_plans(rows, planned)
    sheet_import.counts = counts_of(rows) | ({ZEROS_RESTORED: restored} if restored else {})
    sheet_import.effects = measured(sheet_import, planned)
    return Checked(sheet_import, rows, planned)


def _restored(
    sheet_import: SheetImport, rows: Sequence[ImportRow], planned: Sequence[PlannedRow]
) -> int:
    """Put the lost zeros back and return in how many cells."""
    lost = counts_of(rows).get(LACKS_ZEROS, 0)
    refused = {plan.number for plan in planned if plan.outcome == Outcome.REFUSED}
    put_zeros_back(row for row in rows if row.number in refused)
    return lost


def _plan(order: Order, sheet_import: SheetImport, rows: Sequence[ImportRow]) -> list[PlannedRow]:
    actor = order.actor
    return plan_rows(actor=actor, sheet_import=sheet_import, rows=rows, on=actor.today)


def _keep(order: Order, checked: Checked, file: StoredFile | None) -> None:
    """Save a list and its rows, so that what was loaded can be looked up."""
    one = checked.sheet_import
    one.file, one.file_name = file, file.name if file else ""
    one.state, one.checked_at = ImportState.CHECKED, order.now
    one.takes_good_rows = order.takes_good_rows
    one.save(force_insert=True)
    keep_rows(checked.rows)
    record(
        audit_codes.UPLOADED,
        actor=order.actor,
        at=order.now,
        target=one,
        unit_id=one.unit_id,
        details={"kind": order.kind, "rows": len(checked.rows)},
    )
    tell_followers(order.actor, one, order.now)


def _write(order: Order, checked: Checked, *, is_first: bool) -> None:
    """Write a list.

    One that follows another of the file, or changes records, is compared once more: with what the
    other wrote, and while the records are held.
    """
    planned = checked.planned
    if not is_first or checked.sheet_import.count(Outcome.CHANGED):
        lock_records(checked.sheet_import, checked.rows)
        planned = _plan(order, checked.sheet_import, checked.rows)
        refuse_moved(moved_rows(checked.rows, planned))
    write_planned(
        order.actor, checked.sheet_import, planned, now=order.now, progress=lambda *_: None
    )
