"""What other apps may use of the search app."""

from khuevan.platform.search.own_providers import UnitAddress, unit_addresses
from khuevan.platform.search.providers import Provider, SearchHit, provide, providers
from khuevan.platform.search.selectors import HitGroup, search

__all__ = [
    "HitGroup",
    "Provider",
    "SearchHit",
    "UnitAddress",
    "provide",
    "providers",
    "search",
    "unit_addresses",
]
