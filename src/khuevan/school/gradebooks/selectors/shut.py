"""Whether a period of a class takes entries at all: for what is not a column of a gradebook."""

from __future__ import annotations

from datetime import date

from khuevan.registry.schools.api import HomeroomClass
from khuevan.school.gradebooks.models import EntryWindow

BECAUSE = "of a class that the actor reached"


def is_period_shut(room: HomeroomClass, period: int, on: date) -> bool:
    """Return whether a period is locked, over or not open yet for a class on a day.

    Where the school set no window it is open.
    """
    window = (
        EntryWindow.objects.unscoped(because=BECAUSE)
        .filter(
            school_id=room.school_id,
            academic_year_id=room.academic_year_id,
            level=room.grade_level.level,
            period=period,
        )
        .first()
    )
    if window is None:
        return False
    return window.locked_at is not None or not window.opens_on <= on < window.closes_on
