"""Since when a school is known to be there: nothing was founded after that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Min

from khuevan.registry.schools.holdings import holdings
from khuevan.registry.schools.models import HomeroomClass, SchoolVersion

_WHY = "only the first day is told, to whom the school was looked up for"


def first_days_of(school_ids: Collection[int]) -> dict[int, date]:
    """Return the first day of each school, its classes and its pupils, whichever is first.

    The number of queries does not grow with the schools; one that has nothing is absent.
    """
    versions = SchoolVersion.objects.unscoped(because=_WHY).filter(school_id__in=school_ids)
    classes = HomeroomClass.objects.unscoped(because=_WHY).filter(school_id__in=school_ids)
    told = [
        versions.order_by().values_list("school_id").annotate(day=Min("starts_on")),
        classes.order_by().values_list("school_id").annotate(day=Min("academic_year__starts_on")),
    ]
    found = [dict(rows) for rows in told]
    found += [dict(one.first_days(school_ids)) for one in holdings if one.first_days]
    days: dict[int, date] = {}
    for each in found:
        for school_id, day in each.items():
            days[school_id] = min(day, days.get(school_id, day))
    return days
