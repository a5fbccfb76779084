"""Mending a checked list: a cell, a row, what the unit lacks; all rows are compared each time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.actions.doors import lock_checked, lock_open, row_of
from khuevan.platform.sheets.checking import check, put_zeros_back, save_rows
from khuevan.platform.sheets.importers import Remedy, importers
from khuevan.platform.sheets.models import SheetImport
from khuevan.platform.sheets.parsing import cell_text
from khuevan.platform.sheets.remedies import offer_of
from khuevan.platform.sheets.selectors import refused_rows

LONGEST_CELL = 500


@transaction.atomic
def fix_cell(
    *, actor: Actor, uuid: UUID, number: int, column: int, text: str, now: datetime
) -> SheetImport:
    """Write another text into one cell of the uploaded list (not into the file) and check again."""
    sheet_import = lock_checked(actor, uuid)
    if column not in {known["index"] for known in sheet_import.columns}:
        raise NotFound
    row = row_of(sheet_import, number)
    row.cells += [""] * (column + 1 - len(row.cells))
    row.cells[column] = cell_text(text)[:LONGEST_CELL]
    row.is_left_out = False
    row.save(update_fields=["cells", "is_left_out"])
    check(actor=actor, sheet_import=sheet_import, now=now)
    return sheet_import


@transaction.atomic
def add_zeros(*, actor: Actor, uuid: UUID, now: datetime) -> SheetImport:
    """Put back the zeros that a spreadsheet took off, wherever a row denies nothing of it."""
    sheet_import = lock_checked(actor, uuid)
    if mended := put_zeros_back(refused_rows(sheet_import)):
        save_rows(mended, ["cells"])
        check(actor=actor, sheet_import=sheet_import, now=now)
    return sheet_import


@transaction.atomic
def leave_out(
    *, actor: Actor, uuid: UUID, number: int, is_left_out: bool, now: datetime
) -> SheetImport:
    """Leave a row out, or take it back in, and check again."""
    sheet_import = lock_checked(actor, uuid)
    row = row_of(sheet_import, number)
    row.is_left_out = is_left_out
    row.save(update_fields=["is_left_out"])
    check(actor=actor, sheet_import=sheet_import, now=now)
    return sheet_import


@transaction.atomic
def promise_remedy(*, actor: Actor, uuid: UUID, code: str, now: datetime) -> SheetImport:
    """Promise what the unit lacks, as offered for the rows as they stand, and check again.

    Nothing is added before the list is written. A second press finds nothing lacking.
    """
    sheet_import = lock_checked(actor, uuid)
    remedy = _remedy_of(actor, sheet_import, code)
    offer = offer_of(remedy, actor=actor, sheet_import=sheet_import)
    if offer is not None:
        kept = sheet_import.promised.get(code, [])
        sheet_import.promised = {**sheet_import.promised, code: [*kept, *offer.items]}
        _recheck_promised(actor, sheet_import, now)
    return sheet_import


@transaction.atomic
def withdraw_remedy(*, actor: Actor, uuid: UUID, code: str, now: datetime) -> SheetImport:
    """Take a promise back, and check again."""
    sheet_import = lock_checked(actor, uuid)
    _remedy_of(actor, sheet_import, code)
    if code in sheet_import.promised:
        sheet_import.promised = {k: v for k, v in sheet_import.promised.items() if k != code}
        _recheck_promised(actor, sheet_import, now)
    return sheet_import


@transaction.atomic
def recheck(*, actor: Actor, uuid: UUID, now: datetime, problem: str = "") -> SheetImport:
    """Compare the list with the records as they stand now, and mark the rows that turn out anew."""
    sheet_import = lock_open(actor, uuid)
    check(actor=actor, sheet_import=sheet_import, now=now, marks_moved=True, problem=problem)
    return sheet_import


def _remedy_of(actor: Actor, sheet_import: SheetImport, code: str) -> Remedy:
    """Return a remedy of the list's kind that the actor may take, or raise `NotFound`."""
    known = {remedy.code: remedy for remedy in importers.get(sheet_import.kind).remedies}
    remedy = known.get(code)
    if remedy is None or sheet_import.unit_id not in actor.reach(remedy.permission, "school"):
        raise NotFound
    return remedy


def _recheck_promised(actor: Actor, sheet_import: SheetImport, now: datetime) -> None:
    sheet_import.save(update_fields=["promised"])
    check(actor=actor, sheet_import=sheet_import, now=now)
