"""A whole zip of lists taken back: each file on its own, and what stays says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.api import record
from khuevan.platform.jobs.api import start_job
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.actions.bundles import (
    LONGEST_REFUSAL,
    WORK,
    Step,
    bundle_kinds,
    counts_of_files,
)
from khuevan.platform.sheets.actions.undo import undo_import
from khuevan.platform.sheets.errors import BundleNotWritten, NotUndoable
from khuevan.platform.sheets.many import Progress
from khuevan.platform.sheets.models import (
    Bundle,
    BundleFile,
    BundleFileState,
    BundleState,
    ImportState,
    SheetImport,
)
from khuevan.platform.sheets.permissions import UNDO_IMPORTS

UNDO_BUNDLE = "sheets.bundle_undo"
IN_RECORDS = (BundleFileState.WRITTEN, BundleFileState.PARTLY, BundleFileState.KEPT)
"""Files of which something is in the records."""
ENDED = (BundleState.DONE, BundleState.STOPPED)


@dataclass(frozen=True, slots=True)
class Written:
    """What of a zip is in the records."""

    files: int
    new: int
    changed: int


def written_of(bundle: Bundle) -> Written:
    """Return what of a zip is in the records."""
    files = _written_files(bundle)
    sums = files.order_by().aggregate(new=Sum("new"), changed=Sum("changed"))
    return Written(files.count(), sums["new"] or 0, sums["changed"] or 0)


def undoable_bundle(actor: Actor, uuid: UUID) -> Bundle:
    """Return a zip whose written files the actor may take back.

    :raises NotFound: when the actor may not
    :raises BundleNotWritten: when nothing of it is in the records, or work on it goes on
    """
    return _undoable(Bundle.objects.visible_to(actor, UNDO_IMPORTS), actor, uuid)


@transaction.atomic
def order_bundle_undo(*, actor: Actor, uuid: UUID, now: datetime) -> Bundle:
    """Order that the files of a zip be taken back, the one written last first.

    :raises NotFound: when the actor may not
    :raises BundleNotWritten: when nothing of it is in the records, or work on it goes on
    """
    reached = Bundle.objects.visible_to(actor, UNDO_IMPORTS).select_for_update()
    bundle = _undoable(reached, actor, uuid)
    job = start_job(
        UNDO_BUNDLE,
        actor=actor,
        now=now,
        unit_id=bundle.unit_id,
        params={"uuid": str(bundle.uuid), "state": bundle.state},
        title_params={"name": bundle.file_name},
        one_at_a_time=f"sheets.bundle:{bundle.unit_id}",
        url=reverse("sheets:bundle", args=[bundle.uuid]),
    )
    bundle.job_uuid, bundle.state, bundle.problem = job.uuid, BundleState.UNDOING, ""
    bundle.save(update_fields=["job_uuid", "state", "problem"])
    record(
        audit_codes.MANY_UNDOING,
        actor=actor,
        at=now,
        target=bundle,
        unit_id=bundle.unit_id,
        details={"kind": bundle.kind, "files": _written_files(bundle).count()},
    )
    return bundle


def undo_bundle(
    *, actor: Actor, uuid: UUID, state: str, now: datetime, step: Step, progress: Progress
) -> Bundle:
    """Take the files of a zip back, each with its row in a step of its own.

    Run again after a crash, it does what it had not done; after it is done, nothing.
    """
    bundle = _ordered(uuid)
    if bundle.state != BundleState.UNDOING:
        return bundle
    keys = list(_written_files(bundle).order_by("-number").values_list("pk", flat=True))
    for done, key in enumerate(keys, start=1):
        with step():
            _take_back(actor, _every_file(bundle).get(pk=key), now=now)
        progress(done, len(keys))
    with step():
        leave_bundle(uuid=uuid, state=state, problem="", now=now)
    bundle.refresh_from_db()
    return bundle


def leave_bundle(*, uuid: UUID, state: str, problem: str, now: datetime) -> None:
    """Note that the taking back has ended; a step of the job's own end."""
    bundle = _ordered(uuid)
    if bundle.state != BundleState.UNDOING:
        return
    is_left = _written_files(bundle).exists()
    bundle.state = BundleState(state) if is_left else BundleState.UNDONE
    bundle.problem, bundle.ended_at = problem[:LONGEST_REFUSAL], now
    bundle.counts = counts_of_files(bundle)
    bundle.save(update_fields=["state", "problem", "ended_at", "counts"])


def _take_back(actor: Actor, file: BundleFile, *, now: datetime) -> None:
    """Take a file's lists back, all of them or none, and note in its row what came of it."""
    wrote = SheetImport.objects.unscoped(because=WORK).filter(uuid__in=file.lists).order_by("-pk")
    at = ""
    try:
        with transaction.atomic():
            for one in wrote:
                at = str(one.uuid)
                if one.state != ImportState.UNDONE:  # its own page took it back before
                    undo_import(actor=actor, uuid=one.uuid, now=now)
            if not at:  # the lists are forgotten, and with them what they wrote
                raise NotUndoable
    except DomainError as refusal:
        file.state, file.refusal = BundleFileState.KEPT, str(refusal)[:LONGEST_REFUSAL]
        file.lists = [at, *(uuid for uuid in file.lists if uuid != at)] if at else file.lists
    else:
        file.state, file.refusal = BundleFileState.UNDONE, ""
    file.save(update_fields=["state", "refusal", "lists"])


def _undoable(bundles: ScopedQuerySet[Bundle], actor: Actor, uuid: UUID) -> Bundle:
    bundle = bundles.one(uuid)
    if bundle.kind not in {one.code for one in bundle_kinds(actor, bundle.unit_id)}:
        raise NotFound
    if bundle.state not in ENDED or not _written_files(bundle).exists():
        raise BundleNotWritten
    return bundle


def _ordered(uuid: UUID) -> Bundle:
    because = "the job takes back the zip it was ordered for"
    return Bundle.objects.unscoped(because=because).get(uuid=uuid)


def _every_file(bundle: Bundle) -> ScopedQuerySet[BundleFile]:
    return BundleFile.objects.unscoped(because=WORK).filter(bundle=bundle)


def _written_files(bundle: Bundle) -> ScopedQuerySet[BundleFile]:
    return _every_file(bundle).filter(state__in=IN_RECORDS).exclude(lists=[])
