"""How the actions reach an import and lock it."""

from __future__ import annotations

from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.errors import ImportClosed
from khuevan.platform.sheets.models import ImportRow, ImportState, SheetImport
from khuevan.platform.sheets.selectors import REACHED, get_import_for, imports


def lock_import(actor: Actor, uuid: UUID) -> SheetImport:
    """Return an import in the actor's reach, locked."""
    return imports(actor=actor).select_for_update(no_key=True, of=("self",)).one(uuid)


def lock_open(actor: Actor, uuid: UUID) -> SheetImport:
    """Return an import whose rows may still be changed, locked.

    :raises ImportClosed: when it is being written or has ended; told without waiting for the lock
    """
    if not get_import_for(actor, uuid).is_open:
        raise ImportClosed
    sheet_import = lock_import(actor, uuid)
    if not sheet_import.is_open:
        raise ImportClosed
    return sheet_import


def lock_checked(actor: Actor, uuid: UUID) -> SheetImport:
    """Return an import whose rows were checked and may still be changed, locked.

    :raises ImportClosed: when its columns are still to be matched, or it has ended
    """
    sheet_import = lock_open(actor, uuid)
    if sheet_import.state == ImportState.MATCHING:
        raise ImportClosed
    return sheet_import


def row_of(sheet_import: SheetImport, number: int) -> ImportRow:
    """Return one row of a locked import or raise `NotFound`."""
    row = (
        ImportRow.objects.unscoped(because=REACHED)
        .filter(sheet_import=sheet_import, number=number)
        .first()
    )
    if row is None:
        raise NotFound
    return row
