"""Giving an import up, its marked copy, and forgetting what is old."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.actions.doors import lock_open
from khuevan.platform.sheets.actions.upload import KEPT
from khuevan.platform.sheets.models import ImportRow, ImportState, SheetImport
from khuevan.platform.sheets.selectors import REACHED


@transaction.atomic
def drop_import(*, actor: Actor, uuid: UUID, now: datetime) -> SheetImport:
    """Give an import up; its rows are deleted, the records were never touched."""
    sheet_import = lock_open(actor, uuid)
    sheet_import.state, sheet_import.ended_at = ImportState.DROPPED, now
    sheet_import.save(update_fields=["state", "ended_at"])
    ImportRow.objects.unscoped(because=REACHED).filter(sheet_import=sheet_import).delete()
    record(
        audit_codes.DROPPED, actor=actor, at=now, target=sheet_import, unit_id=sheet_import.unit_id
    )
    return sheet_import


@transaction.atomic
def note_marked_copy(*, actor: Actor, sheet_import: SheetImport, now: datetime) -> None:
    """Write down that somebody took the list with its faults marked out of the system."""
    record(
        audit_codes.MARKED,
        actor=actor,
        at=now,
        target=sheet_import,
        unit_id=sheet_import.unit_id,
        details={"rows": sheet_import.count("ALL")},
    )


@transaction.atomic
def forget_old_imports(*, now: datetime) -> int:
    """Delete the rows of imports as old as their files may become; return of how many."""
    old = SheetImport.objects.unscoped(because="old copies of data go, whoever they belong to")
    old = old.filter(created_at__lt=now - KEPT).exclude(state=ImportState.APPLYING)
    old.filter(state__in=(ImportState.MATCHING, ImportState.CHECKED, ImportState.FAILED)).update(
        state=ImportState.DROPPED, ended_at=now
    )
    held = old.filter(rows__isnull=False).distinct()
    numbers = list(held.values_list("pk", flat=True))
    ImportRow.objects.unscoped(because="old copies of data go, whoever they belong to").filter(
        sheet_import__in=numbers
    ).delete()
    return len(numbers)
