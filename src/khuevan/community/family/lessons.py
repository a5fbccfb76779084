"""The lessons of a child's class on a day, as lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khuevan.community.family.selectors import Child
from khuevan.school.timetable.api import by_day, days_off_of_class, held_line, lessons_of_class


def lines_of(child: Child, days: Sequence[date]) -> list[list[dict[str, Any]]]:
    """Return the lessons of a child's class on each of some days, in order."""
    if child.room is None:
        return [[] for _day in days]
    found = by_day(lessons_of_class(child.room, days[0], days[-1], student_id=child.student.pk))
    return [[held_line(one, of_class=True) for one in found[on]] for on in days]


def days_off_of(child: Child, days: Sequence[date]) -> dict[date, str]:
    """Return of these days those off of a child's class, with their reasons."""
    return {} if child.room is None else days_off_of_class(child.room, days[0], days[-1])
