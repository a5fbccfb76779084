"""Reading to when a lesson of a day can be moved, and with which it can be swapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from khuevan.kernel.periods import holds
from khuevan.registry.staff.api import StaffLeave
from khuevan.school.timetable.models import ScheduledLesson
from khuevan.school.timetable.places import Place, place_of
from khuevan.school.timetable.problems import week_of
from khuevan.school.timetable.selectors.days import (
    HeldLesson,
    lessons_of_people,
    lessons_of_school,
    teacher_on,
    week_days,
)
from khuevan.school.timetable.selectors.free import place_held
from khuevan.school.timetable.selectors.open_days import days_to_teach
from khuevan.school.timetable.selectors.versions import timetable_on

BECAUSE = "of a school whose timetable the actor makes"


def free_places(row: ScheduledLesson, on: date, *, first: date, days: int) -> list[Place]:
    """Return the times of some days at which class, teacher and room of a lesson are free.

    Where it is held now is none of them, nor where the timetable has it: there it is as usual.
    """
    last = first + timedelta(days=days - 1)
    of_school = lessons_of_school(row.school_id, first, last)
    here = [place_held(one) for one in of_school if _is(one, row, on) and not one.is_off]
    here.append(place_of(row, on, None))
    taken = _taken(row, of_school, first, last, besides={(row.pk, on)})
    timetable = timetable_on(row.school_id, first) or row.timetable
    bells = week_of(timetable).bells
    known = {(bell.half, bell.number) for bell in bells}
    away = _leaves({row.person_id or 0}, first, last)
    open_days = days_to_teach(row.homeroom_class, first, last)
    found = []
    for number in range(days):
        at = first + timedelta(days=number)
        if any(holds(one, at) for one in away) or at not in open_days:
            continue
        for bell in bells:
            place = Place(at, bell.half, bell.number, row.length)
            fits = all((place.half, period) in known for period in place.periods)
            if fits and place not in here and not any(place.meets(one) for one in taken[at]):
                found.append(place)
    return found


def swaps(row: ScheduledLesson, on: date, *, since: date) -> list[HeldLesson]:
    """Return the lessons of the class in that week whose teacher could swap with this one.

    What was held before `since` is past and stays, unless the lesson itself is of such a day.
    """
    days = week_days(on)
    lessons = lessons_of_school(row.school_id, days[0], days[-1])
    here = next((one for one in lessons if _is(one, row, on) and not one.is_off), None)
    if here is None or row.joint:
        return []
    others = [
        one
        for one in lessons
        if one.lesson.homeroom_class_id == row.homeroom_class_id
        and not (one.is_off or one.lesson.joint or _is(one, row, on))
        and one.lesson.length == row.length
        and one.lesson.person_id not in {None, row.person_id}
        and one.on >= min(on, since)
    ]
    people = {one.lesson.person_id for one in others if one.lesson.person_id} | {row.person_id}
    busy = _by_person({one for one in people if one}, days[0], days[-1])
    away = _leaves({one for one in people if one}, days[0], days[-1])
    return [one for one in others if _can_swap(here, one, busy, away)]


def _can_swap(
    here: HeldLesson,
    there: HeldLesson,
    busy: dict[int, list[HeldLesson]],
    away: Sequence[StaffLeave],
) -> bool:
    keys = {(one.lesson.pk, one.origin) for one in (here, there)}
    for one, target in ((here, place_held(there)), (there, place_held(here))):
        person_id = one.lesson.person_id
        if any(leave.person_id == person_id and holds(leave, target.on) for leave in away):
            return False
        for held in busy.get(person_id or 0, ()):
            if (held.lesson.pk, held.origin) not in keys and place_held(held).meets(target):
                return False
    return True


def _taken(
    row: ScheduledLesson,
    of_school: Iterable[HeldLesson],
    first: date,
    last: date,
    *,
    besides: Collection[tuple[int, date]],
) -> defaultdict[date, list[Place]]:
    """Return the times at which the class, the room or the teacher of a lesson is taken."""
    teacher = teacher_on(row, first)
    found: defaultdict[date, list[Place]] = defaultdict(list)
    theirs = lessons_of_people([teacher.pk], first, last) if teacher else []
    of_class = (
        held
        for held in of_school
        if held.lesson.homeroom_class_id == row.homeroom_class_id
        or (row.room_id is not None and held.lesson.room_id == row.room_id)
    )
    own = (one for one in theirs if one.teacher is not None and one.teacher == teacher)
    for held in (*of_class, *own):
        if not held.is_off and (held.lesson.pk, held.origin) not in besides:
            found[held.on].append(place_held(held))
    return found


def _by_person(people: Collection[int], first: date, last: date) -> dict[int, list[HeldLesson]]:
    found: defaultdict[int, list[HeldLesson]] = defaultdict(list)
    for held in lessons_of_people(people, first, last):
        if held.teacher is not None and not held.is_off:
            found[held.teacher.pk].append(held)
    return found


def _leaves(people: Iterable[int], first: date, last: date) -> list[StaffLeave]:
    rows = StaffLeave.objects.unscoped(because=BECAUSE).filter(
        person_id__in=list(people), starts_on__lte=last, ends_on__gt=first
    )
    return list(rows)


def _is(held: HeldLesson, row: ScheduledLesson, on: date) -> bool:
    return held.lesson.pk == row.pk and held.origin == on
