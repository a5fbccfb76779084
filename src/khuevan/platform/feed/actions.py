"""Giving changes to a program: noted once an answer, with the purpose it stated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import PurposeNeeded, checked_purpose, record
from khuevan.platform.feed import audit_codes
from khuevan.platform.feed.publications import Publication
from khuevan.platform.feed.selectors import Part, changes


def give_changes(
    *,
    actor: Actor,
    followed: Sequence[Publication],
    after: int,
    limit: int,
    purpose: str,
    now: datetime,
) -> Part:
    """Return the next changes after a number and note that a program was given them.

    :raises PurposeNeeded: when they tell of people outside the actor's own schools and nothing
        says what for
    """
    outside = [one for one in followed if one.is_personal and not actor.own_schools(one.permission)]
    if outside and not purpose:
        raise PurposeNeeded
    stated = checked_purpose(purpose) if purpose else ""
    part = changes(actor=actor, followed=followed, after=after, limit=limit)
    if part.changes:
        with transaction.atomic():
            record(
                audit_codes.CHANGES_GIVEN,
                actor=actor,
                at=now,
                details={"count": len(part.changes), "until": part.next, "purpose": stated},
            )
    return part
