"""What a school lost on a day, made up as a whole; queries grow with classes, not lessons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.platform.notifications.api import notify
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import StaffLeave
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.actions.telling import people_of_class
from khuevan.school.timetable.models import ChangeKind, DayChange, ScheduledLesson
from khuevan.school.timetable.notices import CLASS_DAY_MADE_UP, DAY_MADE_UP
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.places import Place
from khuevan.school.timetable.problems import week_of
from khuevan.school.timetable.selectors.days import (
    lessons_of_people,
    lessons_of_school,
    teachers_on,
)
from khuevan.school.timetable.selectors.free import place_held
from khuevan.school.timetable.selectors.lost import lost_lessons
from khuevan.school.timetable.selectors.open_days import may_be_taught
from khuevan.school.timetable.selectors.versions import timetable_on
from khuevan.ui.formats import day

BECAUSE = "of a school whose timetable the actor makes"
Rows = list[ScheduledLesson]


@transaction.atomic
def make_up_day(
    *, actor: Actor, school: School, on: date, to: date, now: datetime
) -> tuple[int, int]:
    """Hold what a school lost on a day at the usual times of another day, one line for each person.

    Return how many lessons are arranged, and how many still wait: class, teacher or room isn't
    free then.
    """
    mine = ScheduledLesson.objects.visible_to(actor, MANAGE_TIMETABLES).filter(school=school)
    lost = [one.lesson.pk for one in lost_lessons(school.pk, on, on, days_off=frozenset())]
    held = mine.filter(pk__in=lost).order_by("pk").select_for_update(no_key=True, of=("self",))
    mine_too = set(held.values_list("pk", flat=True))
    rows = [
        one.lesson
        for one in lost_lessons(school.pk, on, on, days_off=frozenset())
        if one.lesson.pk in mine_too
    ]
    arranged = _arranged(school, rows, to)
    if arranged:
        _write(arranged, on, to)
        _tell([row for group in arranged for row in group], on, to, now)
        count = sum(len(group) for group in arranged)
        record(
            audit_codes.DAY_MADE_UP,
            actor=actor,
            at=now,
            target=school,
            unit_id=school.pk,
            details={"day": on, "on": to, "count": count},
        )
    done = sum(len(group) for group in arranged)
    return done, len(rows) - done


def _arranged(school: School, rows: Rows, to: date) -> list[Rows]:
    """Return the lessons that can be held on a day at their usual times, joint ones together."""
    timetable = timetable_on(school.pk, to)
    if timetable is None or not rows:
        return []
    known = {(bell.half, bell.number) for bell in week_of(timetable).bells}
    open_levels = {
        level: may_be_taught(room, to)
        for level, room in {
            row.homeroom_class.grade_level.level: row.homeroom_class for row in rows
        }.items()
    }
    teachers = teachers_on(rows, to)
    people = {one.pk for one in teachers.values() if one is not None}
    leaves = StaffLeave.objects.unscoped(because=BECAUSE).filter(in_force(to), person_id__in=people)
    away = set(leaves.values_list("person_id", flat=True))
    taken = _taken(school, people, to)
    found = []
    for group in _together(rows):
        first = group[0]
        place = Place(to, first.half, first.period or 0, first.length)
        keys = _keys(group, [one.pk for row in group if (one := teachers[row.pk]) is not None])
        fits = (
            all((place.half, period) in known for period in place.periods)
            and all(open_levels[row.homeroom_class.grade_level.level] for row in group)
            and not any(kind == "person" and pk in away for kind, pk in keys)
            and not any(place.meets(one) for key in keys for one in taken[key])
        )
        if fits:
            found.append(group)
            for key in keys:
                taken[key].append(place)
    return found


def _together(rows: Rows) -> list[Rows]:
    """Return lessons that are held together as one group each."""
    groups: dict[object, Rows] = {}
    for row in rows:
        groups.setdefault(row.joint or row.pk, []).append(row)
    return list(groups.values())


def _keys(group: Iterable[ScheduledLesson], people: Sequence[int]) -> set[tuple[str, int]]:
    """Return who and what a lesson takes: classes, rooms, teachers."""
    found = {("class", row.homeroom_class_id) for row in group}
    found |= {("room", row.room_id) for row in group if row.room_id}
    return found | {("person", pk) for pk in people}


def _taken(school: School, people: set[int], to: date) -> defaultdict[tuple[str, int], list[Place]]:
    """Return when classes, rooms and teachers have a lesson on a day, at whichever school."""
    taken: defaultdict[tuple[str, int], list[Place]] = defaultdict(list)
    for held in lessons_of_school(school.pk, to):
        if not held.is_off:
            for key in _keys([held.lesson], []):
                taken[key].append(place_held(held))
    for held in lessons_of_people(people, to, to):
        if held.teacher is not None and not held.is_off:
            taken["person", held.teacher.pk].append(place_held(held))
    return taken


def _write(arranged: list[Rows], on: date, to: date) -> None:
    pks = [row.pk for group in arranged for row in group]
    DayChange.objects.unscoped(because=BECAUSE).filter(lesson__in=pks, on=on).delete()
    made = []
    for group in arranged:
        pair = uuid4() if len(group) > 1 else None
        made += [
            DayChange(
                lesson=row,
                on=on,
                school_id=row.school_id,
                homeroom_class_id=row.homeroom_class_id,
                kind=ChangeKind.MOVED,
                to_on=to,
                to_half=row.half,
                to_period=row.period,
                pair=pair,
            )
            for row in group
        ]
    DayChange.objects.unscoped(because=BECAUSE).bulk_create(made)


def _tell(rows: Rows, on: date, to: date, now: datetime) -> None:
    """Tell each teacher, and each family, once that the lessons of a day are held on another."""
    words = {"before": day(on), "day": day(to)}
    people = {row.person_id for row in rows if row.person_id}
    link = f"/my/timetable/?on={to.isoformat()}"
    notify(people, DAY_MADE_UP, now=now, params=words, link=link)
    classes = {row.homeroom_class_id for row in rows}
    families = {pk for room in sorted(classes) for pk in people_of_class(room, to)}
    notify(families, CLASS_DAY_MADE_UP, now=now, params=words, link="/")
