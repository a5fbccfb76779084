"""Numbers that stand in addresses: whatever is typed there, it is a row's number or nothing."""

from __future__ import annotations

LONGEST = 18
"""Digits that always fit into the database's numbers."""


def row_number(text: str) -> int | None:
    """Return the row's number that a text is; None for everything else, however long."""
    is_one = len(text) <= LONGEST and text.isascii() and text.isdecimal()
    return int(text) if is_one else None
