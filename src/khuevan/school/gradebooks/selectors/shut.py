"""Whether a period of a class takes entries at all: for what is not a column of a gradebook."""

from __future__ import annotations

from datetime import date

from khuevan.registry.schools.api import HomeroomClass
from khuevan.school.gradebooks.models import EntryWindow, Gradebook, WindowExtension
from khuevan.school.gradebooks.selectors.windows import Shut, shut_on

BECAUSE = "of a class that the actor reached"


def period_shut(
    room: HomeroomClass, period: int, on: date, *, book: Gradebook | None = None
) -> Shut | None:
    """Return why a period takes nothing for a class on a day, None while it is open.

    Where the school set no window it is open. A gradebook may have been given longer.
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
    why = None if window is None else shut_on(window, on)
    if why is not Shut.OVER or book is None:
        return why
    longer = WindowExtension.objects.unscoped(because=BECAUSE).filter(
        gradebook=book, period=period, until__gt=on
    )
    return None if longer.exists() else why
