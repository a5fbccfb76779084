"""Which term of a level a day falls in, counted from nothing."""

from __future__ import annotations

from datetime import date

from khuevan.registry.schools.api import term_on


def term_now(level: str, on: date) -> int:
    """Return 0 in the first term of a level and before it, 1 in the second and after."""
    term = term_on(on, level=level)
    return 1 if term is not None and term.number > 1 else 0
