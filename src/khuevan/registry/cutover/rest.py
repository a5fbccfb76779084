"""Move-overs for programs: which there are, how their numbers compare, own totals entered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from khuevan.kernel import clock
from khuevan.registry.cutover import actions, selectors
from khuevan.registry.cutover.actions import OwnTotal
from khuevan.registry.cutover.models import Cutover
from khuevan.registry.cutover.permissions import RUN_CUTOVERS, VIEW_CUTOVERS
from khuevan.registry.cutover.rules import LARGEST, Count, Line
from khuevan.registry.cutover.telling import line_name
from khuevan.ui.request import Request
from khuevan.ui.rest import Document, Router, StrictSchema, Version
from khuevan.ui.tables import part_of

PAGE_SIZE = 100
Figure = int | None

router = Router(tags=["move-overs"])


class CutoverOut(Document):
    """A school's move-over from its old product; `version` is sent back with its totals."""

    uuid: UUID
    school: str
    product: str
    on: date
    state: str
    version: int
    begun_at: datetime
    submitted_at: datetime | None
    ended_at: datetime | None


class CutoverPage(Schema):
    """Move-overs, and where the next part begins."""

    items: list[CutoverOut]
    next: str


class CutoverCountOut(Schema):
    """How many, and of them girls and members of ethnic minorities; null where not given."""

    total: Figure
    female: Figure
    minority: Figure


class CutoverLineOut(Schema):
    """The school's own count beside that of the records; `difference` is records less own."""

    part: str
    key: str
    name: str
    own: CutoverCountOut | None
    recorded: CutoverCountOut
    difference: CutoverCountOut
    standing: str


class ComparisonOut(Schema):
    """All lines that are compared, those to be settled first."""

    cutover: CutoverOut
    lines: list[CutoverLineOut]
    open: int


class OwnTotalIn(StrictSchema):
    """What the school itself counts of one class, grade or position, or in all."""

    part: Literal["CLASS", "GRADE", "STAFF", "SCHOOL"]
    key: str = Field(max_length=60)
    name: str = Field(default="", max_length=60)
    total: int = Field(ge=0, le=LARGEST)
    female: int | None = Field(default=None, ge=0, le=LARGEST)
    minority: int | None = Field(default=None, ge=0, le=LARGEST)


class OwnTotalsIn(StrictSchema):
    """All totals of the school; they take the place of those before."""

    version: Version
    totals: list[OwnTotalIn] = Field(max_length=500)


@router.get("/cutovers", permission=VIEW_CUTOVERS, response=CutoverPage)
def list_cutovers(request: Request, after: str = "") -> CutoverPage:
    """Return the move-overs in reach, the newest first."""
    rows = selectors.cutovers(request.actor)
    shown, more = part_of(rows, ("pk",), after, size=PAGE_SIZE, down=True)
    return CutoverPage(items=[_cutover(row) for row in shown], next=more)


@router.get("/cutovers/{uuid}", permission=VIEW_CUTOVERS, response=ComparisonOut)
def get_comparison(request: Request, uuid: UUID) -> ComparisonOut:
    """Return how the numbers of a move-over compare, as the records stand now."""
    return _comparison(request, selectors.get_cutover_for(request.actor, uuid))


@router.post("/cutovers/{uuid}/totals", permission=RUN_CUTOVERS, response=ComparisonOut)
def enter_totals(request: Request, uuid: UUID, body: OwnTotalsIn) -> ComparisonOut:
    """Enter the school's own totals in place of those before."""
    totals = [
        OwnTotal(one.part, one.key, one.name or one.key, Count(one.total, one.female, one.minority))
        for one in body.totals
    ]
    saved = actions.save_totals(
        actor=request.actor, uuid=uuid, version=body.version, totals=totals, now=clock.now()
    )
    return _comparison(request, saved)


def _comparison(request: Request, cutover: Cutover) -> ComparisonOut:
    found = selectors.reconciliation(request.actor, cutover)
    lines = sorted(found.lines, key=lambda line: line.is_settled)
    return ComparisonOut(
        cutover=_cutover(cutover), lines=[_line(line) for line in lines], open=len(found.open)
    )


def _cutover(row: Cutover) -> CutoverOut:
    return CutoverOut.of(row, school=row.school.code)


def _line(line: Line) -> CutoverLineOut:
    total, female, minority = line.difference
    return CutoverLineOut(
        part=line.part,
        key=line.key,
        name=line_name(line),
        own=_count(line.own) if line.own is not None else None,
        recorded=_count(line.recorded),
        difference=CutoverCountOut(total=total, female=female, minority=minority),
        standing=str(line.standing),
    )


def _count(count: Count) -> CutoverCountOut:
    return CutoverCountOut(total=count.total, female=count.female, minority=count.minority)
