"""Pairs for programs: those that wait, making two records one, telling apart, the way back."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from khuevan.kernel import clock
from khuevan.registry.duplicates import actions, selectors
from khuevan.registry.duplicates.actions.merging import Versions
from khuevan.registry.duplicates.models import DuplicatePair, PairState, PersonMerge
from khuevan.registry.duplicates.permissions import SETTLE_PAIRS, VIEW_PAIRS
from khuevan.registry.duplicates.shown import why
from khuevan.ui.request import Request
from khuevan.ui.rest import Document, Router, StrictSchema
from khuevan.ui.tables import part_of

PAGE_SIZE = 100
Chosen = Literal["name", "birth_date", "sex", "personal_number", "moet_code", "staff_code", "phone"]

router = Router(tags=["duplicates"])


class SideOut(Schema):
    """One of the two people: the version is sent back when they are made one."""

    uuid: UUID
    full_name: str
    version: int


class PairOut(Document):
    """Two records that seem to be of one person; `bits` is the evidence above even odds."""

    uuid: UUID
    kind: str
    state: str
    bits: float
    why: list[str]
    one: SideOut
    other: SideOut
    found_at: datetime


class PairPage(Schema):
    """Pairs, and where the next part begins."""

    items: list[PairOut]
    next: str


class MergeIn(StrictSchema):
    """Which record is kept, which facts are taken from the other, and the papers compared."""

    kept: UUID
    kept_version: int
    given_up_version: int
    taken: list[Chosen] = Field(default_factory=list)
    reason: str = Field(max_length=200)


class ReasonIn(StrictSchema):
    """Why."""

    reason: str = Field(max_length=200)


class MergeOut(Document):
    """Two records made one; `undone_at` is set once they were taken apart again."""

    uuid: UUID
    kept: UUID
    given_up: UUID
    reason: str
    at: datetime
    by: str
    undone_at: datetime | None


@router.get("/duplicates", permission=VIEW_PAIRS, response=PairPage)
def list_pairs(
    request: Request, after: str = "", state: Literal["OPEN", "APART", "MERGED"] = "OPEN"
) -> PairPage:
    """Return the pairs of one state of which both people are in reach, the likeliest first."""
    rows = selectors.pairs(request.actor).filter(state=PairState(state))
    shown, more = part_of(rows, ("bits", "pk"), after, size=PAGE_SIZE, down=True)
    return PairPage(items=[_pair(row) for row in shown], next=more)


@router.post("/duplicates/{uuid}/merge", permission=SETTLE_PAIRS, response=MergeOut)
def merge_pair(request: Request, uuid: UUID, body: MergeIn) -> MergeOut:
    """Make the two records of a pair one."""
    made = actions.merge(
        actor=request.actor,
        pair=uuid,
        kept=body.kept,
        versions=Versions(body.kept_version, body.given_up_version),
        taken=body.taken,
        reason=body.reason,
        now=clock.now(),
    )
    return _merge(made)


@router.post("/duplicates/{uuid}/apart", permission=SETTLE_PAIRS, response=PairOut)
def tell_apart(request: Request, uuid: UUID, body: ReasonIn) -> PairOut:
    """Say that the two records of a pair are two people."""
    settled = actions.tell_apart(
        actor=request.actor, uuid=uuid, reason=body.reason, now=clock.now()
    )
    return _pair(settled)


@router.get("/duplicate-merges/{uuid}", permission=VIEW_PAIRS, response=MergeOut)
def get_merge(request: Request, uuid: UUID) -> MergeOut:
    """Return one merge of somebody in reach."""
    return _merge(selectors.merges(request.actor, VIEW_PAIRS).one(uuid))


@router.post("/duplicate-merges/{uuid}/undo", permission=SETTLE_PAIRS, response=MergeOut)
def undo_merge(request: Request, uuid: UUID, body: ReasonIn) -> MergeOut:
    """Take two records apart again: what moved goes back."""
    made = actions.take_apart(actor=request.actor, uuid=uuid, reason=body.reason, now=clock.now())
    return _merge(made)


def _pair(row: DuplicatePair) -> PairOut:
    return PairOut.of(row, why=why(row), one=_side(row, "one"), other=_side(row, "other"))


def _side(row: DuplicatePair, side: str) -> SideOut:
    person = getattr(row, side)
    return SideOut(uuid=person.uuid, full_name=person.full_name, version=person.version)


def _merge(made: PersonMerge) -> MergeOut:
    return MergeOut.of(made, kept=made.kept.uuid, given_up=made.given_up.uuid)
