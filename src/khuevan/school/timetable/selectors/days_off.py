"""Why a class or a teacher has no lessons on a day: the holiday's name, the closure's reason."""

from __future__ import annotations

from datetime import date, timedelta

from khuevan.registry.schools.api import HomeroomClass, School, why_off
from khuevan.school.timetable.models import ScheduledLesson, TimetableState

BECAUSE = "the caller asks for the own lessons"
ONE_DAY = timedelta(days=1)


def days_off_of_class(room: HomeroomClass, first: date, last: date) -> dict[date, str]:
    """Return the days off of a class with their reasons, both days included."""
    level = room.grade_level.level
    return why_off(room.school_id, level, first=first, end=last + ONE_DAY)


def day_off_of_school(school: School, on: date) -> str:
    """Return why a school has no lessons on a day at any level, as far as anybody said."""
    found = [why_off(school.pk, level, first=on, end=on + ONE_DAY) for level in school.levels]
    return found[0].get(on, "") if found and all(on in one for one in found) else ""


def days_off_of_person(person_id: int, first: date, last: date) -> dict[date, str]:
    """Return the days off of whoever teaches, with their reasons, both days included.

    Who teaches at several schools or levels has a day off where all of them have one.
    """
    rows = ScheduledLesson.objects.unscoped(because=BECAUSE).filter(
        person_id=person_id,
        timetable__state=TimetableState.PUBLISHED,
        timetable__starts_on__lte=last,
        timetable__academic_year__ends_on__gt=first,
    )
    places = rows.order_by().values_list("school_id", "homeroom_class__grade_level__level")
    found = [
        why_off(school_id, level, first=first, end=last + ONE_DAY)
        for school_id, level in sorted(places.distinct())
    ]
    if not found:
        return {}
    return {on: why for on, why in found[0].items() if all(on in one for one in found)}
