"""The line of the code lists in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.codes.permissions import VIEW_CODES
from khuevan.ui.shell import NavItem, nav

nav.register(
    "codes",
    NavItem(
        label=_("Code lists"),
        route="codes:list",
        icon="book-open",
        permission=VIEW_CODES,
        order=945,
        foot=True,
        prefix="/code-lists/",
    ),
)
