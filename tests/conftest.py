"""The cast and the client for the tests that cross apps."""

from tests.cast import cast, client, pinned_day

__all__ = ["cast", "client", "pinned_day"]
