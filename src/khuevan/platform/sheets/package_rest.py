"""Packages for programs: bring one, read what was found, have it written; as the pages do."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import File, Form, Schema, Status, UploadedFile

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.actions import packages as actions
from khuevan.platform.sheets.models import PackageLoad, PackageMode
from khuevan.platform.sheets.package_loading import Told
from khuevan.platform.sheets.packages import find_package
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.rest_router import router
from khuevan.platform.sheets.selectors import own_unit, package_for, unit_for_package
from khuevan.ui.request import Request
from khuevan.ui.rest import Document, StrictSchema

PAGE_SIZE = 100


class KindCounts(Schema):
    """How many rows of one kind of list came out how."""

    kind: str
    new: int
    changed: int
    unchanged: int
    refused: int


class PackageOut(Document):
    """A package of several lists: how far it is, and what came of it."""

    uuid: UUID
    kind: str
    file_name: str
    mode: str
    state: str
    new: int
    changed: int
    unchanged: int
    refused: int
    kinds: list[KindCounts]
    faults: int
    written: bool
    lists: list[UUID]
    problem: str
    job: UUID | None
    created_at: datetime
    ended_at: datetime | None


class PackageFaultOut(Schema):
    """One thing wrong, or to be looked at, in one cell of a file of the package."""

    file: str
    row: int | None
    column: str
    value: str
    severity: str
    code: str
    reason: str


class PackageFaultPage(Schema):
    """The first thousand faults are kept; `next` is given as `after` to get those that follow."""

    items: list[PackageFaultOut]
    next: int | None


class ApplyIn(StrictSchema):
    """How a checked package is to be written."""

    takes_good_rows: bool = False


@router.get("/packages/{uuid:uuid}", permission=USE_IMPORTS, response=PackageOut)
def package_status(request: Request, uuid: UUID) -> PackageOut:
    """Return how far a package is, and what came of it."""
    return _package(package_for(request.actor, uuid))


@router.get("/packages/{uuid:uuid}/faults", permission=USE_IMPORTS, response=PackageFaultPage)
def package_faults(request: Request, uuid: UUID, after: int = 0) -> PackageFaultPage:
    """Return what is wrong in a package, or to be looked at, in the order of its files."""
    kept, first = package_for(request.actor, uuid).told, max(0, after)
    last = first + PAGE_SIZE
    return PackageFaultPage(
        items=[_fault(Told.from_data(data)) for data in kept[first:last]],
        next=last if len(kept) > last else None,
    )


@router.post("/packages/{uuid:uuid}/apply", permission=USE_IMPORTS, response={202: PackageOut})
def apply(request: Request, uuid: UUID, body: ApplyIn) -> Status[PackageOut]:
    """Order that a checked package be written in the background, compared once more."""
    ordered = actions.apply_package(
        actor=request.actor, uuid=uuid, takes_good_rows=body.takes_good_rows, now=clock.now()
    )
    return Status(202, _package(ordered))


@router.post("/packages/{kind}", permission=USE_IMPORTS, response={202: PackageOut})
def take_in(
    request: Request,
    kind: str,
    file: File[UploadedFile],
    mode: Form[Literal["CHECK", "ALL", "GOOD"]] = "CHECK",
    school: Form[str] = "",
) -> Status[PackageOut]:
    """Take in a package and check it in the background; with another mode it is written as well."""
    found, actor = find_package(kind), request.actor
    if found is None:
        raise NotFound
    package = actions.take_in_package(
        actor=actor,
        kind=found,
        unit_id=unit_for_package(actor, school) if school else own_unit(actor),
        mode=PackageMode(mode),
        upload=file,
        now=clock.now(),
    )
    return Status(202, _package(package))


def _package(one: PackageLoad) -> PackageOut:
    names = ("new", "changed", "unchanged", "refused")
    kinds = one.counts.get("kinds", {})
    return PackageOut.of(
        one,
        **{name: one.counts.get(name, 0) for name in names},
        kinds=[KindCounts(kind=word, **counts) for word, counts in kinds.items()],
        faults=one.told_count,
        written=bool(one.lists) and one.mode != PackageMode.LISTS,
        job=one.job_uuid,
    )


def _fault(one: Told) -> PackageFaultOut:
    place, fault = one.place, one.fault
    return PackageFaultOut(
        file=place.file,
        row=place.row,
        column=place.column,
        value=place.value,
        severity=str(fault.severity),
        code=fault.code,
        reason=one.reason,
    )
