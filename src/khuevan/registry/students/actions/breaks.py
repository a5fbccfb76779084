"""Long leave: a pupil stays on the roll, without a seat in a class, and comes back; each undone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import not_over
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import HomeroomClass, academic_year_on
from khuevan.registry.students import audit_codes
from khuevan.registry.students.actions.seats import (
    breaks_of,
    require_no_seat,
    require_year,
    seats_of,
)
from khuevan.registry.students.checks import check_day
from khuevan.registry.students.errors import (
    NoSuchDay,
    NothingToUndo,
    OnLeaveAlready,
    ReasonNeeded,
    SatSince,
    WrongPeriod,
    YearUnknown,
)
from khuevan.registry.students.models import ClassPlacement, Enrollment, StudyBreak
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.ui.formats import day


@transaction.atomic
def start_break(
    *,
    actor: Actor,
    uuid: UUID,
    on: date,
    reason: str,
    paper: str = "",
    expected_back_on: date | None = None,
    now: datetime,
) -> StudyBreak:
    """Let a pupil leave lessons for a long while, keeping the place in the school.

    :raises ReasonNeeded: without a reason
    :raises NoSuchDay: when the day is before the pupil came
    :raises WrongPeriod: when the day of coming back is not after it
    :raises OnLeaveAlready: when the pupil is on leave already on some of those days
    :raises ImpossibleDay, YearUnknown: for a day that is too far off, or in no known school year
    :raises SitsLater: when a place in a class begins after the day
    """
    check_day(on, today=now.astimezone(VIETNAM).date())
    if not reason.strip():
        raise ReasonNeeded
    if expected_back_on is not None:
        if expected_back_on <= on:
            raise WrongPeriod
        check_day(expected_back_on, today=now.astimezone(VIETNAM).date())
    enrollment = _lock_enrollment(actor, uuid, on)
    if on < enrollment.starts_on:
        raise NoSuchDay
    year = academic_year_on(on)
    if year is None or year.ends_on <= on:
        raise YearUnknown
    require_no_seat(seats_of(enrollment).filter(starts_on__gt=on))
    seats = seats_of(enrollment).filter(not_over(on))
    seat = seats.order_by("starts_on").first()
    seats.filter(starts_on__gte=on).delete()
    seats.update(ends_on=on)
    try:
        with transaction.atomic():
            made = StudyBreak.objects.create(
                enrollment=enrollment,
                student=enrollment.student,
                person_id=enrollment.person_id,
                school_id=enrollment.school_id,
                homeroom_class_id=seat.homeroom_class_id if seat else None,
                reason=reason.strip(),
                paper=paper.strip(),
                expected_back_on=expected_back_on,
                starts_on=on,
                ends_on=enrollment.ends_on,
            )
    except IntegrityError as error:
        raise OnLeaveAlready from error
    _note(audit_codes.BREAK_STARTED, actor, made, now, reason=reason, on=on, paper=paper)
    return made


@transaction.atomic
def end_break(
    *,
    actor: Actor,
    uuid: UUID,
    on: date,
    homeroom_class: HomeroomClass | None = None,
    now: datetime,
) -> StudyBreak:
    """Let a pupil study again from a day on, in a class when one is given.

    :raises WrongPeriod: when the leave begins later, or is over by then
    :raises OtherYearsClass: when the day is not in the school year of the class
    """
    check_day(on, today=now.astimezone(VIETNAM).date())
    found = _lock(actor, uuid)
    if on <= found.starts_on or (found.ends_on is not None and on >= found.ends_on):
        raise WrongPeriod
    if homeroom_class is not None and homeroom_class.school_id != found.school_id:
        raise NotFound
    if homeroom_class is not None:
        require_year(homeroom_class, on=on)
    found.ends_on = on
    found.save(update_fields=["ends_on"])
    if homeroom_class is not None:
        _seat(found, homeroom_class.pk, on)
    _note(audit_codes.BREAK_ENDED, actor, found, now, on=on)
    return found


@transaction.atomic
def undo_break(*, actor: Actor, uuid: UUID, now: datetime) -> StudyBreak:
    """Take a leave back that was recorded by mistake: the pupil sits where they sat.

    :raises NothingToUndo: when the leave is over
    """
    found = _lock(actor, uuid)
    if found.ends_on is not None and found.ends_on != found.enrollment.ends_on:
        raise NothingToUndo
    _note(audit_codes.BREAK_TAKEN_BACK, actor, found, now, on=found.starts_on)
    on, ends_on = found.starts_on, found.enrollment.ends_on
    found.delete()
    ended = seats_of(found.enrollment).filter(ends_on=on, homeroom_class_id=found.homeroom_class_id)
    if not ended.update(ends_on=ends_on) and found.homeroom_class_id is not None:
        _seat(found, found.homeroom_class_id, on)
    return found


@transaction.atomic
def undo_return(*, actor: Actor, uuid: UUID, now: datetime) -> StudyBreak:
    """Take the end of a leave back: the pupil is still away, and sits nowhere.

    :raises NothingToUndo: when the leave is not over, or the pupil has left the school since
    :raises SatSince: when the pupil has been given another place in a class since
    """
    found = _lock(actor, uuid)
    ended_on, closes = found.ends_on, found.enrollment.ends_on
    if ended_on is None or closes is not None:
        raise NothingToUndo
    since = seats_of(found.enrollment).filter(starts_on__gt=ended_on)
    later = since.select_related("homeroom_class").order_by("starts_on", "pk").first()
    if later is not None:
        told = {"name": found.student.person.full_name, "class": later.homeroom_class.name}
        raise SatSince(day=day(later.starts_on), **told)
    seats_of(found.enrollment).filter(starts_on=ended_on).delete()
    found.ends_on = None
    try:
        with transaction.atomic():
            found.save(update_fields=["ends_on"])
    except IntegrityError as error:
        raise NothingToUndo from error
    _note(audit_codes.BACK_TAKEN_BACK, actor, found, now, on=ended_on)
    return found


def end_breaks_of(enrollment: Enrollment, *, on: date) -> None:
    """End the leave of an enrollment that ends; a step of the caller's transaction."""
    breaks_of(enrollment).filter(not_over(on)).update(ends_on=on)


