"""The cast of all tests, for the apps of this layer."""

from tests.cast import cast, client, pinned_day

__all__ = ["cast", "client", "pinned_day"]
