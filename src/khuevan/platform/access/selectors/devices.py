"""Where a person is signed in."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session

from khuevan.kernel.actor import SIGNED_IN, Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.access.models import Device


def own_devices(*, actor: Actor, now: datetime) -> ScopedQuerySet[Device]:
    """Return the actor's own devices whose session is alive, the one used last first."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return (
        Device.objects.visible_to(actor, SIGNED_IN)
        .filter(session_key__in=alive)
        .order_by("-seen_at", "-id")
    )
