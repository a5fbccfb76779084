"""What the jobs app hangs into the shell, the health checks and the figures."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.jobs import audit_codes, permissions, selectors
from khuevan.platform.jobs.worker import is_worker_alive
from khuevan.ui.health import readiness
from khuevan.ui.metrics import Gauge, gauges
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes"]

nav.register(
    "jobs",
    NavItem(
        label=_("Background work"),
        route="jobs:list",
        icon="list-checks",
        permission=permissions.VIEW_JOBS,
        order=920,
        foot=True,
        prefix="/jobs/",
    ),
)
readiness.register("worker", is_worker_alive)
gauges.register(
    "khuevan_jobs",
    Gauge("khuevan_jobs", "Unfinished jobs", "state", selectors.count_by_state),
)
