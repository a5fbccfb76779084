"""The line of the regulations in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.regulations.permissions import VIEW_REGULATIONS
from khuevan.ui.shell import NavItem, nav

nav.register(
    "regulations",
    NavItem(
        label=_("Regulations"),
        route="regulations:list",
        icon="gavel",
        permission=VIEW_REGULATIONS,
        order=940,
        foot=True,
        prefix="/regulations/",
    ),
)
