"""Each night the teachers needed and present are counted anew."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.insight.staffing import upkeep
from khuevan.kernel import clock
from khuevan.platform.jobs.api import JobRun, job


@job("staffing.count", title=_("Count the teachers needed and present"), cron="40 19 * * *")
def count(run: JobRun) -> None:
    """Count what each school needs and has, school by school."""
    schools = upkeep.refresh(on=run.actor.today, now=clock.now(), tell=run.progress)
    words = ngettext("%(count)s school counted", "%(count)s schools counted", schools)
    run.result(message=words % {"count": schools})
