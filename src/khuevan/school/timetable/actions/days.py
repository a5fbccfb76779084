"""What is otherwise on single days: somebody stands in, a lesson is off, or at another time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.platform.notifications.api import notify
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import Appointment, StaffMember
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.actions.telling import people_of_class
from khuevan.school.timetable.errors import (
    NoLessonsThatDay,
    NotOnStaff,
    NotThatDay,
    OwnLesson,
)
from khuevan.school.timetable.models import ChangeKind, DayChange, ScheduledLesson
from khuevan.school.timetable.notices import (
    CLASS_DAY_IS_OTHERWISE,
    DAY_IS_OTHERWISE,
    MOVED_TO,
    STANDS_IN,
)
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.places import Place, place_of
from khuevan.school.timetable.selectors.alternating import is_its_week
from khuevan.school.timetable.selectors.days import teacher_on
from khuevan.school.timetable.selectors.free import require_own_time, require_teacher_free
from khuevan.school.timetable.selectors.open_days import is_held
from khuevan.school.timetable.selectors.standing_in import change_key, change_of
from khuevan.school.timetable.selectors.versions import timetable_on
from khuevan.ui.errors import ChangedMeanwhile
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
    instead_of: str | None = None,
    now: datetime,
) -> DayChange:
    """Let a colleague hold a lesson on one day; who stood in before no longer does.

    `instead_of` is the key of what was seen of that day, "" where nothing was otherwise yet.

    :raises ChangedMeanwhile: when that day was changed since
    :raises NotThatDay, NoLessonsThatDay, NotOnStaff, OwnLesson:
    :raises TeacherBusy: when the colleague has a lesson of the own at that time
    """
    row = changed_lesson(actor, lesson, on)
    require_stands_in(row, on, member)
    old = change_of(row, on)
    if instead_of is not None and instead_of != change_key(old):
        raise ChangedMeanwhile
    place = place_of(row, on, old)
    require_teacher_free(
        member.person_id, member.person.full_name, place, besides=_together(row, on)
    )
    change = DayChange(
        kind=ChangeKind.SUBSTITUTE,
        substitute=member,
        person_id=member.person_id,
        teaches_subject=teaches_subject,
        reason=reason,
    )
    if old is not None and old.kind == ChangeKind.MOVED:
        keep_move(change, old)
    return write_change(actor, row, on, change, now)


@transaction.atomic
def cancel_lesson(
    *, actor: Actor, lesson: UUID, on: date, reason: str = "", now: datetime
) -> DayChange:
    """Let a lesson be off on one day.

    :raises NotThatDay, NoLessonsThatDay:
    """
    row = changed_lesson(actor, lesson, on)
    change = DayChange(kind=ChangeKind.CANCELLED, reason=reason)
    return write_change(actor, row, on, change, now)


@transaction.atomic
def restore_day(*, actor: Actor, lesson: UUID, on: date, now: datetime) -> None:
    """Let a lesson of one day be as the timetable has it, with those moved together with it.

    :raises ClassBusy, TeacherBusy, RoomTaken: when that time was given to another one
    """
    row = changed_lesson(actor, lesson, on, may_be_closed=True)
    old = change_of(row, on)
    if old is None:
        return
    rows = DayChange.objects.unscoped(because=BECAUSE)
    together = rows.filter(pair=old.pair) if old.pair else rows.filter(pk=old.pk)
    found = list(together.select_related("lesson__homeroom_class", "lesson__person").order_by("pk"))
    _require_own_times(found)
    for one in found:
        people, is_moved = {one.person_id}, one.kind == ChangeKind.MOVED
        of, since = one.lesson, one.on
        one.delete()
        _tell(of, since, people, now, tells_class=is_moved)
        _log(audit_codes.DAY_RESTORED, actor, of, since, now)


def _require_own_times(changes: Sequence[DayChange]) -> None:
    """Refuse where lessons, now that they come back, meet what was put into their own times."""
    besides = {key for one in changes for key in _together(one.lesson, one.on)}
    besides.update((one.lesson_id, one.on) for one in changes)
    for one in changes:
        require_own_time(
            one.lesson, one.on, teacher=teacher_on(one.lesson, one.on), besides=besides
        )


def changed_lesson(
    actor: Actor, uuid: UUID, on: date, *, may_be_closed: bool = False
) -> ScheduledLesson:
    """Return a lesson that the timetable has on a day; on a day off only where said.

    The days of a school are changed one after another: who is free is asked and written at once.

    :raises NotThatDay, NoLessonsThatDay:
    """
    rows = ScheduledLesson.objects.visible_to(actor, MANAGE_TIMETABLES)
    row = rows.select_related(
        "homeroom_class__grade_level",
        "homeroom_class__school",
        "person",
        "timetable__academic_year",
    ).one(uuid)
    School.objects.unscoped(because=BECAUSE).lock(row.school_id)
    holds = timetable_on(row.school_id, on)
    if row.weekday != on.isoweekday() or holds is None or holds.pk != row.timetable_id:
        raise NotThatDay(day=day(on))
    if not is_its_week(row, on):
        raise NotThatDay(day=day(on))
    if not may_be_closed and not is_held(row.homeroom_class, on):
        raise NoLessonsThatDay(day=day(on))
    return row


def require_stands_in(row: ScheduledLesson, on: date, member: StaffMember) -> None:
    """Refuse somebody who teaches the lesson anyway or doesn't work at the school that day.

    :raises OwnLesson, NotOnStaff:
    """
    name = member.person.full_name
    if member.pk == row.staff_member_id:
        raise OwnLesson(name=name)
    working = Appointment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), unit_id=row.school_id, staff_member=member
    )
    if not working.exists():
        raise NotOnStaff(name=name)


def keep_move(change: DayChange, old: DayChange) -> None:
    """Make a change stand where a lesson was moved to."""
    change.kind = ChangeKind.MOVED
    change.to_on, change.to_half, change.to_period = old.to_on, old.to_half, old.to_period
    change.pair = old.pair


def write_change(
    actor: Actor, row: ScheduledLesson, on: date, change: DayChange, now: datetime
) -> DayChange:
    """Write what is otherwise of a lesson on a day, in place of what was, and tell of it."""
    old = change_of(row, on)
    people = {old.person_id} if old is not None else set()
    was = place_of(row, on, old)
    if old is not None:
        old.delete()
    change.lesson, change.on = row, on
    change.school_id, change.homeroom_class_id = row.school_id, row.homeroom_class_id
    change.save(force_insert=True)
    place = place_of(row, on, change)
    if place == was:
        _tell(row, on, people - {change.person_id}, now)
    else:
        _tell_moved(row, on, place, people | {row.person_id, change.person_id}, now)
    if change.person_id:
        _notify({change.person_id}, STANDS_IN, row, place, now)
    _log(audit_codes.DAY_CHANGED, actor, row, on, now)
    return change


def _together(row: ScheduledLesson, on: date) -> set[tuple[int, date]]:
    """Return a lesson with those of the classes that learn together with it, on a day."""
    if row.joint is None:
        return {(row.pk, on)}
    rows = ScheduledLesson.objects.unscoped(because=BECAUSE).filter(
        timetable_id=row.timetable_id, joint=row.joint
    )
    return {(pk, on) for pk in rows.values_list("pk", flat=True)}


def _tell(
    row: ScheduledLesson,
    on: date,
    people: Iterable[int | None],
    now: datetime,
    *,
    tells_class: bool = False,
) -> None:
    """Tell the lesson's own teacher and whoever stood in that this day is otherwise."""
    place = place_of(row, on, None)
    _notify({*people, row.person_id}, DAY_IS_OTHERWISE, row, place, now)
    if tells_class:
        _tell_class(row, place, now)


def _tell_moved(
    row: ScheduledLesson, on: date, place: Place, people: Iterable[int | None], now: datetime
) -> None:
    """Tell teachers and class to when a lesson was moved."""
    _notify(people, MOVED_TO, row, place, now, before=day(on))
    _tell_class(row, place, now)


def _tell_class(row: ScheduledLesson, place: Place, now: datetime) -> None:
    _notify(
        people_of_class(row.homeroom_class_id, place.on),
        CLASS_DAY_IS_OTHERWISE,
        row,
        place,
        now,
        link="/",
    )


def _notify(
    people: Iterable[int | None],
    kind: str,
    row: ScheduledLesson,
    place: Place,
    now: datetime,
    *,
    link: str = "",
    **more: str,
) -> None:
    told = sorted({one for one in people if one is not None})
    if told:
        params = {
            "day": day(place.on),
            "subject": row.subject_name,
            "room": row.homeroom_class.name,
            "period": place.first,
            **more,
        }
        to = link or f"/my/timetable/?on={place.on.isoformat()}"
        notify(told, kind, now=now, params=params, link=to)


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
