"""What the authority app hangs into the shell and the pages of one school."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.registry.schools.api import SchoolTab, school_tabs
from khuevan.ui.shell import NavItem, nav

nav.register(
    "authority",
    NavItem(
        label=_("Who is competent"),
        route="authority:ask",
        icon="scale",
        permission=VIEW_AUTHORITY,
        group=_("Sector records"),
        hats=("officer",),
        order=350,
        prefix="/authority/",
    ),
)
school_tabs.register(
    "authority", SchoolTab(_("Authority"), "authority:school", VIEW_AUTHORITY, order=80)
)
