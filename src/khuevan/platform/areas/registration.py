"""The line of the areas in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.areas.permissions import VIEW_AREAS
from khuevan.ui.shell import NavItem, nav

nav.register(
    "areas",
    NavItem(
        label=_("Areas"),
        route="areas:list",
        icon="map-pin",
        permission=VIEW_AREAS,
        order=945,
        foot=True,
        prefix="/areas/",
    ),
)
