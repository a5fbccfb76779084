"""Support sessions: the engineer's own and those a unit can read about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.access.models import SupportSession
from khuevan.platform.access.permissions import VIEW_SUPPORT


def support_sessions(*, actor: Actor) -> ScopedQuerySet[SupportSession]:
    """Return the support sessions on units in the actor's reach, newest first."""
    return (
        SupportSession.objects.visible_to(actor, VIEW_SUPPORT)
        .select_related("person", "unit")
        .order_by("-id")
    )


def open_support_session(*, actor: Actor, uuid: UUID, now: datetime) -> SupportSession:
    """Return the actor's own open session or raise `NotFound`."""
    if actor.person_id is None:
        raise NotFound
    session = (
        SupportSession.objects.unscoped(because="one's own session, by the person's id")
        .filter(person_id=actor.person_id, uuid=uuid, closed_at__isnull=True, expires_at__gt=now)
        .first()
    )
    if session is None:
        raise NotFound
    return session
