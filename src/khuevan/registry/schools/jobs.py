"""What counts from a day on and is done when the day begins."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel import clock
from khuevan.platform.jobs.api import JobRun, job
from khuevan.platform.organizations.api import pass_on_open_files
from khuevan.registry.schools.actions import take_up_codes


@job("schools.take_effect", title=_("Units and schools: what counts from today"), cron="5 17 * * *")
def take_effect(run: JobRun) -> None:
    """Pass on what is open at units that ended, and take up codes of schools, as of today."""
    now, today = clock.now(), clock.today()
    passed = pass_on_open_files(actor=run.actor, on=today, now=now)
    codes = take_up_codes(actor=run.actor, on=today, now=now)
    run.result(
        message=_("%(passed)s files passed on, %(codes)s new codes of schools")
        % {"passed": passed, "codes": codes}
    )
