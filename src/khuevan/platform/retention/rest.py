"""Retention for programs: the kinds, the files whose time is over, destroying, what was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from khuevan.kernel import clock
from khuevan.platform.retention import actions, selectors
from khuevan.platform.retention.kinds import Kind, get_kind, kinds
from khuevan.platform.retention.models import Destruction
from khuevan.platform.retention.permissions import DESTROY_FILES, VIEW_RETENTION
from khuevan.platform.retention.rules import kept_until
from khuevan.ui.request import Request
from khuevan.ui.rest import Document, Router, StrictSchema
from khuevan.ui.tables import part_of

PAGE_SIZE = 100

router = Router(tags=["retention"])


class KindOut(Document):
    """How long a kind is kept: for ever, some years or days; none of them while not loaded."""

    code: str
    name_vi: str
    name_en: str
    is_permanent: bool
    years: int
    days: int
    since_vi: str
    since_en: str
    source: str
    confidence: str
    note_vi: str
    note_en: str


class OverOut(Document):
    """A file whose time is over."""

    uuid: UUID
    name: str
    whose: str
    since: date
    kept_until: date


class DestroyIn(StrictSchema):
    """Which files, and the decision by which they are destroyed."""

    files: list[UUID] = Field(max_length=500)
    decision_number: str = Field("", max_length=60)
    decided_on: date | None = None
    signer: str = Field("", max_length=160)


class DestructionOut(Document):
    """What one decision destroyed at one unit."""

    uuid: UUID
    kind: str
    count: int
    decision_number: str
    decided_on: date
    signer: str
    by: str
    at: datetime


class DestructionPage(Schema):
    """Destructions, and where the next part begins."""

    items: list[DestructionOut]
    next: str


class DestroyedOut(Document):
    """One file of the list."""

    name: str
    whose: str
    since: date
    kept_until: date
    sha256: str


@router.get("/retention/kinds", permission=VIEW_RETENTION, response=list[KindOut])
def list_kinds(request: Request) -> list[KindOut]:
    """Return what is kept how long."""
    return [_kind(kind) for kind in kinds().values()]


@router.get("/retention/kinds/{code}/over", permission=DESTROY_FILES, response=list[OverOut])
def list_over(request: Request, code: str) -> list[OverOut]:
    """Return the files of a kind in reach whose time is over, the oldest hundred."""
    kind, actor = get_kind(code), request.actor
    files: Any = selectors.files_over(actor, kind, on=actor.today)[:PAGE_SIZE]
    return [
        OverOut.of(
            file,
            whose=file.kept_whose,
            since=file.kept_since,
            kept_until=kept_until(file.kept_since, kind.term.years),
        )
        for file in files
    ]


@router.post(
    "/retention/kinds/{code}/destructions",
    permission=DESTROY_FILES,
    response=list[DestructionOut],
)
def destroy_files(request: Request, code: str, body: DestroyIn) -> list[DestructionOut]:
    """Destroy files by a decision: all of them, or none; one line for each unit."""
    made = actions.destroy_files(
        actor=request.actor,
        code=code,
        files=body.files,
        decision=actions.Decision(body.decision_number, body.decided_on, body.signer),
        now=clock.now(),
    )
    return [_destruction(row) for row in made]


@router.get("/retention/destructions", permission=VIEW_RETENTION, response=DestructionPage)
def list_destructions(request: Request, after: str = "") -> DestructionPage:
    """Return what was destroyed within reach, newest first."""
    rows = selectors.destructions(request.actor)
    shown, more = part_of(rows, ("at", "id"), after, size=PAGE_SIZE, down=True)
    return DestructionPage(items=[_destruction(row) for row in shown], next=more)


@router.get(
    "/retention/destructions/{uuid}/files", permission=VIEW_RETENTION, response=list[DestroyedOut]
)
def list_destroyed(request: Request, uuid: UUID) -> list[DestroyedOut]:
    """Return the list of what one decision destroyed."""
    actor = request.actor
    rows = selectors.destroyed_files(actor, selectors.get_destruction_for(actor, uuid))
    return [DestroyedOut.of(row, name=row.file.name, sha256=row.file.sha256) for row in rows]


def _kind(kind: Kind) -> KindOut:
    term = kind.term
    return KindOut.of(
        kind,
        is_permanent=term.is_permanent,
        years=term.years,
        days=term.days,
        confidence=kind.confidence.value,
    )


def _destruction(row: Destruction) -> DestructionOut:
    return DestructionOut.of(row, by=row.by_label)
