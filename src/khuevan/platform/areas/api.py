"""What other apps may use of the areas."""

from __future__ import annotations

from khuevan.platform.areas.actions import load_areas
from khuevan.platform.areas.models import Area, AreaKind
from khuevan.platform.areas.selectors import (
    area_on,
    areas_named,
    areas_on,
    birth_registration_province,
    communes_of,
    provinces,
)

__all__ = [
    "Area",
    "AreaKind",
    "area_on",
    "areas_named",
    "areas_on",
    "birth_registration_province",
    "communes_of",
    "load_areas",
    "provinces",
]
