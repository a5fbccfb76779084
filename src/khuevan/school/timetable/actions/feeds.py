"""An address under which a person's own timetable can be read by a calendar."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.models import CalendarFeed

BYTES = 16
"""128 random bits."""


@transaction.atomic
def make_feed(*, actor: Actor, now: datetime) -> str:
    """Make a new address for the actor's own timetable and return its token; the old one ends."""
    if actor.person_id is None:
        raise NotFound
    token = secrets.token_urlsafe(BYTES)
    CalendarFeed.objects.unscoped(because="the own address").update_or_create(
        person_id=actor.person_id, defaults={"token_hash": hash_of(token), "made_at": now}
    )
    record(audit_codes.FEED_MADE, actor=actor, at=now, person_id=actor.person_id)
    return token


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
