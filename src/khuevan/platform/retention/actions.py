"""Destroying files whose time is over, by a decision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NoReturn
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.audit import api as audit
from khuevan.platform.files.api import StoredFile, destroy_contents
from khuevan.platform.organizations.api import require_number
from khuevan.platform.retention import rules
from khuevan.platform.retention.audit_codes import DESTROYED
from khuevan.platform.retention.errors import (
    DecisionAhead,
    DecisionNeeded,
    DecisionTooOld,
    DeletedBySystem,
    DestroyedAlready,
    KeptForEver,
    NoSuchFiles,
    NothingChosen,
    StillInUse,
    TermNotLoaded,
    TimeNotOver,
)
from khuevan.platform.retention.kinds import Kind, get_kind
from khuevan.platform.retention.models import DestroyedFile, Destruction
from khuevan.platform.retention.rules import Refusal
from khuevan.platform.retention.selectors import destroyed_within, files_of
from khuevan.platform.retention.sources import sources
from khuevan.ui.formats import day

_OF_KIND = {
    Refusal.PERMANENT: KeptForEver,
    Refusal.AUTOMATIC: DeletedBySystem,
    Refusal.NO_TERM: TermNotLoaded,
}
_OF_FILE = {Refusal.IN_USE: StillInUse, Refusal.TOO_EARLY: TimeNotOver}


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper by which something is destroyed."""

    number: str = ""
    on: date | None = None
    signer: str = ""

    @property
    def is_whole(self) -> bool:
        """Return whether number, day and signer are there."""
        return bool(self.number.strip() and self.on and self.signer.strip())


@transaction.atomic
def destroy_files(
    *, actor: Actor, code: str, files: Collection[UUID], decision: Decision, now: datetime
) -> list[Destruction]:
    """Destroy files of a kind: all that are named, or none. The list of them is kept.

    :raises KeptForEver, TermNotLoaded, DeletedBySystem: when nothing of the kind may be destroyed
    :raises StillInUse, TimeNotOver: when the time of one of them is not over
    :raises NoSuchFiles: when no files are kept of the kind
    :raises DecisionNeeded, DecisionAhead: without a whole decision of today or before
    :raises NumberUnfit, DecisionTooOld: when its number or its day can't be
    :raises DestroyedAlready: when somebody else was quicker
    """
    kind, on = get_kind(code), now.astimezone(VIETNAM).date()
    of_kind = rules.term_refusal(kind.term)
    if of_kind is not None:
        raise _OF_KIND[of_kind](kind=kind.name, source=kind.by_text, kept=kind.kept)
    if code not in sources:
        raise NoSuchFiles(kind=kind.name)
    held = _locked(actor, kind, files)
    for file in held:
        _require_over(kind, file, on=on, decision=decision)
    if decision.on is not None and decision.on > on:
        raise DecisionAhead
    require_number(decision.number)
    for file in held:
        _require_later(kind, file, decision)
    made = [
        _write_down(actor, kind, unit_id, list(rows), decision, now)
        for unit_id, rows in groupby(held, key=lambda file: _said(file, "unit"))
    ]
    sources.get(kind.code).let_go([file.pk for file in held], now)
    destroy_contents(files=held, now=now)
    return made


def _locked(actor: Actor, kind: Kind, files: Collection[UUID]) -> list[StoredFile]:
    """Return the files named, of one unit after the other, locked until the end."""
    wanted = set(files)
    if not wanted:
        raise NothingChosen
    rows = files_of(actor, kind).filter(uuid__in=wanted, kept_unit__isnull=False)
    held = list(rows.select_for_update(of=("self",), no_key=True).order_by("kept_unit", "id"))
    missing = wanted - {file.uuid for file in held}
    if missing:
        _refuse_missing(actor, missing)
    return held


def _refuse_missing(actor: Actor, missing: set[UUID]) -> NoReturn:
    """Say who was quicker, where all that is missing was destroyed within the actor's reach."""
    gone = destroyed_within(actor, missing)
    if len(gone) < len(missing):
        raise NotFound
    by = gone[0].destruction
    raise DestroyedAlready(
        whose=gone[0].whose, number=by.decision_number, on=day(by.at.astimezone(VIETNAM).date())
    )


def _require_over(kind: Kind, file: StoredFile, *, on: date, decision: Decision) -> None:
    since: date | None = _said(file, "since")
    found = rules.refusal(kind.term, since, on=on, has_decision=decision.is_whole)
    if found is None:
        return
    if found is Refusal.NO_DECISION:
        raise DecisionNeeded
    refused: type[DomainError] = _OF_FILE[found]
    raise refused(
        whose=_said(file, "whose"),
        kept=kind.kept,
        source=kind.source,
        since=day(since) if since else kind.since,
        until=day(rules.kept_until(since, kind.term.years)) if since else "",
    )


def _require_later(kind: Kind, file: StoredFile, decision: Decision) -> None:
    until = rules.kept_until(_said(file, "since"), kind.term.years)
    if decision.on is not None and decision.on <= until:
        raise DecisionTooOld(whose=_said(file, "whose"), until=day(until))


def _write_down(
    actor: Actor,
    kind: Kind,
    unit_id: int,
    files: list[StoredFile],
    decision: Decision,
    now: datetime,
) -> Destruction:
    made = Destruction.objects.create(
        kind=kind.code,
        unit_id=unit_id,
        count=len(files),
        decision_number=decision.number.strip(),
        decided_on=decision.on,  # type: ignore[misc]  # whole: `_require_over` saw to it
        signer=decision.signer.strip(),
        by_id=actor.person_id,
        by_label=actor.label[:200],
        at=now,
    )
    DestroyedFile.objects.bulk_create(
        DestroyedFile(
            destruction=made,
            file=file,
            whose=_said(file, "whose"),
            since=_said(file, "since"),
            kept_until=rules.kept_until(_said(file, "since"), kind.term.years),
        )
        for file in files
    )
    instrument = f"{made.decision_number}, {day(decision.on)}, {made.signer}"
    told = {"name": kind.name_vi, "count": len(files), "instrument": instrument}
    audit.record(DESTROYED, actor=actor, at=now, target=made, unit_id=unit_id, details=told)
    return made


def _said(file: StoredFile, what: str) -> Any:
    """Return what the source said of a file: `since`, `whose` or `unit`."""
    return getattr(file, f"kept_{what}")
