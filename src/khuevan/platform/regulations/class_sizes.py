"""How many pupils a class may hold, out of a CLASS_SIZE setting."""

from __future__ import annotations

from collections.abc import Mapping


def class_norm(setting: Mapping[str, object] | None, age: int, school_type: str = "") -> int | None:
    """Return how many pupils a class may hold; None where nothing is set.

    A type of school may have a norm of its own; else there is one number, or one for each age.
    """
    if setting is None:
        return None
    by_type, by_age = setting.get("max_by_type"), setting.get("max_by_age")
    found = setting.get("max")
    if isinstance(by_type, Mapping) and school_type in by_type:
        found = by_type[school_type]
    elif isinstance(by_age, Mapping):
        found = by_age.get(str(age))
    return found if isinstance(found, int) else None
