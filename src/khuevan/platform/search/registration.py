"""What search finds by itself."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.kernel import clock
from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.audit.api import UnitNaming, unit_naming
from khuevan.platform.regulations.api import VIEW_REGULATIONS
from khuevan.platform.search.own_providers import (
    find_pages,
    find_regulations,
    find_units,
    names_of,
    units_like,
)
from khuevan.platform.search.providers import Provider, provide
from khuevan.ui.request import Request
from khuevan.ui.shell import extras


def box(request: Request) -> dict[str, Any]:
    """Return the shell's part about the search box."""
    return {
        "search_url": reverse("search:results"),
        "search_dropdown_url": reverse("search:dropdown"),
    }


def name_units(ids: Collection[int]) -> dict[int, str]:
    """Return what units are called today, for the log."""
    return names_of(ids, on=clock.today())


extras.register("search", box)
unit_naming.register("units", UnitNaming(name_units, units_like))
provide(Provider("units", _("Schools and units"), SIGNED_IN, find_units, order=50))
provide(Provider("regulations", _("Regulations"), VIEW_REGULATIONS, find_regulations, order=80))
provide(Provider("pages", _("Pages"), SIGNED_IN, find_pages, order=90))
