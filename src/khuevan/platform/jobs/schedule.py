"""When work that the system starts by itself was done last, and when it will be next."""

from __future__ import annotations

from datetime import UTC, datetime

from croniter import croniter  # type: ignore[import-untyped]  # what starts the work reads it

from khuevan.platform.jobs.kinds import kinds
from khuevan.platform.jobs.models import Job, JobState

WHY = "when the system did its own work, it names nobody"
DONE = (JobState.DONE, JobState.PARTIAL)


def last_done(code: str) -> datetime | None:
    """Return when a kind of work was done last, None when no job of it is kept."""
    rows = Job.objects.unscoped(because=WHY).filter(kind=code, state__in=DONE)
    ended: datetime | None = rows.order_by("-id").values_list("ended_at", flat=True).first()
    return ended


def next_start(code: str, now: datetime) -> datetime | None:
    """Return when the system starts a kind of work next, None for work that people start."""
    cron = kinds.get(code).cron
    if not cron:
        return None
    following: datetime = croniter(cron, now.astimezone(UTC)).get_next(datetime)
    return following