def reopen_breaks_of(enrollment: Enrollment, *, ended_on: date) -> None:
    """Let a leave go on that ended with its enrollment; a step of the caller's transaction."""
    breaks_of(enrollment).filter(ends_on=ended_on).update(ends_on=None)


def _lock_enrollment(actor: Actor, uuid: UUID, on: date) -> Enrollment:
    rows = Enrollment.objects.visible_to(actor, EDIT_STUDENTS).filter(not_over(on))
    found = (
        rows.filter(student__uuid=uuid, is_primary=True)
        .select_related("student")
        .select_for_update(no_key=True, of=("self", "student"))
        .order_by("-starts_on", "pk")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _lock(actor: Actor, uuid: UUID) -> StudyBreak:
    rows = StudyBreak.objects.visible_to(actor, EDIT_STUDENTS)
    locked = rows.select_for_update(no_key=True, of=("self",))
    return locked.select_related("enrollment", "student__person").one(uuid)


def _seat(found: StudyBreak, homeroom_class_id: int, on: date) -> None:
    ClassPlacement.objects.create(
        student_id=found.student_id,
        person_id=found.person_id,
        school_id=found.school_id,
        homeroom_class_id=homeroom_class_id,
        sort_key=found.student.person.sort_key,
        starts_on=on,
        ends_on=found.enrollment.ends_on,
    )


def _note(code: str, actor: Actor, row: StudyBreak, now: datetime, **details: Any) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=row.student,
        person_id=row.person_id,
        unit_id=row.school_id,
        details=details,
    )
