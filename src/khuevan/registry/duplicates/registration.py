"""What the duplicates app hangs into the shell and the log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import fault_texts
from khuevan.registry.duplicates import audit_codes, jobs
from khuevan.registry.duplicates.permissions import VIEW_PAIRS
from khuevan.registry.duplicates.seeking import seek
from khuevan.registry.duplicates.seeking_lists import FAULT_TEXTS, seek_each
from khuevan.registry.duplicates.selectors import where_now
from khuevan.registry.people.api import list_seekers, seekers
from khuevan.ui.page import forwards
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "jobs"]

forwards.register("records given up", where_now)
seekers.register("everybody recorded", seek)
list_seekers.register("everybody recorded", seek_each)
for code, text in FAULT_TEXTS.items():
    fault_texts.register(code, text)
GROUPS = {
    "duplicates of the sector": (_("Sector records"), ("officer",), 345),
    "duplicates of a school": (_("School records"), ("principal", "clerk"), 335),
}
for name, (group, hats, order) in GROUPS.items():
    nav.register(
        name,
        NavItem(
            label=_("Recorded twice"),
            route="duplicates:list",
            icon="users",
            permission=VIEW_PAIRS,
            group=group,
            hats=hats,
            order=order,
            prefix="/duplicates/",
        ),
    )
