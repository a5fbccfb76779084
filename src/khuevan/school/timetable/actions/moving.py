"""Lessons of single days at another time: moved, made up, swapped with another one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.registry.staff.api import StaffMember
from khuevan.school.timetable.actions.days import (
    changed_lesson,
    require_stands_in,
    write_change,
)
from khuevan.school.timetable.errors import AlreadyThere, NoLessonsThatDay, NoSuchSpot
from khuevan.school.timetable.models import ChangeKind, DayChange, ScheduledLesson
from khuevan.school.timetable.places import Place, place_of
from khuevan.school.timetable.problems import week_of
from khuevan.school.timetable.selectors.days import teacher_on
from khuevan.school.timetable.selectors.free import require_free, require_teacher_free
from khuevan.school.timetable.selectors.open_days import may_be_taught
from khuevan.school.timetable.selectors.versions import timetable_on
from khuevan.ui.formats import day

BECAUSE = "of a school whose timetable the actor makes"


@transaction.atomic
def move_lesson_of_day(
    *,
    actor: Actor,
    lesson: UUID,
    on: date,
    to: Place,
    member: StaffMember | None = None,
    teaches_subject: bool = True,
    reason: str = "",
    now: datetime,
) -> DayChange:
    """Hold a lesson of a day at another time, of that day or another one; by a colleague if named.

    The day on which the timetable has it may be one without lessons: then it is made up. Classes
    that learn together move together.

    :raises NotThatDay, AlreadyThere, NoSuchSpot, NoLessonsThatDay: of the days
    :raises ClassBusy, TeacherBusy, TeacherAway, RoomTaken: when it can't be held at that time
    :raises OwnLesson, NotOnStaff: of the colleague
    """
    row = changed_lesson(actor, lesson, on, may_be_closed=True)
    place = Place(to.on, to.half, to.first, row.length)
    if place == place_of(row, on, None) and member is None:
        raise AlreadyThere
    require_spot(row, place)
    if member is not None:
        require_stands_in(row, to.on, member)
    group = joint_rows(row)
    besides = {(one.pk, on) for one in group}
    for one in group:
        _require_room(one, place, member if one.pk == row.pk else None, besides)
    pair = uuid4() if len(group) > 1 else None
    made = [
        write_change(
            actor,
            one,
            on,
            _moved(
                place,
                member if one.pk == row.pk else None,
                pair,
                reason,
                teaches=teaches_subject,
            ),
            now,
        )
        for one in group
    ]
    return made[0]


@transaction.atomic
def swap_lessons_of_day(
    *,
    actor: Actor,
    lesson: UUID,
    on: date,
    other: UUID,
    other_on: date,
    reason: str = "",
    now: datetime,
) -> tuple[DayChange, DayChange]:
    """Hold two lessons each at the other's time; both are as usual again together.

    :raises NotThatDay, NoLessonsThatDay, NoSuchSpot, AlreadyThere:
    :raises ClassBusy, TeacherBusy, TeacherAway, RoomTaken:
    """
    if lesson == other and on == other_on:
        raise AlreadyThere
    first, second = sorted(((lesson, on), (other, other_on)))
    rows = {
        key: changed_lesson(actor, key[0], key[1], may_be_closed=True) for key in (first, second)
    }
    one, two = rows[lesson, on], rows[other, other_on]
    olds = {
        key: DayChange.objects.unscoped(because=BECAUSE).filter(lesson=row, on=key[1]).first()
        for key, row in rows.items()
    }
    to_one = place_of(two, other_on, olds[other, other_on])
    to_two = place_of(one, on, olds[lesson, on])
    besides = {(one.pk, on), (two.pk, other_on)}
    pair = uuid4()
    wanted = []
    for row, since, target in ((one, on, to_one), (two, other_on, to_two)):
        place = Place(target.on, target.half, target.first, row.length)
        require_spot(row, place)
        _require_room(row, place, None, besides)
        wanted.append((row, since, _moved(place, None, pair, reason, teaches=True)))
    made = [write_change(actor, row, since, change, now) for row, since, change in wanted]
    return made[0], made[1]


def require_spot(row: ScheduledLesson, place: Place) -> None:
    """Refuse a time that the school's day doesn't have, or a day without lessons.

    :raises NoSuchSpot, NoLessonsThatDay:
    """
    holds = timetable_on(row.school_id, place.on)
    if holds is None or not may_be_taught(row.homeroom_class, place.on):
        raise NoLessonsThatDay(day=day(place.on))
    known = {(bell.half, bell.number) for bell in week_of(holds).bells}
    if not all((place.half, period) in known for period in place.periods):
        raise NoSuchSpot


def joint_rows(row: ScheduledLesson) -> list[ScheduledLesson]:
    """Return a lesson first, then those of the classes that learn together with it."""
    if row.joint is None:
        return [row]
    rows = ScheduledLesson.objects.unscoped(because=BECAUSE).filter(
        timetable_id=row.timetable_id, joint=row.joint
    )
    others: Iterable[ScheduledLesson] = rows.exclude(pk=row.pk).select_related(
        "homeroom_class__grade_level", "homeroom_class__school", "person", "timetable"
    )
    return [row, *others]


def _require_room(
    row: ScheduledLesson,
    place: Place,
    member: StaffMember | None,
    besides: Collection[tuple[int, date]],
) -> None:
    require_free(row, place, besides=besides)
    teacher = member.person if member is not None else teacher_on(row, place.on)
    if teacher is not None:
        require_teacher_free(teacher.pk, teacher.full_name, place, besides=besides)


def _moved(
    place: Place, member: StaffMember | None, pair: UUID | None, reason: str, *, teaches: bool
) -> DayChange:
    return DayChange(
        kind=ChangeKind.MOVED,
        to_on=place.on,
        to_half=place.half,
        to_period=place.first,
        substitute=member,
        person_id=member.person_id if member is not None else None,
        teaches_subject=teaches,
        pair=pair,
        reason=reason,
    )
