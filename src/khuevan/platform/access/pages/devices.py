"""My devices: where one is signed in, and ending that. The real clock, as sessions have it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.access.actions import devices as deeds
from khuevan.platform.access.models import Device
from khuevan.platform.access.rules import device_words
from khuevan.platform.access.selectors.devices import own_devices
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request

PART = 50


@page(SIGNED_IN, methods=("GET",))
def devices(request: Request) -> HttpResponse:
    """List the devices on which one is signed in."""
    key = request.session.session_key or ""
    rows = [_row(one, key) for one in own_devices(actor=request.actor, now=timezone.now())[:PART]]
    rows.sort(key=lambda row: not row["is_this"])
    has_others = any(not row["is_this"] for row in rows)
    return render_page(request, "access/devices.html", {"rows": rows, "has_others": has_others})


@page(SIGNED_IN, methods=("POST",))
def end(request: Request, uuid: UUID) -> HttpResponse:
    """End the session on one device."""
    deeds.end_device(actor=request.actor, uuid=uuid, now=timezone.now())
    messages.success(request, _("Signed out on that device."))
    return done(request, reverse("access:devices"))


@page(SIGNED_IN, methods=("POST",))
def end_others(request: Request) -> HttpResponse:
    """End all sessions but this one."""
    key = request.session.session_key or ""
    deeds.end_other_devices(actor=request.actor, session_key=key, now=timezone.now())
    messages.success(request, _("Signed out on all other devices."))
    return done(request, reverse("access:devices"))


def _row(device: Device, session_key: str) -> dict[str, Any]:
    words = device_words(device.user_agent)
    return {
        "device": device,
        "browser": words.browser,
        "system": words.system,
        "icon": "smartphone" if words.is_mobile else "monitor",
        "is_this": device.session_key == session_key,
        "end_url": reverse("access:end_device", args=[device.uuid]),
    }
