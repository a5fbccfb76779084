"""The inbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from khuevan.kernel import clock
from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.notifications import actions, selectors
from khuevan.platform.notifications.models import Notification
from khuevan.ui.formats import clock as hour
from khuevan.ui.formats import day
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import newest_part


@page(SIGNED_IN, methods=("GET",))
def inbox(request: Request) -> HttpResponse:
    """Show one's notifications, newest first."""
    rows, next_url = newest_part(
        request, selectors.inbox(actor=request.actor), fields=("created_at", "pk")
    )
    context = {
        "lines": [_line(one) for one in rows],
        "next_url": next_url,
        "has_new": any(one.read_at is None for one in rows),
    }
    return render_page(request, "notifications/inbox.html", context)


@page(SIGNED_IN, methods=("POST",))
def open_one(request: Request, uuid: UUID) -> HttpResponse:
    """Note that one was read and go where it leads."""
    notification = actions.mark_read(actor=request.actor, uuid=uuid, now=clock.now())
    is_ours = url_has_allowed_host_and_scheme(notification.link, allowed_hosts=None)
    target = notification.link if notification.link and is_ours else reverse("notifications:inbox")
    return redirect(target)


@page(SIGNED_IN, methods=("POST",))
def read_all(request: Request) -> HttpResponse:
    """Note that everything was read."""
    actions.mark_all_read(actor=request.actor, now=clock.now())
    return done(request, reverse("notifications:inbox"))


def _line(notification: Notification) -> dict[str, Any]:
    at = timezone.localtime(notification.created_at)
    return {
        "url": reverse("notifications:open", args=[notification.uuid]),
        "sentence": notification.sentence,
        "icon": notification.icon,
        "when": day(at.date())[:5],
        "time": hour(at),
        "is_new": notification.read_at is None,
    }
