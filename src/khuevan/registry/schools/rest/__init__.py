"""Schools for programs: the same selectors, doors and actions as the pages."""

from khuevan.registry.schools.rest import writing, years
from khuevan.registry.schools.rest.reading import router

__all__ = ["router", "writing", "years"]
