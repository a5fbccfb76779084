"""A zip of many schools' lists: taken in by an office, then loaded file by file in the background.

Each file is written or refused on its own, together with the row that says so: whatever ends the
work, the rows tell what is left.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.api import record
from khuevan.platform.files.api import (
    MEGABYTE,
    ZIP,
    FileGone,
    FileKind,
    StoredFile,
    declare_kind,
    open_content,
    temporary_copy,
)
from khuevan.platform.jobs.api import start_job
from khuevan.platform.organizations.api import OrgUnit, UnitKind
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.actions.straight import Loaded, Order
from khuevan.platform.sheets.actions.upload import KEPT, no_room_told, storing
from khuevan.platform.sheets.actions.write import lock_unit
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.errors import BundleClosed, BundleNotChecked, BundleRunning
from khuevan.platform.sheets.importers import Importer, day_in_year, importers
from khuevan.platform.sheets.many import FileResult, Progress, Run
from khuevan.platform.sheets.mishaps import ProgramFault
from khuevan.platform.sheets.models import (
    Bundle,
    BundleFile,
    BundleFileState,
    BundleMode,
    BundleState,
    Outcome,
)
from khuevan.platform.sheets.permissions import LOAD_MANY
from khuevan.platform.sheets.sources import Source, sources_in

LOAD_BUNDLE = "sheets.bundle"
BUNDLE_LOCK = 7_204_132
MOST_KEPT = 500
"""Faults kept of a file; how many there are in all is told."""
LONGEST_NAME, LONGEST_REFUSAL = 500, 500
BATCH = 500
WORK = "the file belongs to a bundle that was reached through a scope"
ROUTES = ("imports/many/", "api/v1/imports/many")
UPLOADED_BUNDLE = declare_kind(
    FileKind(
        "sheets.bundle",
        "",
        types=(ZIP,),
        max_bytes=200 * MEGABYTE,
        routes=ROUTES,
        brought_with=LOAD_MANY,
        keep=KEPT,
    )
)
"""Opens to whoever uploaded it."""

Step = Callable[[], AbstractContextManager[None]]


def bundle_kinds(actor: Actor, unit_id: int) -> list[Importer]:
    """Return the kinds of lists that the actor may load for every school of an office.

    :raises NotFound: when the unit is no office, or not one the actor loads lists of many for
    """
    office = OrgUnit.objects.get(pk=unit_id)
    if office.kind == UnitKind.SCHOOL or unit_id not in actor.reach(LOAD_MANY, "school"):
        raise NotFound
    return [one for one in importers if unit_id in actor.reach(one.permission, "school")]


def take_in_bundle(
    *,
    actor: Actor,
    kind: str,
    unit_id: int,
    mode: str,
    upload: File[bytes],
    now: datetime,
    year: str = "",
) -> Bundle:
    """Keep a zip of lists and order that its files be loaded, one after the other.

    :raises DomainError: when no such academic year is known
    :raises NotFound: when the actor may not load such lists for the office
    :raises WrongFileType, FileTooLarge, FileEmpty, StorageFull: when it can't be kept
    :raises NoFiles, TooManyFiles, BrokenArchive: when it holds no files, or too many
    :raises BundleRunning: while another one of the office is loaded
    """
    if kind not in {one.code for one in bundle_kinds(actor, unit_id)}:
        raise NotFound
    day_in_year(actor, year)
    with (
        no_room_told(),
        transaction.atomic(),
        storing(actor, upload, unit_id, now, kind=UPLOADED_BUNDLE) as file,
    ):
        _refuse_second(unit_id)
        with unpackable(file) as path:
            sources = sources_in(path, is_archive=True)
        bundle = Bundle.objects.create(
            kind=kind,
            unit_id=unit_id,
            owner_id=actor.person_id,
            file=file,
            file_name=file.name,
            mode=BundleMode(mode),
            year=year,
            state=BundleState.RUNNING,
            created_at=now,
        )
        BundleFile.objects.unscoped(because=WORK).bulk_create(
            [_row(bundle, number, one) for number, one in enumerate(sources)], batch_size=BATCH
        )
        _note_order(actor, bundle, files=len(sources), now=now)
        return _start(actor, bundle, now)


@transaction.atomic
def write_checked_bundle(*, actor: Actor, uuid: UUID, mode: str, now: datetime) -> Bundle:
    """Write a zip that was checked, from the archive that is kept: every file is compared anew.

    :raises BundleNotChecked: when it was not checked alone, or the archive was forgotten
    :raises BundleRunning: while another one of the office is loaded
    """
    bundle = _loadable(actor, uuid)
    if not bundle.may_be_written or mode == BundleMode.CHECK:
        raise BundleNotChecked
    _refuse_second(bundle.unit_id)
    files = _files(bundle)
    files.update(
        state=BundleFileState.WAITING, faults=[], fault_count=0, refusal="", lists=[], schools=0,
        new=0, changed=0, unchanged=0, refused=0, school=None,
    )  # fmt: skip
    bundle.mode, bundle.state, bundle.ended_at = BundleMode(mode), BundleState.RUNNING, None
    bundle.save(update_fields=["mode"])
    _note_order(actor, bundle, files=files.count(), now=now)
    return _start(actor, bundle, now)


@transaction.atomic
def go_on_with_bundle(*, actor: Actor, uuid: UUID, now: datetime) -> Bundle:
    """Load the files that are left of a bundle that was stopped.

    :raises BundleClosed: when none is left, or the archive was forgotten
    :raises BundleRunning: while another one of the office is loaded
    """
    bundle = _loadable(actor, uuid)
    left = _files(bundle).filter(state=BundleFileState.WAITING)
    if bundle.state != BundleState.STOPPED or bundle.file is None or not left.exists():
        raise BundleClosed
    _refuse_second(bundle.unit_id)
    bundle.state, bundle.problem, bundle.ended_at = BundleState.RUNNING, "", None
    return _start(actor, bundle, now)


def load_bundle(
    *, actor: Actor, uuid: UUID, now: datetime, step: Step, progress: Progress
) -> Bundle:
    """Load the files of a bundle that are left, each inside a step of its own.

    Run again after a crash, it does what it had not done; after it is done, nothing.
    """
    bundle = _bundle(uuid)
    if bundle.state != BundleState.RUNNING:
        return bundle
    kinds = {one.code: one for one in bundle_kinds(actor, bundle.unit_id)}
    if bundle.kind not in kinds:
        raise NotFound
    if bundle.file is None:
        raise FileGone
    waiting = _files(bundle).filter(state=BundleFileState.WAITING).order_by("number")
    left = dict(waiting.values_list("number", "pk"))
    with unpackable(bundle.file) as path:
        every = sources_in(path, is_archive=True)
        sources = [one for number, one in enumerate(every) if number in left]
        order = Order(
            actor,
            bundle.kind,
            now,
            on=day_in_year(actor, bundle.year),
            is_check=bundle.mode == BundleMode.CHECK,
            takes_good_rows=bundle.mode == BundleMode.GOOD,
        )
        keeper = _Keeper(bundle, list(left.values()))
        run = Run(order, kinds[bundle.kind], None, around=step, keep=keeper.keep)
        done_before = len(every) - len(sources)
        run.load_all(sources, progress=lambda done: progress(done_before + done, len(every)))
    with step():
        return _end(bundle, BundleState.DONE, now)


def stop_bundle(*, uuid: UUID, problem: str, now: datetime) -> None:
    """Note that the work on a bundle has ended before its last file; a step of the job's end."""
    bundle = _bundle(uuid)
    if bundle.state == BundleState.RUNNING:
        bundle.problem = problem[:LONGEST_REFUSAL]
        _end(bundle, BundleState.STOPPED, now)


