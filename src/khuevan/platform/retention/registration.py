"""The line of retention in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.retention.permissions import VIEW_RETENTION
from khuevan.ui.shell import NavItem, nav

nav.register(
    "retention",
    NavItem(
        label=_("Retention of records"),
        route="retention:list",
        icon="archive",
        permission=VIEW_RETENTION,
        order=942,
        foot=True,
        prefix="/retention/",
    ),
)
