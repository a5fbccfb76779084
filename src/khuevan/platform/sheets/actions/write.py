"""From a confirmed list to the records: compared once more, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import following, record
from khuevan.platform.jobs.api import start_job
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.actions.doors import lock_import
from khuevan.platform.sheets.checking import check, moved_rows, plan_rows
from khuevan.platform.sheets.errors import (
    BeingWritten,
    FaultsLeft,
    ImportClosed,
    NamesSomebodyElse,
    NothingToWrite,
    RecordsMoved,
)
from khuevan.platform.sheets.importers import PlannedRow, importers
from khuevan.platform.sheets.models import ImportRow, ImportState, Outcome, SheetImport
from khuevan.platform.sheets.selectors import get_import_for, imports, rows_of

APPLY = "sheets.apply"
UNIT_LOCK = 7_204_130
ORDER_LOCK = 7_204_131
WRITTEN = {Outcome.NEW, Outcome.CHANGED}

Progress = Callable[[int, int], None]


@transaction.atomic
def confirm_import(
    *,
    actor: Actor,
    uuid: UUID,
    takes_good_rows: bool,
    now: datetime,
    is_own_list: bool = False,
) -> SheetImport:
    """Order the writing: in the background, all of it or nothing. A second press changes nothing.

    :raises NamesSomebodyElse: when it speaks of another school and nobody said that it is right
    :raises NothingToWrite: when no row adds or changes anything
    :raises FaultsLeft: when all rows are wanted and some are refused
    :raises RecordsMoved: when records changed after the check
    :raises BeingWritten: when another list writes some of the same rows
    """
    if (found := get_import_for(actor, uuid)).is_ordered:
        return found
    sheet_import = lock_import(actor, uuid)
    if sheet_import.is_ordered:
        return sheet_import
    if sheet_import.named_school and not is_own_list:
        raise NamesSomebodyElse(school=sheet_import.named_school)
    _accept(sheet_import, takes_good_rows=takes_good_rows)
    lock_unit(ORDER_LOCK, sheet_import.unit_id)
    rows = rows_of(sheet_import)
    planned = plan_rows(actor=actor, sheet_import=sheet_import, rows=rows, on=actor.today)
    refuse_moved(moved_rows(rows, planned))
    _refuse_being_written(actor, sheet_import, planned)
    job = start_job(
        APPLY,
        actor=actor,
        now=now,
        unit_id=sheet_import.unit_id,
        params={"uuid": str(sheet_import.uuid)},
        title_params={"name": sheet_import.file_name},
        one_at_a_time=f"sheets.unit:{sheet_import.unit_id}",
        url=reverse("sheets:import", args=[sheet_import.uuid]),
    )
    sheet_import.job_uuid = job.uuid
    sheet_import.save(update_fields=["takes_good_rows", "state", "problem", "job_uuid"])
    return sheet_import


@transaction.atomic
def apply_import(*, actor: Actor, uuid: UUID, now: datetime, progress: Progress) -> SheetImport:
    """Write a confirmed import into the records: one transaction, so all of it or nothing.

    Rows are compared anew first. Where a record changed since the check nothing is written.
    Run again after a crash, it does what it had not done; after it is done, nothing.

    :raises RecordsMoved: when records changed after the check
    """
    sheet_import = lock_import(actor, uuid)
    if sheet_import.state == ImportState.APPLYING:
        _write(actor, sheet_import, now=now, progress=progress)
    return sheet_import


@transaction.atomic
def write_import(
    *, actor: Actor, uuid: UUID, takes_good_rows: bool, now: datetime, progress: Progress
) -> SheetImport:
    """Confirm and write at once, in the caller's own time: for a program.

    :raises NothingToWrite: when no row adds or changes anything
    :raises FaultsLeft: when all rows are wanted and some are refused
    :raises RecordsMoved: when records changed after the check
    """
    sheet_import = lock_import(actor, uuid)
    if sheet_import.is_ordered:
        return sheet_import
    _accept(sheet_import, takes_good_rows=takes_good_rows)
    sheet_import.save(update_fields=["takes_good_rows", "state", "problem"])
    _write(actor, sheet_import, now=now, progress=progress)
    return sheet_import


@transaction.atomic
def reopen_import(*, actor: Actor, uuid: UUID, now: datetime) -> SheetImport:
    """Go on with the rows that had faults when the good ones were written, or with a list that
    was taken back.

    :raises ImportClosed: when no row is left
    """
    sheet_import = lock_import(actor, uuid)
    is_partial = sheet_import.state == ImportState.DONE and sheet_import.count(Outcome.REFUSED)
    if not (is_partial or sheet_import.state == ImportState.UNDONE) or not rows_of(sheet_import):
        raise ImportClosed
    check(actor=actor, sheet_import=sheet_import, now=now)
    return sheet_import


def reopen_unwritten(*, uuid: UUID, problem: str) -> None:
    """Open an import again whose writing was refused or stopped; a step of the job's own end."""
    SheetImport.objects.unscoped(because="the job that was to write it has ended").filter(
        uuid=uuid, state=ImportState.APPLYING
    ).update(state=ImportState.FAILED, problem=problem[:300])


