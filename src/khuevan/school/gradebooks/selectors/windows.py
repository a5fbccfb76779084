"""When marks may be entered: the windows of a school's periods, and columns that are closed."""

from __future__ import annotations

from datetime import date

from khuevan.school.gradebooks.models import EntryWindow, Gradebook
from khuevan.school.gradebooks.slots import Slot, period_of

BECAUSE = "of a gradebook that the actor reached"


def locked_slots(book: Gradebook, on: date) -> set[Slot]:
    """Return the columns of a gradebook in which nothing is entered on a day.

    Those that their teacher closed, and those of periods that are locked, over, or not open yet.
    Where a school set no window for a period, it is open.
    """
    rows = EntryWindow.objects.unscoped(because=BECAUSE).filter(
        school_id=book.school_id,
        academic_year_id=book.academic_year_id,
        level=book.homeroom_class.grade_level.level,
    )
    shut = {
        one.period
        for one in rows
        if one.locked_at is not None or not one.opens_on <= on < one.closes_on
    }
    return {one for one in book.slots if one in book.closed_slots or period_of(one) in shut}
