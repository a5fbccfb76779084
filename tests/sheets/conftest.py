"""The cast of all tests, for lists that come into their schools."""

from tests.cast import cast, client, pinned_day

__all__ = ["cast", "client", "pinned_day"]
