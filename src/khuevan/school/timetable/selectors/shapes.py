"""How the week of each class lies over half-days, by the timetable that holds: for plan pages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Sum

from khuevan.registry.schools.api import School
from khuevan.school.timetable.models import Half, ScheduledLesson
from khuevan.school.timetable.selectors.versions import timetable_on

BECAUSE = "counts of periods of a school that the caller reached"


def class_shapes(school: School, on: date) -> dict[int, list[tuple[int, int]]]:
    """Return morning and afternoon periods of each day of the week, by class: two queries."""
    timetable = timetable_on(school.pk, on)
    if timetable is None:
        return {}
    rows = (
        ScheduledLesson.objects.unscoped(because=BECAUSE)
        .filter(timetable=timetable, weekday__isnull=False)
        .order_by()
        .values_list("homeroom_class_id", "weekday", "half")
        .annotate(periods=Sum("length"))
    )
    found: defaultdict[int, defaultdict[int, dict[str, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for room_id, weekday, half, periods in rows:
        found[room_id][weekday][half] = periods
    return {
        room_id: [
            (halves.get(Half.MORNING, 0), halves.get(Half.AFTERNOON, 0))
            for _day, halves in sorted(days.items())
        ]
        for room_id, days in found.items()
    }
