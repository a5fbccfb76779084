"""Each night the faults of all schools are counted anew."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.insight.quality import upkeep
from khuevan.kernel import clock
from khuevan.platform.jobs.api import JobRun, job


@job("quality.count", title=_("Count the faults of all records"), cron="20 19 * * *")
def count(run: JobRun) -> None:
    """Count what is missing, contradictory, impossible or stale, school by school."""
    schools = upkeep.refresh(on=run.actor.today, now=clock.now(), tell=run.progress)
    words = ngettext("%(count)s school counted", "%(count)s schools counted", schools)
    run.result(message=words % {"count": schools})
