"""Staff for programs: the same doors and actions as the pages, the same traces left."""

from khuevan.registry.staff.rest import classes, people, training
from khuevan.registry.staff.rest.words import router

__all__ = ["classes", "people", "router", "training"]
