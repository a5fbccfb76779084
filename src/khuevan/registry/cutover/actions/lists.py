"""Which lists of the import wizard count in with a move-over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.api import SheetImport, imports
from khuevan.registry.cutover import audit_codes
from khuevan.registry.cutover.actions.doors import lock_live, note, reopen
from khuevan.registry.cutover.models import LIVE, Cutover, CutoverList
from khuevan.registry.cutover.steps import KINDS

UPLOADED = "a list that its uploader loads for the school joins the move-over that goes on there"


def join_live(actor: Actor, sheet_import: SheetImport, now: datetime) -> None:
    """Count a list in that was just loaded for a school which moves over; a step of the upload."""
    if sheet_import.kind not in KINDS:
        return
    rows = Cutover.objects.unscoped(because=UPLOADED)
    cutover = (
        rows.filter(school_id=sheet_import.unit_id, state__in=LIVE)
        .select_for_update(no_key=True)
        .first()
    )
    if cutover is not None:
        _join(actor, cutover, sheet_import, now)


@transaction.atomic
def count_in(*, actor: Actor, uuid: UUID, sheet_import: UUID, now: datetime) -> Cutover:
    """Count a list in that was loaded for the school before the move-over began.

    :raises NotFound: when the school has no such list
    :raises NotLive: when the move-over is finished
    """
    cutover = lock_live(actor, uuid)
    found = imports(actor=actor).one(sheet_import)
    if found.unit_id != cutover.school_id or found.kind not in KINDS:
        raise NotFound
    if not _lists(cutover).filter(sheet_import=found).exists():
        _join(actor, cutover, found, now)
    return cutover


@transaction.atomic
def leave_out(*, actor: Actor, uuid: UUID, sheet_import: UUID, now: datetime) -> Cutover:
    """Count a list no longer in; the list itself stays as it is.

    :raises NotFound: when it is none of the move-over's
    :raises NotLive: when the move-over is finished
    """
    cutover = lock_live(actor, uuid)
    row = _lists(cutover).filter(sheet_import__uuid=sheet_import).first()
    if row is None:
        raise NotFound
    row.delete()
    reopen(cutover)
    note(audit_codes.LIST_LEFT, cutover, actor=actor, now=now, file=row.file_name)
    return cutover


def _lists(cutover: Cutover):  # type: ignore[no-untyped-def]
    return CutoverList.objects.unscoped(because="of a move-over locked through a scope").filter(
        cutover=cutover
    )


def _join(actor: Actor, cutover: Cutover, sheet_import: SheetImport, now: datetime) -> None:
    CutoverList(
        cutover=cutover,
        sheet_import=sheet_import,
        kind=sheet_import.kind,
        file_name=sheet_import.file_name,
        sha256=sheet_import.file.sha256 if sheet_import.file else "",
    ).save(force_insert=True)
    reopen(cutover)
    note(audit_codes.LIST_JOINED, cutover, actor=actor, now=now, file=sheet_import.file_name)
