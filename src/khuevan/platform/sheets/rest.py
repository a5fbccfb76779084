"""Imports for programs: upload a list, read what was found, confirm; the actions of the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Schema, Status, UploadedFile

from khuevan.kernel import clock
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.errors import RecordsMoved
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.models import Outcome, SheetImport
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.selectors import (
    get_import_for,
    importer_for,
    numbers_in,
    rows_by_number,
    unit_for_import,
)
from khuevan.ui.rest import Router, StrictSchema

PAGE_SIZE = 100

router = Router(tags=["imports"])


class ImportOut(Schema):
    """A list on its way into the records of one school."""

    uuid: UUID
    kind: str
    file_name: str
    sheet: str
    state: str
    rows: int
    new: int
    changed: int
    unchanged: int
    refused: int
    left_out: int
    warned: int
    problem: str
    job: UUID | None
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, one: SheetImport) -> Self:
        """Return the document of an import."""
        return cls(
            uuid=one.uuid,
            kind=one.kind,
            file_name=one.file_name,
            sheet=one.sheet_name,
            state=one.state,
            rows=one.count("ALL"),
            new=one.count(Outcome.NEW),
            changed=one.count(Outcome.CHANGED),
            unchanged=one.count(Outcome.UNCHANGED),
            refused=one.count(Outcome.REFUSED),
            left_out=one.count(Outcome.SKIPPED),
            warned=one.count("WARNED"),
            problem=one.problem,
            job=one.job_uuid,
            created_at=one.created_at,
            ended_at=one.ended_at,
        )


class FaultOut(Schema):
    """One thing wrong in one cell, in the language asked for."""

    row: int
    column: str
    column_name: str
    value: str
    severity: str
    code: str
    reason: str
    hint: str
    suggestion: str

    @classmethod
    def of(cls, fault: Fault) -> Self:
        """Return the document of a fault."""
        return cls(
            row=fault.row,
            column=fault.column_letter,
            column_name=fault.column_name,
            value=fault.value,
            severity=str(fault.severity),
            code=fault.code,
            reason=fault.reason,
            hint=fault.hint,
            suggestion=fault.suggestion,
        )


class FaultPage(Schema):
    """Faults of some rows; `next` is given as `after` to get those of the following rows."""

    items: list[FaultOut]
    next: int | None


class ConfirmIn(StrictSchema):
    """How a checked list is to be written."""

    takes_good_rows: bool = False


@router.get("/imports/{uuid:uuid}", permission=USE_IMPORTS, response=ImportOut)
def status(request: HttpRequest, uuid: UUID) -> ImportOut:
    """Return where an import stands."""
    actor = request.actor  # type: ignore[attr-defined]
    return ImportOut.of(get_import_for(actor, uuid))


@router.get("/imports/{uuid:uuid}/faults", permission=USE_IMPORTS, response=FaultPage)
def faults(request: HttpRequest, uuid: UUID, after: int = 0) -> FaultPage:
    """Return what is wrong, or to be looked at, by row."""
    actor = request.actor  # type: ignore[attr-defined]
    sheet_import = get_import_for(actor, uuid)
    numbers = sorted(
        number
        for group in ("REFUSED", "WARNED")
        for number in numbers_in(sheet_import, group)
        if number > after
    )
    shown = numbers[:PAGE_SIZE]
    found = faults_of(rows_by_number(sheet_import, shown))
    return FaultPage(
        items=[FaultOut.of(fault) for fault in found],
        next=shown[-1] if len(numbers) > PAGE_SIZE else None,
    )


@router.post("/imports/{uuid:uuid}/confirm", permission=USE_IMPORTS, response={202: ImportOut})
def confirm(request: HttpRequest, uuid: UUID, body: ConfirmIn) -> Status[ImportOut]:
    """Order the writing in the background; where records moved the list is compared anew."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        ordered = actions.confirm_import(
            actor=actor, uuid=uuid, takes_good_rows=body.takes_good_rows, now=clock.now()
        )
    except RecordsMoved as moved:
        actions.recheck(actor=actor, uuid=uuid, now=clock.now(), problem=str(moved))
        raise
    return Status(202, ImportOut.of(ordered))


@router.post("/imports/{kind}", permission=USE_IMPORTS, response={201: list[ImportOut]})
def upload(
    request: HttpRequest,
    kind: str,
    school: Form[str],
    file: File[UploadedFile],
) -> Status[list[ImportOut]]:
    """Take in a spreadsheet for a school and check it: one import for each list in it."""
    actor = request.actor  # type: ignore[attr-defined]
    importer = importer_for(actor, kind)
    taken_in = actions.upload_sheets(
        actor=actor,
        kind=importer.code,
        unit_id=unit_for_import(actor, importer, school),
        upload=file,
        now=clock.now(),
    )
    return Status(201, [ImportOut.of(one) for one in taken_in])
