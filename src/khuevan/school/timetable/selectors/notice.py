"""How many working days before it holds a school publishes a timetable."""

from __future__ import annotations

from datetime import date, timedelta

from khuevan.platform.calendar.api import add_working_days, calendar_from
from khuevan.school.timetable.rule_models import USUAL_NOTICE, PublishingNotice

BECAUSE = "of a school that the caller reached through a scope"


def notice_of(school_id: int) -> int:
    """Return how many working days ahead a school publishes."""
    rows = PublishingNotice.objects.unscoped(because=BECAUSE).filter(school_id=school_id)
    found: int | None = rows.values_list("working_days", flat=True).first()
    return USUAL_NOTICE if found is None else found


def earliest_start(school_id: int, today: date) -> date:
    """Return the first day on which what is published today may hold."""
    return add_working_days(today, notice_of(school_id), calendar_from(today))


def monday_from(day: date) -> date:
    """Return the first Monday that is not before a day."""
    return day + timedelta(days=-day.weekday() % 7)
