"""What other apps may use of the areas."""

from __future__ import annotations

from khuevan.platform.areas.actions import load_areas
from khuevan.platform.areas.models import Area, AreaKind
from khuevan.platform.areas.selectors import (
    areas_named,
    areas_on,
    provinces,
)

__all__ = [
    "Area",
    "AreaKind",
    "areas_named",
    "areas_on",
    "load_areas",
    "provinces",
]
