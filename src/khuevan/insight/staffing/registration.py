"""What staffing hangs into the shell, the home pages, the jobs and the log."""

from django.utils.translation import gettext_lazy as _

from khuevan.insight.staffing import audit_codes, cards, jobs
from khuevan.insight.staffing.permissions import VIEW_STAFFING
from khuevan.ui import home
from khuevan.ui.home import Card, TaskSource
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "jobs"]

nav.register(
    "staffing",
    NavItem(
        label=_("Teachers needed and present"),
        route="staffing:index",
        icon="users-round",
        permission=VIEW_STAFFING,
        group=_("Follow"),
        order=118,
        prefix="/staffing/",
    ),
)
home.cards.register(
    "staffing.missing",
    Card(VIEW_STAFFING, "staffing/cards/missing.html", cards.missing_card, ("officer",), 6, 45),
)
home.tasks.register(
    "staffing.leaving", TaskSource(VIEW_STAFFING, cards.leaving_soon, ("principal",))
)
