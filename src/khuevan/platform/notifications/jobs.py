"""What background work tells its owner, and the inbox's own upkeep."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.kernel import clock
from khuevan.platform.jobs.api import Job, JobRun, JobState, finished, job
from khuevan.platform.notifications import actions
from khuevan.platform.notifications.kinds import declare

WORTH_TELLING = timedelta(seconds=20)
"""Work that ended sooner was most likely watched."""

KINDS = {
    JobState.DONE: declare("jobs.done", _("%(title)s: done"), icon="circle-check"),
    JobState.PARTIAL: declare("jobs.partial", _("%(title)s: done in part"), icon="triangle-alert"),
    JobState.FAILED: declare("jobs.failed", _("%(title)s: failed"), icon="circle-alert"),
}


def tell_owner(ended: Job) -> None:
    """Tell the owner of work that took a while, or failed, how it ended."""
    kind = KINDS.get(JobState(ended.state))
    if kind is None or ended.owner_id is None or not _is_worth_telling(ended):
        return
    actions.notify(
        [ended.owner_id],
        kind,
        now=clock.now(),
        params={"title": ended.title},
        link=reverse("jobs:detail", args=[ended.uuid]),
    )


def _is_worth_telling(ended: Job) -> bool:
    if ended.state == JobState.FAILED or ended.ended_at is None:
        return True
    return ended.ended_at - ended.created_at >= WORTH_TELLING


@job("notifications.upkeep", title=_("Delete old notifications"), cron="40 19 * * *")
def upkeep(run: JobRun) -> None:
    """Delete notifications nobody will look for any more."""
    count = actions.forget_old(now=clock.now())
    run.result(message=_("%(count)s notifications deleted") % {"count": count})


finished.register("notifications", tell_owner)
