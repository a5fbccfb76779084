"""Which marks of a former gradebook fit the columns of a new one: pure.

A midterm mark goes to the midterm column of its term, a final to the final; regular marks fill
the regular columns of their term in order. What stands already is left as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from khuevan.school.gradebooks.slots import Slot, is_regular, period_of


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes where, and what finds no column."""

    fits: dict[Slot, int] = field(default_factory=dict)
    """New column to value."""
    left: dict[Slot, int] = field(default_factory=dict)
    """Former column to value."""


def carried(former: Mapping[Slot, int], slots: Sequence[Slot], taken: Collection[Slot]) -> Carried:
    """Return where the values of former columns go; `taken` are columns that hold something."""
    found = Carried()
    for column, value in sorted(former.items()):
        if is_regular(column):
            free = [
                one
                for one in slots
                if is_regular(one)
                and period_of(one) == period_of(column)
                and one not in taken
                and one not in found.fits
            ]
            to = free[0] if free else None
        else:
            to = column if column in slots and column not in taken else None
        if to is None:
            if column not in taken:
                found.left[column] = value
        else:
            found.fits[to] = value
    return found
