"""Reading one's inbox."""

from __future__ import annotations

from khuevan.kernel.actor import SIGNED_IN, Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.notifications.models import Notification

MOST_COUNTED = 100


def inbox(*, actor: Actor) -> ScopedQuerySet[Notification]:
    """Return the actor's own notifications, newest first."""
    return Notification.objects.visible_to(actor, SIGNED_IN).order_by("-created_at", "-id")


def unread_count(*, actor: Actor) -> int:
    """Return how many are new, counted up to a hundred: one index read."""
    if actor.person_id is None:
        return 0
    unread = Notification.objects.visible_to(actor, SIGNED_IN).filter(read_at__isnull=True)
    return unread.values("pk")[:MOST_COUNTED].count()
