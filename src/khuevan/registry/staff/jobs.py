"""Each night: sign-ins of those whose work is over by then are switched off."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.platform.jobs.api import JobRun, job
from khuevan.registry.staff.actions import close_accounts_of_leavers


@job(
    "staff.leavers",
    title=gettext_lazy("Closing accounts of those who left work"),
    cron="5 17 * * *",  # five past midnight in Viet Nam
)
def close_accounts(run: JobRun) -> None:
    """Switch off the sign-ins that open nothing any more since their owners left work."""
    closed = close_accounts_of_leavers(actor=run.actor, now=clock.now())
    run.result(message=_("%(count)s accounts closed") % {"count": closed})