@transaction.atomic
def note_report(*, actor: Actor, bundle: Bundle, faults: int, now: datetime) -> None:
    """Write down that somebody took the faults of a bundle out of the system."""
    record(
        audit_codes.MANY_REPORTED,
        actor=actor,
        at=now,
        target=bundle,
        unit_id=bundle.unit_id,
        details={"faults": faults},
    )


@transaction.atomic
def forget_old_bundles(*, now: datetime) -> int:
    """Delete what is kept of the files of bundles as old as their archives may become."""
    because = "old copies of data go, whoever they belong to"
    old = Bundle.objects.unscoped(because=because).filter(created_at__lt=now - KEPT)
    old = old.exclude(state__in=(BundleState.RUNNING, BundleState.UNDOING))
    gone, _by_model = BundleFile.objects.unscoped(because=because).filter(bundle__in=old).delete()
    return gone


@dataclass(slots=True)
class _Keeper:
    """Keeps what came of each file."""

    bundle: Bundle
    rows: Sequence[int]
    """The keys of their rows, in the order in which the files are loaded."""

    def keep(self, place: int, result: FileResult, loaded: Sequence[Loaded]) -> None:
        """Write a file's row; a step of the transaction that wrote the file."""
        checked = [one for part in loaded for one in part.lists]
        faults = [fault for one in checked for fault in faults_of(one.rows)]
        units = list(dict.fromkeys(one.sheet_import.unit_id for one in checked))
        counts = {
            str(name).lower(): sum(part.count(name) for part in loaded)
            for name in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.REFUSED)
        }
        kept = BundleFile.objects.unscoped(because=WORK).filter(pk=self.rows[place])
        kept.update(
            state=_state_of(result, counts, is_check=self.bundle.mode == BundleMode.CHECK),
            school_id=units[0] if units else None,
            schools=len(units),
            faults=[fault.to_data() for fault in faults[:MOST_KEPT]],
            fault_count=len(faults) + bool(result.refusal),
            refusal=result.refusal[:LONGEST_REFUSAL],
            lists=[uuid for part in loaded for uuid in part.uuids] if result.is_written else [],
            **counts,
        )


