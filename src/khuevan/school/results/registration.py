"""What results hang into the shell, the pages of one school and a pupil's record."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import record_parts
from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.registry.students.api import StudentTab, record_tabs
from khuevan.school.gradebooks.api import VIEW_MARKS
from khuevan.school.results import audit_codes, permissions, reversal
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "permissions", "reversal"]

nav.register(
    "results",
    NavItem(
        label=_("Results"),
        route="results:index",
        icon="graduation-cap",
        permission=permissions.COUNT_RESULTS,
        group=_("School records"),
        order=305,
    ),
)
school_tabs.register(
    "results",
    SchoolTab(
        _("Results"),
        "results:school",
        permissions.COUNT_RESULTS,
        34,
        group="pupils",
        levels=("TH", "THCS", "THPT"),
    ),
)
record_tabs.register("study", StudentTab(_("Studies"), "results:pupil", VIEW_MARKS, 15))
record_parts.register("study", _("Studies"))
