"""The pages of windows and of what is missing among those of a school."""

from django.utils.translation import gettext_lazy as _

from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.school.gradebooks.permissions import MANAGE_BOOKS

LEVELS = ("TH", "THCS", "THPT", "GDTX")
"""Those of which gradebooks are kept."""

school_tabs.register(
    "marks missing",
    SchoolTab(
        _("Marks missing"), "gradebooks:missing", MANAGE_BOOKS, 36, group="marks", levels=LEVELS
    ),
)
school_tabs.register(
    "mark windows",
    SchoolTab(
        _("Days of entering"), "gradebooks:windows", MANAGE_BOOKS, 38, group="marks", levels=LEVELS
    ),
)
