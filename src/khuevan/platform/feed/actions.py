"""Giving changes to a program: noted once an answer, with the purpose it stated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import PurposeNeeded, checked_purpose, record
from khuevan.platform.feed import audit_codes
from khuevan.platform.feed.publications import Publication
from khuevan.platform.feed.selectors import Part, Snapshot, changes, snapshot


def give_changes(
    *,
    actor: Actor,
    followed: Sequence[Publication],
    after: int,
    limit: int,
    purpose: str,
    now: datetime,
    seen_on: date | None = None,
    reach: str = "",
) -> Part:
    """Return the next changes after a number and note that a program was given them.

    :raises PurposeNeeded: when they tell of people outside the actor's own schools and nothing
        says what for
    """
    stated = _stated(actor, followed, purpose)
    part = changes(
        actor=actor, followed=followed, after=after, limit=limit, seen_on=seen_on, reach=reach
    )
    _note(actor, len(part.changes), part.next, stated, now)
    return part


def give_snapshot(
    *, actor: Actor, followed: Publication, cursor: str, limit: int, purpose: str, now: datetime
) -> Snapshot:
    """Return a part of what is there now and note that a program was given it.

    :raises PurposeNeeded: as for changes
    """
    stated = _stated(actor, [followed], purpose)
    part = snapshot(actor=actor, followed=followed, cursor=cursor, limit=limit)
    _note(actor, len(part.rows), part.next, stated, now)
    return part


def _stated(actor: Actor, followed: Sequence[Publication], purpose: str) -> str:
    outside = [one for one in followed if one.is_personal and not actor.own_schools(one.permission)]
    if outside and not purpose:
        raise PurposeNeeded
    return checked_purpose(purpose) if purpose else ""


def _note(actor: Actor, count: int, until: int, purpose: str, now: datetime) -> None:
    if not count:
        return
    details = {"count": count, "until": until, "purpose": purpose}
    with transaction.atomic():
        record(audit_codes.CHANGES_GIVEN, actor=actor, at=now, details=details)
