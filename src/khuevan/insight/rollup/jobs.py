"""The system keeps the stored counts fresh: every few minutes, when something has changed."""

from django.utils.translation import gettext_lazy as _

from khuevan.insight.rollup import upkeep
from khuevan.platform.jobs.api import JobRun, job


@job(
    "rollup.refresh",
    title=_("Refresh the stored counts"),
    cron="*/5 * * * *",
    is_needed=lambda: upkeep.stale_count() > 0,
)
def refresh(run: JobRun) -> None:
    """Write the cells of schools that changed anew."""
    count = upkeep.refresh(tell=run.progress)
    run.result(message=_("%(count)s schools counted anew") % {"count": count})
