"""Reading whether a teacher, a class and a room are free at a time of a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from khuevan.kernel.periods import in_force
from khuevan.platform.accounts.api import Person
from khuevan.registry.staff.api import StaffLeave
from khuevan.school.timetable.errors import ClassBusy, RoomTaken, TeacherAway, TeacherBusy
from khuevan.school.timetable.models import ScheduledLesson
from khuevan.school.timetable.places import Place, place_of
from khuevan.school.timetable.selectors.days import (
    HeldLesson,
    lessons_of_person,
    lessons_of_school,
)
from khuevan.ui.formats import day

BECAUSE = "of a school whose timetable the actor makes"
Besides = Collection[tuple[int, date]]
"""Lessons that are being moved, by number and the day on which the timetable has them."""


def place_held(held: HeldLesson) -> Place:
    """Return where a lesson is held."""
    return Place(held.on, held.bell.half, held.bell.number, held.lesson.length)


def require_free(row: ScheduledLesson, place: Place, *, besides: Besides) -> None:
    """Refuse a time at which the class, the teacher or the room of a lesson has another one.

    :raises ClassBusy, TeacherBusy, TeacherAway, RoomTaken:
    """
    for held in _at(lessons_of_school(row.school_id, place.on), place, besides):
        _require_apart(row, held.lesson)


def require_own_time(
    row: ScheduledLesson, on: date, *, teacher: Person | None, besides: Besides
) -> None:
    """Refuse to have a lesson again where the timetable has it, once another was put there.

    What the timetable itself has at one time is no reason: it was published so.

    :raises ClassBusy, TeacherBusy, RoomTaken:
    """
    place = place_of(row, on, None)
    for held in _at(lessons_of_school(row.school_id, on), place, besides):
        if held.change is not None:
            _require_apart(row, held.lesson)
    if teacher is None:
        return
    for held in _at(lessons_of_person(teacher.pk, on, on), place, besides):
        if held.change is not None and held.teacher is not None and held.teacher.pk == teacher.pk:
            raise TeacherBusy(name=teacher.full_name, room=held.lesson.homeroom_class.name)


def _require_apart(row: ScheduledLesson, other: ScheduledLesson) -> None:
    """Refuse two lessons of one class, or in one room.

    :raises ClassBusy, RoomTaken:
    """
    words = {"room": other.homeroom_class.name, "subject": other.subject_label}
    if other.homeroom_class_id == row.homeroom_class_id:
        raise ClassBusy(**words)
    if row.room_id is not None and other.room_id == row.room_id:
        raise RoomTaken(place=str(other.room), **words)


def require_teacher_free(person_id: int, name: str, place: Place, *, besides: Besides) -> None:
    """Refuse a time at which somebody is on leave or teaches, at whichever school.

    :raises TeacherAway, TeacherBusy:
    """
    leaves = StaffLeave.objects.unscoped(because=BECAUSE)
    if leaves.filter(in_force(place.on), person_id=person_id).exists():
        raise TeacherAway(name=name, day=day(place.on))
    for held in _at(lessons_of_person(person_id, place.on, place.on), place, besides):
        if held.teacher is not None and held.teacher.pk == person_id:
            raise TeacherBusy(name=name, room=held.lesson.homeroom_class.name)


def _at(found: Collection[HeldLesson], place: Place, besides: Besides) -> list[HeldLesson]:
    return [
        one
        for one in found
        if not one.is_off
        and (one.lesson.pk, one.origin) not in besides
        and place_held(one).meets(place)
    ]
