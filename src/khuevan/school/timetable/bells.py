"""The bell times of a school by date: which periods its half-days have, and the week they make."""

from __future__ import annotations

from datetime import date

from khuevan.kernel.periods import in_force
from khuevan.school.timetable.grids import Bell, Week, usual_bells
from khuevan.school.timetable.models import BellPeriod, Half

BECAUSE = "of a school that the caller reached through a scope"


def bells_by_level(school_id: int, on: date) -> dict[str, tuple[Bell, ...]]:
    """Return the bell times of each level that has its own, and those of all under no name."""
    order = {half: place for place, half in enumerate(Half.values)}
    rows = BellPeriod.objects.unscoped(because=BECAUSE).filter(in_force(on), school_id=school_id)
    found: dict[str, list[Bell]] = {}
    for row in sorted(rows, key=lambda row: (order[row.half], row.number)):
        bell = Bell(row.half, row.number, row.begins_at, row.ends_at)
        found.setdefault(row.level, []).append(bell)
    return {level: tuple(bells) for level, bells in found.items()}


def bells_after(school_id: int, level: str, on: date) -> dict[date, tuple[Bell, ...]]:
    """Return the bell times of a level, or of all, that begin after a day, by their first day."""
    order = {half: place for place, half in enumerate(Half.values)}
    rows = BellPeriod.objects.unscoped(because=BECAUSE).filter(
        school_id=school_id, level=level, starts_on__gt=on
    )
    found: dict[date, list[Bell]] = {}
    for row in sorted(rows, key=lambda row: (row.starts_on, order[row.half], row.number)):
        bell = Bell(row.half, row.number, row.begins_at, row.ends_at)
        found.setdefault(row.starts_on, []).append(bell)
    return {day: tuple(bells) for day, bells in found.items()}


def merged(bells: dict[str, tuple[Bell, ...]]) -> tuple[Bell, ...]:
    """Return the periods that any level has, with the times of all levels where they have some."""
    order = {half: place for place, half in enumerate(Half.values)}
    found: dict[tuple[int, int], Bell] = {}
    for level in sorted(bells):  # the times of all levels stand first, under no name
        for bell in bells[level]:
            found.setdefault((order[bell.half], bell.number), bell)
    return tuple(found[key] for key in sorted(found)) or usual_bells()


def school_week(school_id: int, on: date, days: int) -> Week:
    """Return the week of a school on a day."""
    bells = bells_by_level(school_id, on)
    own = tuple((level, times) for level, times in sorted(bells.items()) if level)
    return Week(days, merged(bells), own)
