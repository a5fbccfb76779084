"""What is otherwise on single days: somebody stands in, a lesson is off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.platform.notifications.api import notify
from khuevan.registry.staff.api import Appointment, StaffMember
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.errors import (
    NoLessonsThatDay,
    NotOnStaff,
    NotThatDay,
    OwnLesson,
    TeacherBusy,
)
from khuevan.school.timetable.models import ChangeKind, DayChange, ScheduledLesson
from khuevan.school.timetable.notices import DAY_IS_OTHERWISE, STANDS_IN
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.selectors.days import is_held, lessons_of_person
from khuevan.school.timetable.selectors.versions import timetable_on
from khuevan.ui.formats import day

BECAUSE = "of a school whose timetable the actor makes"


@transaction.atomic
def substitute_lesson(
    *,
    actor: Actor,
    lesson: UUID,
    on: date,
    member: StaffMember,
    teaches_subject: bool = True,
    reason: str = "",
    now: datetime,
) -> DayChange:
    """Let a colleague hold a lesson on one day; who stood in before no longer does.

    :raises NotThatDay, NoLessonsThatDay, NotOnStaff, OwnLesson:
    :raises TeacherBusy: when the colleague has a lesson of the own at that time
    """
    row = _lesson(actor, lesson, on)
    name = member.person.full_name
    if member.pk == row.staff_member_id:
        raise OwnLesson(name=name)
    working = Appointment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), unit_id=row.school_id, staff_member=member
    )
    if not working.exists():
        raise NotOnStaff(name=name)
    _require_free(row, on, member)
    return _write(
        actor,
        row,
        on,
        DayChange(
            kind=ChangeKind.SUBSTITUTE,
            substitute=member,
            person_id=member.person_id,
            teaches_subject=teaches_subject,
            reason=reason,
        ),
        now,
    )


@transaction.atomic
def cancel_lesson(
    *, actor: Actor, lesson: UUID, on: date, reason: str = "", now: datetime
) -> DayChange:
    """Let a lesson be off on one day.

    :raises NotThatDay, NoLessonsThatDay:
    """
    row = _lesson(actor, lesson, on)
    return _write(actor, row, on, DayChange(kind=ChangeKind.CANCELLED, reason=reason), now)


@transaction.atomic
def restore_day(*, actor: Actor, lesson: UUID, on: date, now: datetime) -> None:
    """Let a lesson of one day be as the timetable has it."""
    row = _lesson(actor, lesson, on)
    changes = DayChange.objects.unscoped(because=BECAUSE).filter(lesson=row, on=on)
    people = set(changes.values_list("person_id", flat=True))
    if changes.delete()[0]:
        _tell(row, on, people, now)
        _log(audit_codes.DAY_RESTORED, actor, row, on, now)


def _lesson(actor: Actor, uuid: UUID, on: date) -> ScheduledLesson:
    rows = ScheduledLesson.objects.visible_to(actor, MANAGE_TIMETABLES)
    row = (
        rows.select_related("homeroom_class__grade_level", "homeroom_class__school", "person")
        .select_for_update(no_key=True, of=("self",))
        .one(uuid)
    )
    holds = timetable_on(row.school_id, on)
    if row.weekday != on.isoweekday() or holds is None or holds.pk != row.timetable_id:
        raise NotThatDay(day=day(on))
    if not is_held(row.homeroom_class, on):
        raise NoLessonsThatDay(day=day(on))
    return row


def _require_free(row: ScheduledLesson, on: date, member: StaffMember) -> None:
    periods = set(range(row.period or 0, (row.period or 0) + row.length))
    for held in lessons_of_person(member.person_id, on, on):
        other = held.lesson
        own = set(range(other.period or 0, (other.period or 0) + other.length))
        is_theirs = held.teacher is not None and held.teacher.pk == member.person_id
        is_there = other.pk != row.pk and other.half == row.half and bool(periods & own)
        if is_theirs and is_there and not (row.joint and row.joint == other.joint):
            raise TeacherBusy(name=member.person.full_name, room=other.homeroom_class.name)


def _write(
    actor: Actor, row: ScheduledLesson, on: date, change: DayChange, now: datetime
) -> DayChange:
    old = DayChange.objects.unscoped(because=BECAUSE).filter(lesson=row, on=on)
    people = set(old.values_list("person_id", flat=True))
    old.delete()
    change.lesson, change.on = row, on
    change.school_id, change.homeroom_class_id = row.school_id, row.homeroom_class_id
    change.save(force_insert=True)
    _tell(row, on, people - {change.person_id}, now)
    if change.person_id:
        _notify([change.person_id], STANDS_IN, row, on, now)
    _log(audit_codes.DAY_CHANGED, actor, row, on, now)
    return change


def _tell(row: ScheduledLesson, on: date, people: Iterable[int | None], now: datetime) -> None:
    """Tell the lesson's own teacher and whoever stood in that this day is otherwise."""
    told = {one for one in {*people, row.person_id} if one is not None}
    _notify(sorted(told), DAY_IS_OTHERWISE, row, on, now)


def _notify(people: list[int], kind: str, row: ScheduledLesson, on: date, now: datetime) -> None:
    if people:
        params = {
            "day": day(on),
            "subject": row.subject_name,
            "room": row.homeroom_class.name,
            "period": row.period,
        }
        notify(people, kind, now=now, params=params, link=f"/my/timetable/?on={on.isoformat()}")


def _log(code: str, actor: Actor, row: ScheduledLesson, on: date, now: datetime) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=row.homeroom_class,
        unit_id=row.school_id,
        person_id=row.person_id,
        details={"day": on, "subject": row.subject_name, "room": row.homeroom_class.name},
    )
