"""Time at the edge: pages, commands and jobs ask here once and pass it down."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the current instant, aware; KHUEVAN_TODAY shifts the day and keeps the hour."""
    real = timezone.now()
    pinned: date | None = getattr(settings, "PINNED_TODAY", None)
    if pinned is None:
        return real
    return real + timedelta(days=(pinned - real.astimezone(VIETNAM).date()).days)


def today() -> date:
    """Return today's date in Viet Nam."""
    return now().astimezone(VIETNAM).date()


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins in Viet Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
