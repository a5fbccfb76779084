"""The system's own upkeep of files and job history."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel import clock
from khuevan.platform.files.api import sweep_destroyed, sweep_expired, sweep_orphans, sweep_uploads
from khuevan.platform.jobs.actions import forget_old_jobs
from khuevan.platform.jobs.kinds import job
from khuevan.platform.jobs.run import JobRun


@job("jobs.upkeep", title=_("Delete expired files and old history"), cron="20 19 * * *")
def upkeep(run: JobRun) -> None:
    """Delete expired files, contents without a row, and the history of old jobs."""
    now, files = clock.now(), 0
    while batch := sweep_expired(actor=run.actor, now=now):
        files += batch
        run.progress(files)
    files += sweep_orphans(now=now) + sweep_uploads(now=now) + sweep_destroyed(now=now)
    forgotten = forget_old_jobs(now=now)
    run.result(
        message=_("%(files)s files and %(jobs)s old jobs deleted")
        % {"files": files, "jobs": forgotten}
    )
