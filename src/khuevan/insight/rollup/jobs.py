"""The system keeps the stored counts fresh: every few minutes, when something has changed."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.insight.rollup import upkeep
from khuevan.insight.rollup.actions import freeze_census
from khuevan.insight.rollup.selectors.census import due_censuses
from khuevan.kernel import clock
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
    words = ngettext("%(count)s school counted anew", "%(count)s schools counted anew", count)
    run.result(message=words % {"count": count})


@job(
    "rollup.freeze",
    title=_("Freeze the census days that are over"),
    cron="10 17 * * *",
    is_needed=lambda: due_censuses(on=clock.today()).exists(),
)
def freeze(run: JobRun) -> None:
    """Keep the figures of census days that are over; those opened again wait for people."""
    for census in due_censuses(on=run.actor.today):
        freeze_census(actor=run.actor, uuid=census.uuid, now=clock.now())
