"""People for programs, mounted by `exchange.api`."""

from khuevan.registry.people.rest import consents
from khuevan.registry.people.rest.persons import router

__all__ = ["consents", "router"]
