"""The browser tests' fixtures, for the short round."""

from tests.journeys.fixtures import browser, chromium, province

__all__ = ["browser", "chromium", "province"]
