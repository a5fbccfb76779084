"""Reading which lessons of a school were lost: on closed days, or off; those made up left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from khuevan.registry.schools.api import Closure, closures_of
from khuevan.school.timetable.models import ChangeKind, DayChange, Half, ScheduledLesson
from khuevan.school.timetable.selectors.alternating import is_its_week, weeks_of
from khuevan.school.timetable.selectors.days import changes_in, lessons_of_versions, versions_in

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LostLesson:
    """A lesson of the timetable that wasn't held, and why."""

    lesson: ScheduledLesson
    on: date
    reason: str


def lost_lessons(
    school_id: int, first: date, last: date, *, days_off: frozenset[date]
) -> list[LostLesson]:
    """Return the lessons that a school lost in a span of days and that nobody has moved, by day.

    `days_off` are the public holidays. The count of queries doesn't grow with lessons or days.
    """
    spans = versions_in([school_id], first, last)
    rows = lessons_of_versions([timetable.pk for timetable, _days in spans])
    weeks = weeks_of(rows, last)
    closures = list(closures_of(school_id, first=first, end=last + ONE_DAY))
    changes = changes_in([school_id], first, last)
    found = []
    for timetable, days in spans:
        own = [row for row in rows if row.timetable_id == timetable.pk]
        for on in days:
            for row in own:
                if row.weekday != on.isoweekday() or not is_its_week(row, on, weeks):
                    continue
                why = _why(row, on, closures, changes.get((row.pk, on)), is_holiday=on in days_off)
                if why:
                    found.append(LostLesson(row, on, why))
    return sorted(found, key=_by_class_and_time)


def make_up_days(school_id: int, days: Collection[date]) -> dict[date, list[date]]:
    """Return of days without lessons on which days a school makes up what closures took of them."""
    if not days:
        return {}
    closures = list(closures_of(school_id, first=min(days), end=max(days) + ONE_DAY))
    return {
        on: sorted(
            {
                day.on
                for one in closures
                if one.starts_on <= on < one.ends_on
                for day in one.make_up_days.all()
            }
        )
        for on in days
    }


def _by_class_and_time(one: LostLesson) -> tuple[date, str, bool, int]:
    row = one.lesson
    return one.on, row.homeroom_class.sort_key, row.half != Half.MORNING, row.period or 0


def _why(
    row: ScheduledLesson,
    on: date,
    closures: list[Closure],
    change: DayChange | None,
    *,
    is_holiday: bool,
) -> str:
    """Return why a lesson wasn't held on a day; nothing where it was, or is made up."""
    if change is not None and change.kind == ChangeKind.MOVED:
        return ""
    if is_holiday:
        return _("Public holiday")
    level = row.homeroom_class.grade_level.level
    closed = next(
        (
            one
            for one in closures
            if one.starts_on <= on < one.ends_on and (not one.levels or level in one.levels)
        ),
        None,
    )
    if closed is not None:
        return closed.why
    if change is not None and change.kind == ChangeKind.CANCELLED:
        return change.reason or str(ChangeKind.CANCELLED.label)
    return ""
