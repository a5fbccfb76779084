"""Each week: who seems to stand in the records twice."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.platform.jobs.api import JobRun, job
from khuevan.registry.duplicates.actions import look_for_pairs
from khuevan.registry.duplicates.selectors import FIND


@job(
    FIND,
    title=gettext_lazy("Looking for people recorded twice"),
    cron="40 18 * * 0",  # in the night to Monday, at 1:40 in Viet Nam
)
def find_duplicates(run: JobRun) -> None:
    """Compare all pupils, then all guardians, and keep the pairs that seem to be one person."""
    new, waiting = look_for_pairs(now=clock.now(), tell=run.progress)
    told = {"new": new, "waiting": waiting}
    run.result(message=_("%(new)s new pairs, %(waiting)s to be looked at") % told)
