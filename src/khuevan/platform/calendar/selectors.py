"""Reads: the working calendar of a stretch of time and what it lacks. Public facts, unscoped."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from khuevan.kernel.memo import memo
from khuevan.platform.calendar import rules
from khuevan.platform.calendar.kinds import HolidayKind
from khuevan.platform.calendar.models import Holiday, SwappedDay
from khuevan.platform.calendar.rules import WorkingCalendar

NOTICE_EXPECTED_FROM = 10
"""The notice of the next year comes in autumn: from October its absence is worth a warning."""


def holidays(first: date, last: date) -> QuerySet[Holiday]:
    """Return the recorded holidays of a stretch of time, both days included, by day."""
    return Holiday.objects.filter(on__range=(first, last)).order_by("on", "kind")


def swapped_days(first: date, last: date) -> QuerySet[SwappedDay]:
    """Return the swapped days of a stretch of time, both days included, by day."""
    return SwappedDay.objects.filter(on__range=(first, last)).order_by("on")


def working_calendar(first: date, last: date) -> WorkingCalendar:
    """Return the days off and the worked weekend days of every year the stretch touches.

    A year nobody has recorded yet gets the holidays that follow from the law.
    """
    return _calendar_of_years(first.year, last.year)


@memo(seconds=60)
def _calendar_of_years(first_year: int, last_year: int) -> WorkingCalendar:
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    off = set(holidays(first, last).values_list("on", flat=True))
    missing = set(range(first.year, last.year + 1)) - {day.year for day in off}
    off |= {holiday.on for year in missing for holiday in rules.expected_holidays(year)}
    swaps = list(swapped_days(first, last))
    return WorkingCalendar(
        days_off=frozenset(off | {swap.on for swap in swaps if not swap.works}),
        days_worked=frozenset(swap.on for swap in swaps if swap.works),
    )


def holiday_kinds(first: date, last: date) -> dict[date, HolidayKind]:
    """Return which holiday each day off is, both days included.

    A year nobody has recorded yet gets the holidays that follow from the law.
    """
    told: dict[date, HolidayKind] = {}
    for year in range(first.year, last.year + 1):
        recorded = list(holidays(date(year, 1, 1), date(year, 12, 31)))
        days = [(one.on, HolidayKind(one.kind)) for one in recorded] or [
            (one.on, one.kind) for one in rules.expected_holidays(year)
        ]
        for on, kind in days:
            told.setdefault(on, kind)
    return {on: kind for on, kind in told.items() if first <= on <= last}


def calendar_from(start: date) -> WorkingCalendar:
    """Return the working calendar for time limits that start on a day: its year and the next."""
    return working_calendar(start, date(start.year + 1, 12, 31))


def years_without_notice(*, on: date) -> list[int]:
    """Return the years, this one and from October the next, whose Tết no notice has confirmed."""
    years = [on.year, on.year + 1] if on.month >= NOTICE_EXPECTED_FROM else [on.year]
    confirmed = Holiday.objects.filter(
        kind=HolidayKind.LUNAR_NEW_YEAR, is_verified=True, on__year__in=years
    )
    known = {day.year for day in confirmed.values_list("on", flat=True)}
    return [year for year in years if year not in known]
