"""Submitting, signing, withdrawing, giving up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import normalize
from khuevan.registry.cutover import audit_codes
from khuevan.registry.cutover.actions.doors import lock_cutover, lock_live, note, reopen
from khuevan.registry.cutover.content import content_of, fingerprint, looked_at
from khuevan.registry.cutover.errors import (
    AlreadyMovingOver,
    ListsUndoing,
    ListsUnwritten,
    NoTotals,
    NotSigned,
    NotSubmitted,
    NumbersMoved,
    ReasonNeeded,
    Unexplained,
)
from khuevan.registry.cutover.models import LIVE, Cutover, CutoverRecord, CutoverState
from khuevan.registry.cutover.permissions import SIGN_CUTOVERS
from khuevan.registry.cutover.selectors import (
    Reconciliation,
    cutovers,
    lists_of,
    reconciliation,
    record_of,
    undoing,
    unwritten,
)
from khuevan.registry.cutover.telling import line_name

NAMED = 5
"""Differences named in a refusal."""


@transaction.atomic
def submit(*, actor: Actor, uuid: UUID, version: int, now: datetime) -> Cutover:
    """Hand the reconciliation to the principal.

    :raises NoTotals, ListsUnwritten, ListsUndoing, Unexplained: when it is not ready
    :raises CutoverChanged, NotLive: when its totals changed meanwhile, or it is finished
    """
    cutover = lock_live(actor, uuid, version=version)
    require_ready(cutover, reconciliation(actor, cutover))
    cutover.state = CutoverState.SUBMITTED
    cutover.submitted_at, cutover.submitted_by = now, actor.label[:200]
    cutover.save(update_fields=["state", "submitted_at", "submitted_by"])
    note(audit_codes.SUBMITTED, cutover, actor=actor, now=now)
    return cutover


def require_ready(cutover: Cutover, found: Reconciliation) -> None:
    """Refuse what nobody may sign yet.

    :raises NoTotals: when the school entered no total of its own
    :raises ListsUnwritten: when a list waits to be written
    :raises Unexplained: when a line differs and nobody says why
    """
    if all(line.own is None for line in found.lines):
        raise NoTotals
    lists = lists_of(cutover)
    if waiting := unwritten(lists):
        raise ListsUnwritten(files=", ".join(waiting[:NAMED]))
    if going := undoing(lists):
        raise ListsUndoing(files=", ".join(going[:NAMED]))
    if found.open:
        names = [line_name(line) for line in found.open]
        raise Unexplained(names=", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else ""))


@transaction.atomic
def sign(
    *,
    actor: Actor,
    uuid: UUID,
    numbers: str,
    number: str,
    now: datetime,
) -> CutoverRecord:
    """Sign the reconciliation: what stands there now is kept for ever as it is.

    `numbers` is the fingerprint of what the signer looked at.

    :raises NotSubmitted: when it was not submitted, or the school changed it since
    :raises NumbersMoved: when figures, explanations or lists changed since the signer looked
    :raises NoTotals, ListsUnwritten, ListsUndoing, Unexplained: when it is not ready any more
    :raises MayNotSignFor: when who stands in for the principal may not sign for them
    """
    cutover = lock_live(actor, uuid, permission=SIGN_CUTOVERS)
    if cutover.state != CutoverState.SUBMITTED:
        raise NotSubmitted
    found, lists = reconciliation(actor, cutover), lists_of(cutover)
    if looked_at(found, lists) != numbers:
        raise NumbersMoved
    require_ready(cutover, found)
    content = content_of(cutover, found, lists, signer=actor, at=now)
    record = CutoverRecord(
        cutover=cutover,
        content=content,
        sha256=fingerprint(content),
        number=normalize(number)[:40],
        signed_at=now,
        signed_by=actor.label[:200],
    )
    record.save(force_insert=True)
    _end(cutover, CutoverState.SIGNED, actor=actor, now=now)
    note(audit_codes.SIGNED, cutover, actor=actor, now=now, sha256=record.sha256)
    return record


@transaction.atomic
def withdraw(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> Cutover:
    """Withdraw a signature: the record stays to be read, and the move-over goes on.

    :raises NotSigned: when nothing is signed
    :raises ReasonNeeded: when nobody says why
    :raises AlreadyMovingOver: when another move-over of the school has begun since
    """
    cutover = lock_cutover(actor, uuid, SIGN_CUTOVERS)
    record = record_of(cutover)
    if cutover.state != CutoverState.SIGNED or record is None:
        raise NotSigned
    text = _reason(reason)
    rows = cutovers(actor, SIGN_CUTOVERS).filter(school_id=cutover.school_id)
    if rows.filter(state__in=LIVE).exists():
        raise AlreadyMovingOver
    record.withdrawn_at, record.withdrawn_by = now, actor.label[:200]
    record.withdrawn_because = text
    record.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    cutover.ended_at, cutover.ended_by = None, ""
    cutover.save(update_fields=["ended_at", "ended_by"])
    reopen(cutover)
    note(audit_codes.WITHDRAWN, cutover, actor=actor, now=now, reason=text)
    return cutover


@transaction.atomic
def abandon(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> Cutover:
    """Give a move-over up; what its lists wrote stays in the records.

    :raises ReasonNeeded: when nobody says why
    :raises NotLive: when it is finished
    """
    cutover = lock_live(actor, uuid)
    text = _reason(reason)
    _end(cutover, CutoverState.ABANDONED, actor=actor, now=now, because=text)
    note(audit_codes.ABANDONED, cutover, actor=actor, now=now, reason=text)
    return cutover


def _end(
    cutover: Cutover, state: CutoverState, *, actor: Actor, now: datetime, because: str = ""
) -> None:
    cutover.state, cutover.version = state, cutover.version + 1
    cutover.ended_at, cutover.ended_by, cutover.ended_because = now, actor.label[:200], because
    cutover.save(update_fields=["state", "version", "ended_at", "ended_by", "ended_because"])


def _reason(reason: str) -> str:
    text = normalize(reason)[:300]
    if not text:
        raise ReasonNeeded
    return text


@transaction.atomic
def note_taken(*, actor: Actor, record: CutoverRecord, now: datetime) -> None:
    """Note that a signed record was taken out as a file."""
    note(audit_codes.RECORD_TAKEN, record.cutover, actor=actor, now=now, sha256=record.sha256)
