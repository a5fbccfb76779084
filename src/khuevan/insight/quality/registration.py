"""What data quality hangs into the shell, the home pages and the log."""

from django.utils.translation import gettext_lazy as _

from khuevan.insight.quality import audit_codes, jobs
from khuevan.insight.quality.permissions import VIEW_SCORES
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "jobs"]

nav.register(
    "quality",
    NavItem(
        label=_("Data quality"),
        route="quality:index",
        icon="list-checks",
        permission=VIEW_SCORES,
        group=_("Follow"),
        order=117,
        prefix="/quality/",
    ),
)