def _accept(sheet_import: SheetImport, *, takes_good_rows: bool) -> None:
    """Move a checked import on to being written, unsaved."""
    if sheet_import.state != ImportState.CHECKED:
        raise ImportClosed
    if not sheet_import.ready:
        raise NothingToWrite
    if sheet_import.count(Outcome.REFUSED) and not takes_good_rows:
        raise FaultsLeft(count=sheet_import.count(Outcome.REFUSED))
    sheet_import.takes_good_rows = takes_good_rows
    sheet_import.state = ImportState.APPLYING
    sheet_import.problem = ""


def _write(actor: Actor, sheet_import: SheetImport, *, now: datetime, progress: Progress) -> None:
    """Write a list as it stands in its rows, compared once more."""
    lock_unit(UNIT_LOCK, sheet_import.unit_id)
    rows = rows_of(sheet_import)
    lock_records(sheet_import, rows)
    planned = plan_rows(actor=actor, sheet_import=sheet_import, rows=rows, on=actor.today)
    refuse_moved(moved_rows(rows, planned))
    write_planned(actor, sheet_import, planned, now=now, progress=progress)


def write_planned(
    actor: Actor,
    sheet_import: SheetImport,
    planned: Sequence[PlannedRow],
    *,
    now: datetime,
    progress: Progress,
) -> None:
    """Write what was planned under the unit's lock, and note the list as done: a step."""
    wanted = [plan for plan in planned if plan.outcome in WRITTEN]
    progress(0, len(wanted))
    with following() as spans:
        importers.get(sheet_import.kind).write(
            actor=actor,
            unit_id=sheet_import.unit_id,
            rows=wanted,
            promises=sheet_import.promised,
            on=sheet_import.on or actor.today,
            now=now,
            progress=lambda done: progress(done, len(wanted)),
        )
    sheet_import.written = [*sheet_import.written, *(span.to_data() for span in spans)]
    sheet_import.state, sheet_import.ended_at = ImportState.DONE, now
    sheet_import.save(update_fields=["state", "ended_at", "written"])
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


def lock_records(sheet_import: SheetImport, rows: Sequence[ImportRow]) -> None:
    """Hold the records that rows were compared with, so that nobody changes them between the
    comparison and the writing.
    """
    record_label = importers.get(sheet_import.kind).record
    keys = sorted({row.target_id for row in rows if row.target_id is not None})
    if not (record_label and keys):
        return
    manager: Any = apps.get_model(record_label)._default_manager
    known = manager.unscoped(because="the records that the list was compared with")
    found = known.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True, of=("self",))
    list(found.values_list("pk", flat=True))


def lock_unit(lock: int, unit_id: int) -> None:
    """Let one list of a unit be ordered, or written, at a time: by a page, a job or a command."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [lock, unit_id % 2**31])


def _refuse_being_written(
    actor: Actor, sheet_import: SheetImport, planned: Sequence[PlannedRow]
) -> None:
    """Raise where a list that waits or is being written holds some of these rows: told now, not
    when the second job fails.
    """
    same = imports(actor=actor).filter(
        unit_id=sheet_import.unit_id, kind=sheet_import.kind, state=ImportState.APPLYING
    )
    for other in same.exclude(pk=sheet_import.pk):
        taken = plan_rows(actor=actor, sheet_import=other, rows=rows_of(other), on=actor.today)
        names = set().union(*(_names(other, plan) for plan in taken))
        count = sum(not names.isdisjoint(_names(sheet_import, plan)) for plan in planned)
        if count:
            raise BeingWritten(
                count=count, file=other.file_name, who=other.owner or _("the system")
            )


def _names(sheet_import: SheetImport, plan: PlannedRow) -> set[Hashable]:
    """Return what a row that would be written is known by."""
    if plan.outcome not in WRITTEN:
        return set()
    if plan.target_id is not None:
        return {("target", plan.target_id)}
    return set(importers.get(sheet_import.kind).names(plan))


def refuse_moved(numbers: list[int]) -> None:
    """Raise where a row would now do something else than the person was shown."""
    if numbers:
        raise RecordsMoved(count=len(numbers))
