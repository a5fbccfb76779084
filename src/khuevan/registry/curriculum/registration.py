"""What the curriculum hangs into the shell and the pages of one school."""

from django.utils.translation import gettext_lazy as _

from khuevan.registry.curriculum import audit_codes, permissions, published
from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.registry.staff.api import MANAGE_STAFF

__all__ = ["audit_codes", "published"]

school_tabs.register(
    "curriculum",
    SchoolTab(
        _("Plan of subjects"), "curriculum:board", permissions.VIEW_PLANS, 30, group="pupils"
    ),
)
school_tabs.register(
    "assignments",
    SchoolTab(_("Teaching assignments"), "curriculum:teaching", MANAGE_STAFF, 42, group="staff"),
)
school_tabs.register(
    "loads",
    SchoolTab(
        _("Periods given and owed"), "curriculum:loads", permissions.VIEW_LOADS, 43, group="staff"
    ),
)
