"""What timetables hang into the pages of one school."""

from django.utils.translation import gettext_lazy as _

from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.school.timetable import audit_codes, permissions

__all__ = ["audit_codes"]

school_tabs.register(
    "timetables",
    SchoolTab(
        _("Timetable"), "timetable:versions", permissions.VIEW_TIMETABLES, 32, group="pupils"
    ),
)
