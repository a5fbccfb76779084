"""The lines of the units in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.permissions import VIEW_UNITS
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes"]

nav.register(
    "units",
    NavItem(
        label=_("Units"),
        route="units:tree",
        icon="network",
        permission=VIEW_UNITS,
        group=_("Sector records"),
        hats=("officer", "admin"),
        order=305,
        prefix="/units/",
    ),
)
