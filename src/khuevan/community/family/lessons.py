"""The lessons of a child's class on a day, as lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from khuevan.community.family.selectors import Child
from khuevan.school.timetable.api import day_of_class, held_line


def lines_of(child: Child, on: date) -> list[dict[str, Any]]:
    """Return the lessons of a child's class on a day, in order."""
    if child.room is None:
        return []
    return [held_line(one, of_class=True) for one in day_of_class(child.room, on)]
