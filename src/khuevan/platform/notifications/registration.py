"""What the inbox hangs into the shell: the number at the bell."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from khuevan.platform.notifications.selectors import unread_count
from khuevan.ui.request import Request
from khuevan.ui.shell import extras


def bell(request: Request) -> dict[str, Any]:
    """Return the shell's part about notifications."""
    actor = request.actor
    if not actor.is_signed_in:
        return {}
    return {
        "notification_count": unread_count(actor=actor),
        "notifications_url": reverse("notifications:inbox"),
    }


extras.register("notifications", bell)
