"""Pure rules of staff."""

from __future__ import annotations

_ROLES = {
    "PRINCIPAL": ("principal", "school_staff"),
    "VICE_PRINCIPAL": ("vice_principal", "school_staff"),
    "CLERK": ("school_clerk", "school_staff"),
}


def roles_of_position(position: str) -> tuple[str, ...]:
    """Return the role codes that a position in a school brings."""
    return _ROLES.get(position, ("school_staff",))
