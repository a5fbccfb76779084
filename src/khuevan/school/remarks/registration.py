"""What comments hang into the shell and the pages of one school."""

from django.utils.translation import gettext_lazy as _

from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.school.remarks import audit_codes, permissions, reversal
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "permissions", "reversal"]

LEVELS = ("TH", "THCS", "THPT", "GDTX")
"""Those of which gradebooks are kept."""

nav.register(
    "own comments",
    NavItem(
        label=_("My comments"),
        route="remarks:own",
        icon="message-square",
        permission=permissions.WRITE_REMARKS,
        group=_("School records"),
        hats=("teacher",),
        order=306,
    ),
)
school_tabs.register(
    "comments",
    SchoolTab(
        _("Comments"),
        "remarks:school",
        permissions.VIEW_REMARKS,
        39,
        group="marks",
        levels=LEVELS,
    ),
)
