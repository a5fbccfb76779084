"""The browser tests' fixtures, for the journeys."""

from tests.journeys.fixtures import browser, chromium, province, size, visit

__all__ = ["browser", "chromium", "province", "size", "visit"]
