"""Zips of many schools' lists for programs: the actions, and the permission, of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import File, Form, Schema, Status, UploadedFile

from khuevan.kernel import clock
from khuevan.platform.sheets.actions import bundles
from khuevan.platform.sheets.actions.bundle_undo import order_bundle_undo
from khuevan.platform.sheets.bundle_tables import FAULTY
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.models import Bundle, BundleFile, BundleFileState
from khuevan.platform.sheets.permissions import LOAD_MANY, UNDO_IMPORTS
from khuevan.platform.sheets.rest_router import router
from khuevan.platform.sheets.selectors import (
    bundle_for,
    files_of_bundle,
    importer_for,
    own_unit,
    school_codes,
)
from khuevan.ui.request import Request
from khuevan.ui.rest import Document, StrictSchema

PAGE_SIZE = 100


class ZipOut(Document):
    """A zip of many schools' lists, loaded file by file; `files` counts them by state."""

    uuid: UUID
    kind: str
    file_name: str
    year: str
    mode: str
    state: str
    files: dict[str, int]
    problem: str
    job: UUID | None
    created_at: datetime
    ended_at: datetime | None


class ZipFaultOut(Document):
    """One thing wrong in one cell of a file, in the language asked for."""

    sheet: str
    row: int
    column: str
    value: str
    severity: str
    code: str
    reason: str


class ZipFileOut(Document):
    """What came of one file; `faults` are the first of them, `fault_count` how many there are."""

    number: int
    name: str
    state: str
    school: str | None
    schools: int
    new: int
    changed: int
    unchanged: int
    refused: int
    reason: str
    fault_count: int
    faults: list[ZipFaultOut]
    lists: list[UUID]


class ZipFilePage(Schema):
    """Files in their order; `next` is given as `after` to get those that follow."""

    items: list[ZipFileOut]
    next: int | None


class WriteIn(StrictSchema):
    """What becomes of files with faults."""

    mode: Literal["ALL", "GOOD"] = "ALL"


@router.post("/imports/many", permission=LOAD_MANY, response={202: ZipOut})
def load_zip(
    request: Request,
    kind: Form[str],
    file: File[UploadedFile],
    mode: Form[Literal["ALL", "GOOD", "CHECK"]] = "ALL",
    year: Form[str] = "",
) -> Status[ZipOut]:
    """Take in a zip of many schools' lists for one's own office and load it in the background."""
    actor = request.actor
    bundle = bundles.take_in_bundle(
        actor=actor,
        unit_id=own_unit(actor),
        kind=importer_for(actor, kind).code,
        mode=mode,
        year=year,
        upload=file,
        now=clock.now(),
    )
    return Status(202, _zip(bundle))


@router.get("/imports/many/{uuid:uuid}", permission=LOAD_MANY, response=ZipOut)
def zip_status(request: Request, uuid: UUID) -> ZipOut:
    """Return how far a zip is."""
    return _zip(bundle_for(request.actor, uuid))


@router.get("/imports/many/{uuid:uuid}/files", permission=LOAD_MANY, response=ZipFilePage)
def zip_files(
    request: Request, uuid: UUID, after: int = -1, only: Literal["", "faulty"] = ""
) -> ZipFilePage:
    """Return what came of each file of a zip, or of those alone that have something to mend."""
    bundle = bundle_for(request.actor, uuid)
    files = files_of_bundle(bundle).filter(number__gt=after).order_by("number")
    if only:
        files = files.filter(state__in=FAULTY)
    found = list(files[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    if any(one.fault_count for one in shown):
        told = sum(one.fault_count for one in shown)
        bundles.note_report(actor=request.actor, bundle=bundle, faults=told, now=clock.now())
    return ZipFilePage(
        items=_files(shown), next=shown[-1].number if len(found) > PAGE_SIZE else None
    )


@router.post("/imports/many/{uuid:uuid}/go-on", permission=LOAD_MANY, response={202: ZipOut})
def go_on_with_zip(request: Request, uuid: UUID) -> Status[ZipOut]:
    """Load the files that are left of a zip that was stopped."""
    bundle = bundles.go_on_with_bundle(actor=request.actor, uuid=uuid, now=clock.now())
    return Status(202, _zip(bundle))


@router.post("/imports/many/{uuid:uuid}/write", permission=LOAD_MANY, response={202: ZipOut})
def write_zip(request: Request, uuid: UUID, body: WriteIn) -> Status[ZipOut]:
    """Write a zip that was checked, from the archive that is kept; every file is compared anew."""
    bundle = bundles.write_checked_bundle(
        actor=request.actor, uuid=uuid, mode=body.mode, now=clock.now()
    )
    return Status(202, _zip(bundle))


@router.post("/imports/many/{uuid:uuid}/undo", permission=UNDO_IMPORTS, response={202: ZipOut})
def undo_zip(request: Request, uuid: UUID) -> Status[ZipOut]:
    """Take the written files of a zip back, each on its own; one that stays says why."""
    bundle = order_bundle_undo(actor=request.actor, uuid=uuid, now=clock.now())
    return Status(202, _zip(bundle))


def _zip(bundle: Bundle) -> ZipOut:
    counts = bundles.counts_of_files(bundle) or bundle.counts
    files = {str(state): counts.get(state, 0) for state in BundleFileState}
    return ZipOut.of(bundle, files=files, job=bundle.job_uuid)


def _files(files: Sequence[BundleFile]) -> list[ZipFileOut]:
    codes = school_codes({one.school_id for one in files if one.school_id})
    return [
        ZipFileOut.of(
            one,
            school=codes.get(one.school_id or 0),
            reason=one.refusal,
            faults=[_fault(Fault.from_data(data)) for data in one.faults],
        )
        for one in files
    ]


def _fault(fault: Fault) -> ZipFaultOut:
    return ZipFaultOut.of(
        fault,
        column=fault.column_name,
        severity=str(fault.severity),
        reason=" ".join(filter(None, (fault.reason, fault.hint))),
    )