def _state_of(result: FileResult, counts: dict[str, int], *, is_check: bool) -> BundleFileState:
    if result.code == ProgramFault.code:
        return BundleFileState.FAILED
    if result.refusal:
        return BundleFileState.UNREAD
    if result.is_written:
        return BundleFileState.PARTLY if counts["refused"] else BundleFileState.WRITTEN
    if counts["refused"]:
        return BundleFileState.FAULTY
    if is_check and counts["new"] + counts["changed"]:
        return BundleFileState.GOOD
    return BundleFileState.SAME


def _loadable(actor: Actor, uuid: UUID) -> Bundle:
    """Return a zip, locked, that the actor may load."""
    bundle = Bundle.objects.visible_to(actor, LOAD_MANY).select_for_update().one(uuid)
    if bundle.kind not in {one.code for one in bundle_kinds(actor, bundle.unit_id)}:
        raise NotFound
    return bundle


def _note_order(actor: Actor, bundle: Bundle, *, files: int, now: datetime) -> None:
    record(
        audit_codes.MANY_ORDERED,
        actor=actor,
        at=now,
        target=bundle,
        unit_id=bundle.unit_id,
        details={
            "kind": bundle.kind, "files": files, "mode": str(bundle.mode), "year": bundle.year,
        },
    )  # fmt: skip


def _start(actor: Actor, bundle: Bundle, now: datetime) -> Bundle:
    job = start_job(
        LOAD_BUNDLE,
        actor=actor,
        now=now,
        unit_id=bundle.unit_id,
        params={"uuid": str(bundle.uuid)},
        title_params={"name": bundle.file_name},
        one_at_a_time=f"sheets.bundle:{bundle.unit_id}",
        url=reverse("sheets:bundle", args=[bundle.uuid]),
    )
    bundle.job_uuid = job.uuid
    bundle.save(update_fields=["state", "problem", "ended_at", "job_uuid"])
    return bundle


def _end(bundle: Bundle, state: BundleState, now: datetime) -> Bundle:
    bundle.state, bundle.ended_at = state, now
    bundle.counts = counts_of_files(bundle)
    bundle.save(update_fields=["state", "ended_at", "counts", "problem"])
    return bundle


def counts_of_files(bundle: Bundle) -> dict[str, int]:
    """Return how many files there are of each state."""
    rows = _files(bundle).order_by().values_list("state").annotate(Count("pk"))
    return dict(rows.values_list("state", "pk__count"))


def _refuse_second(unit_id: int) -> None:
    lock_unit(BUNDLE_LOCK, unit_id)
    running = Bundle.objects.unscoped(because="one at a time for an office, whoever ordered it")
    if running.filter(unit_id=unit_id, state=BundleState.RUNNING).exists():
        raise BundleRunning


def _row(bundle: Bundle, number: int, source: Source) -> BundleFile:
    return BundleFile(
        bundle=bundle,
        unit_id=bundle.unit_id,
        number=number,
        name=source.shown[:LONGEST_NAME],
        state=BundleFileState.WAITING,
    )


def _bundle(uuid: UUID) -> Bundle:
    bundles = Bundle.objects.unscoped(because="the job loads the bundle it was ordered for")
    return bundles.select_related("file").get(uuid=uuid)


def _files(bundle: Bundle) -> ScopedQuerySet[BundleFile]:
    return BundleFile.objects.unscoped(because=WORK).filter(bundle=bundle)


@contextmanager
def unpackable(file: StoredFile) -> Iterator[Path]:
    """Give the path of a copy of an archive, gone afterwards: many parts of it are opened."""
    with temporary_copy() as copy:
        with open_content(file) as content:
            shutil.copyfileobj(content, copy)
        copy.flush()
        yield Path(copy.name)
