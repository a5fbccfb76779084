"""Imports for programs: upload a list, read what was found, confirm; the actions of the pages."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import File, Form, Schema, Status, UploadedFile

from khuevan.kernel import clock
from khuevan.platform.sheets import actions, bundle_rest, out_rest, package_rest
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.errors import RecordsMoved
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.models import Outcome, SheetImport
from khuevan.platform.sheets.permissions import UNDO_IMPORTS, USE_IMPORTS
from khuevan.platform.sheets.rest_router import router
from khuevan.platform.sheets.selectors import (
    get_import_for,
    importer_for,
    numbers_in,
    rows_by_number,
    unit_for_import,
)
from khuevan.platform.sheets.undo_frames import needed
from khuevan.ui.request import Request
from khuevan.ui.rest import Document, StrictSchema

PAGE_SIZE = 100

__all__ = ["bundle_rest", "out_rest", "package_rest", "router"]


class ImportOut(Document):
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


class FaultOut(Document):
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


class FaultPage(Schema):
    """Faults of some rows; `next` is given as `after` to get those of the following rows."""

    items: list[FaultOut]
    next: int | None


class FieldChangeOut(Schema):
    """One field of the record: as the list left it, and as it stands."""

    field: str
    old: str
    new: str


class LaterOut(Schema):
    """Something recorded since that leans on a written list."""

    row: int | None
    about: str
    what: str
    who: str
    at: datetime | None
    fields: list[FieldChangeOut]


class UndoingOut(Schema):
    """What taking a list back would do; it is refused while anything stands under `later`."""

    removed: int
    returned: int
    later_count: int
    later: list[LaterOut]


class ConfirmIn(StrictSchema):
    """How a checked list is to be written."""

    takes_good_rows: bool = False
    is_own_list: bool = False
    """Needed where the rows above the table speak of another school."""


@router.get("/imports/{uuid:uuid}", permission=USE_IMPORTS, response=ImportOut)
def status(request: Request, uuid: UUID) -> ImportOut:
    """Return where an import stands."""
    actor = request.actor
    return _import(get_import_for(actor, uuid))


@router.get("/imports/{uuid:uuid}/faults", permission=USE_IMPORTS, response=FaultPage)
def faults(request: Request, uuid: UUID, after: int = 0) -> FaultPage:
    """Return what is wrong, or to be looked at, by row."""
    actor = request.actor
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
        items=[_fault(fault) for fault in found],
        next=shown[-1] if len(numbers) > PAGE_SIZE else None,
    )


@router.post("/imports/{uuid:uuid}/confirm", permission=USE_IMPORTS, response={202: ImportOut})
def confirm(request: Request, uuid: UUID, body: ConfirmIn) -> Status[ImportOut]:
    """Order the writing in the background; where records moved the list is compared anew."""
    actor = request.actor
    try:
        ordered = actions.confirm_import(
            actor=actor,
            uuid=uuid,
            takes_good_rows=body.takes_good_rows,
            is_own_list=body.is_own_list,
            now=clock.now(),
        )
    except RecordsMoved as moved:
        actions.recheck(actor=actor, uuid=uuid, now=clock.now(), problem=str(moved))
        raise
    return Status(202, _import(ordered))


@router.get("/imports/{uuid:uuid}/undo", permission=UNDO_IMPORTS, response=UndoingOut)
def undoing(request: Request, uuid: UUID) -> UndoingOut:
    """Tell what taking a written list back would do, and what was recorded since that needs it."""
    actor = request.actor
    told = actions.undoing_of(actor=actor, uuid=uuid)
    return UndoingOut(
        removed=sum(told.removed.values()),
        returned=sum(told.returned.values()),
        later_count=told.later_count,
        later=[
            LaterOut(
                row=line.row,
                about=line.subject,
                what=fact.what,
                who=fact.who,
                at=fact.at,
                fields=[
                    FieldChangeOut(field=one.label, old=one.old, new=one.new)
                    for one in fact.changes
                ],
            )
            for line in needed(actor, get_import_for(actor, uuid), told.later)
            for fact in line.facts
        ],
    )


@router.post("/imports/{uuid:uuid}/undo", permission=UNDO_IMPORTS, response={202: ImportOut})
def undo(request: Request, uuid: UUID) -> Status[ImportOut]:
    """Order a written list to be taken back in the background, all of it or nothing."""
    ordered = actions.order_undo(actor=request.actor, uuid=uuid, now=clock.now())
    return Status(202, _import(ordered))


@router.post("/imports/{kind}", permission=USE_IMPORTS, response={201: list[ImportOut]})
def upload(
    request: Request,
    kind: str,
    school: Form[str],
    file: File[UploadedFile],
) -> Status[list[ImportOut]]:
    """Take in a spreadsheet for a school and check it: one import for each list in it."""
    actor = request.actor
    importer = importer_for(actor, kind)
    taken_in = actions.upload_sheets(
        actor=actor,
        kind=importer.code,
        unit_id=unit_for_import(actor, importer, school),
        upload=file,
        now=clock.now(),
    )
    return Status(201, [_import(one) for one in taken_in])


def _import(one: SheetImport) -> ImportOut:
    return ImportOut.of(
        one,
        sheet=one.sheet_name,
        rows=one.count("ALL"),
        new=one.count(Outcome.NEW),
        changed=one.count(Outcome.CHANGED),
        unchanged=one.count(Outcome.UNCHANGED),
        refused=one.count(Outcome.REFUSED),
        left_out=one.count(Outcome.SKIPPED),
        warned=one.count("WARNED"),
        job=one.job_uuid,
    )


def _fault(fault: Fault) -> FaultOut:
    return FaultOut.of(fault, column=fault.column_letter, severity=str(fault.severity))
