"""Telling people, and taking note that they have read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import SIGNED_IN, Actor
from khuevan.platform.notifications.kinds import kinds
from khuevan.platform.notifications.models import Notification

BATCH = 2000
KEPT_DAYS = 400


@transaction.atomic
def notify(
    person_ids: Collection[int],
    kind: str,
    *,
    now: datetime,
    params: Mapping[str, Any] | None = None,
    link: str = "",
) -> int:
    """Put one line into many inboxes and return how many; a step of the caller's transaction."""
    code = kinds.get(kind).code
    rows = [
        Notification(
            person_id=person_id, kind=code, params=dict(params or {}), link=link, created_at=now
        )
        for person_id in sorted(set(person_ids))
    ]
    Notification.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


@transaction.atomic
def mark_read(*, actor: Actor, uuid: UUID, now: datetime) -> Notification:
    """Take note that the actor has read one of their notifications, and return it.

    :raises NotFound: when it is not theirs
    """
    notification = Notification.objects.visible_to(actor, SIGNED_IN).one(uuid)
    if notification.read_at is None:
        notification.read_at = now
        notification.save(update_fields=["read_at"])
    return notification


@transaction.atomic
def mark_all_read(*, actor: Actor, now: datetime) -> int:
    """Take note that the actor has read everything in their inbox; return how much was new."""
    unread = Notification.objects.visible_to(actor, SIGNED_IN).filter(read_at__isnull=True)
    return unread.update(read_at=now)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete notifications that nobody will look for any more; return how many."""
    old = Notification.objects.unscoped(because="old lines go, whoever they belong to").filter(
        created_at__lt=now - timedelta(days=KEPT_DAYS)
    )
    return old.delete()[0]
