"""What timetables hang into the pages of one school."""

from django.utils.translation import gettext_lazy as _

from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.school.timetable import audit_codes, notices, permissions, reversal
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "notices", "reversal"]

nav.register(
    "own timetable",
    NavItem(
        label=_("My timetable"),
        route="timetable:own",
        icon="calendar",
        permission=permissions.VIEW_OWN,
        group=_("School records"),
        hats=("teacher",),
        order=310,
    ),
)

school_tabs.register(
    "timetables",
    SchoolTab(
        _("Timetable"), "timetable:versions", permissions.VIEW_TIMETABLES, 32, group="pupils"
    ),
)
