"""What overtime hangs into the shell and the pages of one school."""

from django.utils.translation import gettext_lazy as _

from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.school.hours import audit_codes, notices, permissions, reversal
from khuevan.school.timetable.api import MANAGE_TIMETABLES
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "notices", "reversal"]

nav.register(
    "own hours",
    NavItem(
        label=_("My lessons held"),
        route="hours:own",
        icon="calendar-check",
        permission=permissions.VIEW_OWN_HOURS,
        group=_("School records"),
        hats=("teacher",),
        order=311,
    ),
)

school_tabs.register(
    "hours",
    SchoolTab(_("Overtime"), "hours:statement", permissions.VIEW_STATEMENT, 44, group="staff"),
)
school_tabs.register(
    "make up",
    SchoolTab(_("Lessons to make up"), "hours:make_up", MANAGE_TIMETABLES, 33, group="pupils"),
)
