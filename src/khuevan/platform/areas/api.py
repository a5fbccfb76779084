"""What other apps may use of the areas."""

from __future__ import annotations

from khuevan.platform.areas.actions import FORMER_SINCE, LISTED_SINCE, TWO_LEVELS_SINCE, load_areas
from khuevan.platform.areas.models import Area, AreaKind, AreaSuccession
from khuevan.platform.areas.permissions import VIEW_AREAS
from khuevan.platform.areas.selectors import (
    areas_named,
    areas_on,
    communes_of,
    districts_of,
    predecessors_of,
    provinces,
    successors_of,
)
from khuevan.platform.areas.standing import Standing, standing_on

__all__ = [
    "FORMER_SINCE",
    "LISTED_SINCE",
    "TWO_LEVELS_SINCE",
    "VIEW_AREAS",
    "Area",
    "AreaKind",
    "AreaSuccession",
    "Standing",
    "areas_named",
    "areas_on",
    "communes_of",
    "districts_of",
    "load_areas",
    "predecessors_of",
    "provinces",
    "standing_on",
    "successors_of",
]
