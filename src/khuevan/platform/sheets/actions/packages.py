"""A package taken in by a person or a program, then opened and loaded in the background."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.platform.files.api import MEGABYTE, ZIP, FileGone, FileKind, declare_kind
from khuevan.platform.jobs.api import start_job
from khuevan.platform.organizations.api import OrgUnit, UnitKind
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.actions.bundles import unpackable
from khuevan.platform.sheets.actions.upload import KEPT, no_room_told, storing, upload_sheets
from khuevan.platform.sheets.errors import PackageNotChecked
from khuevan.platform.sheets.models import BundleState, PackageLoad, PackageMode
from khuevan.platform.sheets.package_loading import (
    COUNTED,
    PackageLoading,
    Progress,
    Told,
    kept_file,
    out_of_reach,
)
from khuevan.platform.sheets.packages import Package, PackageKind, find_package
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.selectors import package_for

LOAD_PACKAGE = "sheets.package"
MOST_KEPT = 1000
WORK = "the job loads the package it was ordered for"
ROUTES = ("imports/packages/<str:kind>/", "api/v1/packages/<kind>")
UPLOADED_PACKAGE = declare_kind(
    FileKind(
        "sheets.package",
        "",
        types=(ZIP,),
        max_bytes=100 * MEGABYTE,
        routes=ROUTES,
        brought_with=USE_IMPORTS,
        keep=KEPT,
    )
)
"""Opens to whoever uploaded it."""

Step = Callable[[], AbstractContextManager[None]]


def take_in_package(
    *,
    actor: Actor,
    kind: PackageKind,
    unit_id: int,
    mode: PackageMode,
    upload: File[bytes],
    now: datetime,
) -> PackageLoad:
    """Keep a package and order that it be opened and loaded, or made into lists.

    :raises WrongFileType, FileTooLarge, FileEmpty, StorageFull: when it can't be kept
    """
    with (
        no_room_told(),
        transaction.atomic(),
        storing(actor, upload, unit_id, now, kind=UPLOADED_PACKAGE) as file,
    ):
        package = PackageLoad.objects.create(
            kind=kind.word,
            unit_id=unit_id,
            owner_id=actor.person_id,
            file=file,
            file_name=file.name,
            mode=mode,
            state=BundleState.RUNNING,
            created_at=now,
        )
        return _start(actor, package, now)


@transaction.atomic
def apply_package(*, actor: Actor, uuid: UUID, takes_good_rows: bool, now: datetime) -> PackageLoad:
    """Order that a package that was checked be written, compared once more.

    :raises NotFound: when it is not the actor's
    :raises PackageNotChecked: unless it was checked to the end and not written yet
    """
    package = package_for(actor, uuid, locked=True)
    if package.state != BundleState.DONE or package.lists or package.mode == PackageMode.LISTS:
        raise PackageNotChecked
    package.mode = PackageMode.GOOD if takes_good_rows else PackageMode.ALL
    package.state, package.problem, package.ended_at = BundleState.RUNNING, "", None
    return _start(actor, package, now)


def open_and_load(
    *, actor: Actor, uuid: UUID, now: datetime, step: Step, progress: Progress
) -> PackageLoad:
    """Open an ordered package, and load it as ordered; run again after it is done, nothing."""
    package = PackageLoad.objects.unscoped(because=WORK).select_related("file").get(uuid=uuid)
    if package.state != BundleState.RUNNING:
        return package
    kind = find_package(package.kind)
    if kind is None:
        raise NotFound
    if package.file is None:
        raise FileGone
    unit = OrgUnit.objects.get(pk=package.unit_id)
    with unpackable(package.file) as path:
        school_id = unit.pk if unit.kind == UnitKind.SCHOOL else None
        read = kind.open(actor, path, school_id, None)
    if package.mode == PackageMode.LISTS:
        _make_lists(actor, package, read, now=now, step=step, progress=progress)
        return package
    loading = PackageLoading(
        actor,
        package.file_name,
        is_check=package.mode == PackageMode.CHECK,
        takes_good_rows=package.mode == PackageMode.GOOD,
        progress=progress,
    )
    with step():
        loading.load(read)
        _keep_told(package, loading.told)
        sums = {str(outcome).lower(): loading.counts[outcome] for outcome in COUNTED}
        package.counts = {**sums, "kinds": loading.kinds}
        package.lists = loading.lists
        _end(package, BundleState.DONE, now)
    return package


def stop_package(*, uuid: UUID, problem: str, now: datetime) -> None:
    """Note that the work on a package has ended before it was done; a step of the job's end."""
    package = PackageLoad.objects.unscoped(because=WORK).get(uuid=uuid)
    if package.state == BundleState.RUNNING:
        package.problem = problem[:500]
        _end(package, BundleState.STOPPED, now)


@transaction.atomic
def forget_old_packages(*, now: datetime) -> int:
    """Delete what is kept of packages as old as their archives may become."""
    old = PackageLoad.objects.unscoped(because="old copies of data go, whoever they belong to")
    old = old.filter(created_at__lt=now - KEPT).exclude(state=BundleState.RUNNING)
    gone, _by_model = old.delete()
    return gone


def _make_lists(
    actor: Actor,
    package: PackageLoad,
    read: Package,
    *,
    now: datetime,
    step: Step,
    progress: Progress,
) -> None:
    """Take the lists in as files of our own, each a step; one that may not be loaded is told."""
    if not package.made:
        with step():
            _keep_told(package, [Told.of_remark(one) for one in read.remarks])
            package.save(update_fields=["told", "told_count"])
    for place, one in enumerate(read.lists):
        if place < package.made:
            continue
        progress(place, len(read.lists))
        with step():
            try:
                (taken_in,) = upload_sheets(
                    actor=actor,
                    kind=one.importer.code,
                    unit_id=one.unit_id,
                    upload=kept_file(one),
                    now=now,
                )
                package.lists.append(str(taken_in.uuid))
            except NotFound:
                _keep_told(package, [Told.of_remark(remark) for remark in out_of_reach(one)])
            package.made = place + 1
            package.save(update_fields=["told", "told_count", "lists", "made"])
    with step():
        _end(package, BundleState.DONE, now)


def _keep_told(package: PackageLoad, told: list[Told]) -> None:
    """Keep the first faults, and how many there are."""
    if package.mode != PackageMode.LISTS:
        package.told, package.told_count = [], 0
    room = max(0, MOST_KEPT - len(package.told))
    package.told = [*package.told, *(one.to_data() for one in told[:room])]
    package.told_count += len(told)


def _start(actor: Actor, package: PackageLoad, now: datetime) -> PackageLoad:
    job = start_job(
        LOAD_PACKAGE,
        actor=actor,
        now=now,
        unit_id=package.unit_id,
        params={"uuid": str(package.uuid)},
        title_params={"name": package.file_name},
        one_at_a_time=f"sheets.package:{package.unit_id}",
        url=reverse("sheets:package_made", args=[package.uuid]),
    )
    package.job_uuid = job.uuid
    package.save(update_fields=["mode", "state", "problem", "ended_at", "job_uuid"])
    record(
        audit_codes.PACKAGE_ORDERED,
        actor=actor,
        at=now,
        target=package,
        unit_id=package.unit_id,
        details={"name": package.file_name, "kind": package.kind, "mode": str(package.mode)},
    )
    return package


def _end(package: PackageLoad, state: BundleState, now: datetime) -> None:
    package.state, package.ended_at = state, now
    package.save()
