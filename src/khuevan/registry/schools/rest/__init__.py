"""Schools for programs: the same selectors, doors and actions as the pages."""

from khuevan.registry.schools.rest import changes, decisions, places, writing, years
from khuevan.registry.schools.rest.reading import router

__all__ = ["changes", "decisions", "places", "router", "writing", "years"]
