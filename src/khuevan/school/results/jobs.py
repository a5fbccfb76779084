"""Each night results are reckoned anew; a school's office has it done at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.platform.jobs.api import JobRun, job
from khuevan.registry.schools.api import academic_year_on
from khuevan.school.results.actions.computing import compute_classes, parts_of

COMPUTE = "results.compute"


@job(
    COMPUTE,
    title=_("Reckon averages and results anew"),
    cron="10 20 * * *",
    in_steps=True,
)
def compute(run: JobRun, school_id: int | None = None) -> None:
    """Reckon the classes of a school, or of all, part by part."""
    year = academic_year_on(run.actor.today)
    if year is None:
        return
    parts = parts_of(year=year, schools=None if school_id is None else [school_id])
    total = sum(len(part) for part in parts)
    done = 0
    for part in parts:
        with run.step():
            compute_classes(classes=part, year=year, on=run.actor.today, now=clock.now())
        done += len(part)
        run.progress(done, total)
    words = ngettext("%(count)s class reckoned", "%(count)s classes reckoned", total)
    run.result(message=words % {"count": total})
