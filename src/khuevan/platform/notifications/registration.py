"""What the inbox hangs into the shell: the number at the bell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from khuevan.platform.notifications.selectors import unread_count
from khuevan.ui.shell import extras


def bell(request: HttpRequest) -> dict[str, Any]:
    """Return the shell's part about notifications."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_signed_in:
        return {}
    return {
        "notification_count": unread_count(actor=actor),
        "notifications_url": reverse("notifications:inbox"),
    }


extras.register("notifications", bell)
