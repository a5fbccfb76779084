"""Retention for programs: the kinds, the files whose time is over, destroying, what was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from khuevan.kernel import clock
from khuevan.platform.retention import actions, selectors
from khuevan.platform.retention.kinds import Kind, get_kind, kinds
from khuevan.platform.retention.models import Destruction
from khuevan.platform.retention.permissions import DESTROY_FILES, VIEW_RETENTION
from khuevan.platform.retention.rules import kept_until
from khuevan.ui.rest import Router, StrictSchema
from khuevan.ui.tables import part_of

PAGE_SIZE = 100

router = Router(tags=["retention"])


class KindOut(Schema):
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

    @classmethod
    def of(cls, kind: Kind) -> Self:
        """Return the document of a kind."""
        return cls(
            code=kind.code,
            name_vi=kind.name_vi,
            name_en=kind.name_en,
            is_permanent=kind.term.is_permanent,
            years=kind.term.years,
            days=kind.term.days,
            since_vi=kind.since_vi,
            since_en=kind.since_en,
            source=kind.source,
            confidence=kind.confidence.value,
            note_vi=kind.note_vi,
            note_en=kind.note_en,
        )


class OverOut(Schema):
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


class DestructionOut(Schema):
    """What one decision destroyed at one unit."""

    uuid: UUID
    kind: str
    count: int
    decision_number: str
    decided_on: date
    signer: str
    by: str
    at: datetime

    @classmethod
    def of(cls, row: Destruction) -> Self:
        """Return the document of a destruction."""
        return cls(
            uuid=row.uuid,
            kind=row.kind,
            count=row.count,
            decision_number=row.decision_number,
            decided_on=row.decided_on,
            signer=row.signer,
            by=row.by_label,
            at=row.at,
        )


class DestructionPage(Schema):
    """Destructions, and where the next part begins."""

    items: list[DestructionOut]
    next: str


class DestroyedOut(Schema):
    """One file of the list."""

    name: str
    whose: str
    since: date
    kept_until: date
    sha256: str


@router.get("/retention/kinds", permission=VIEW_RETENTION, response=list[KindOut])
def list_kinds(request: HttpRequest) -> list[KindOut]:
    """Return what is kept how long."""
    return [KindOut.of(kind) for kind in kinds().values()]


@router.get("/retention/kinds/{code}/over", permission=DESTROY_FILES, response=list[OverOut])
def list_over(request: HttpRequest, code: str) -> list[OverOut]:
    """Return the files of a kind in reach whose time is over, the oldest hundred."""
    kind, actor = get_kind(code), _actor(request)
    files: Any = selectors.files_over(actor, kind, on=actor.today)[:PAGE_SIZE]
    return [
        OverOut(
            uuid=file.uuid,
            name=file.name,
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
def destroy_files(request: HttpRequest, code: str, body: DestroyIn) -> list[DestructionOut]:
    """Destroy files by a decision: all of them, or none; one line for each unit."""
    made = actions.destroy_files(
        actor=_actor(request),
        code=code,
        files=body.files,
        decision=actions.Decision(body.decision_number, body.decided_on, body.signer),
        now=clock.now(),
    )
    return [DestructionOut.of(row) for row in made]


@router.get("/retention/destructions", permission=VIEW_RETENTION, response=DestructionPage)
def list_destructions(request: HttpRequest, after: str = "") -> DestructionPage:
    """Return what was destroyed within reach, newest first."""
    rows = selectors.destructions(_actor(request))
    shown, more = part_of(rows, ("at", "id"), after, size=PAGE_SIZE, down=True)
    return DestructionPage(items=[DestructionOut.of(row) for row in shown], next=more)


@router.get(
    "/retention/destructions/{uuid}/files", permission=VIEW_RETENTION, response=list[DestroyedOut]
)
def list_destroyed(request: HttpRequest, uuid: UUID) -> list[DestroyedOut]:
    """Return the list of what one decision destroyed."""
    actor = _actor(request)
    rows = selectors.destroyed_files(actor, selectors.get_destruction_for(actor, uuid))
    return [
        DestroyedOut(
            name=row.file.name,
            whose=row.whose,
            since=row.since,
            kept_until=row.kept_until,
            sha256=row.file.sha256,
        )
        for row in rows
    ]


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]
