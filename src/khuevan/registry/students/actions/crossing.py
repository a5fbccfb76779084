"""Leaving and entering a school as steps of another action: a transfer ends one, begins another.

Each runs inside the caller's transaction. The caller has checked who may do it and found the pupil
and the school through a scope; the rows are locked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import not_over
from khuevan.platform.access.api import move_derived_grants
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import School
from khuevan.registry.students import audit_codes
from khuevan.registry.students.actions.breaks import end_breaks_of, reopen_breaks_of
from khuevan.registry.students.actions.death import note_death, undo_death
from khuevan.registry.students.actions.enroll import enroll_in
from khuevan.registry.students.actions.seats import require_nothing_from, seats_of
from khuevan.registry.students.actions.second import end_seconds
from khuevan.registry.students.checks import check_day
from khuevan.registry.students.data import Arrival
from khuevan.registry.students.errors import AlreadyEnrolled, DiedAhead, NoSuchDay, NothingToUndo
from khuevan.registry.students.facts import family_keys
from khuevan.registry.students.lastview import freeze, thaw
from khuevan.registry.students.models import (
    Enrollment,
    EntryKind,
    ExitKind,
    Student,
)

_CALLER = "the caller found the pupil and the school through its own scope"


@transaction.atomic(savepoint=False)
def release_student(
    *,
    actor: Actor,
    student_id: int,
    school_id: int,
    on: date,
    exit_kind: str = ExitKind.TRANSFERRED_OUT,
    reason: str = "",
    paper: str = "",
    went_to: str = "",
    now: datetime,
) -> Enrollment:
    """End a pupil's time in a school and its class; `on` is the first day no longer there.

    :raises NotFound: when the pupil is not on the roll of that school
    :raises NoSuchDay: when the day is not after the pupil came
    """
    enrollment = _locked(student_id=student_id, school_id=school_id, ends_on__isnull=True)
    return close_enrollment(
        actor=actor,
        enrollment=enrollment,
        on=on,
        exit_kind=exit_kind,
        reason=reason,
        paper=paper,
        went_to=went_to,
        now=now,
    )


@transaction.atomic(savepoint=False)
def receive_student(
    *,
    actor: Actor,
    student_id: int,
    school_id: int,
    on: date,
    entry_kind: str = EntryKind.TRANSFERRED_IN,
    homeroom_class_id: int | None = None,
    came_from: str = "",
    paper: str = "",
    now: datetime,
) -> Enrollment:
    """Begin a pupil's time in a school, and in a class when one is given, on a day.

    Who was there before keeps the number of the registry book and counts as returned.

    :raises AlreadyEnrolled: when a school has the pupil on that day or later
    """
    check_day(on, today=now.astimezone(VIETNAM).date())
    school = School.objects.unscoped(because=_CALLER).lock(school_id)
    arrival = Arrival(student_id, homeroom_class_id, on, came_from=came_from, paper=paper)
    enroll_in(actor=actor, school=school, arrivals=[arrival], entry_kind=entry_kind, now=now)
    return _locked(student_id=student_id, school_id=school_id, starts_on=on)


@transaction.atomic(savepoint=False)
def take_back_release(*, actor: Actor, enrollment_id: int, now: datetime) -> Enrollment:
    """Undo a leaving: the pupil is on the roll, and in the class, as if never gone.

    :raises NothingToUndo: when the pupil has not left
    :raises AlreadyEnrolled: when the pupil is in another school by now
    """
    return reopen_enrollment(actor=actor, enrollment=_locked(pk=enrollment_id), now=now)


@transaction.atomic(savepoint=False)
def take_back_receipt(*, actor: Actor, enrollment_id: int, now: datetime) -> Student:
    """Undo an arrival: the time in the school and its classes are gone; history keeps them.

    The number of the registry book stays the pupil's.

    :raises NothingToUndo: when the pupil has left that school again
    """
    enrollment = _locked(pk=enrollment_id)
    if enrollment.ends_on is not None:
        raise NothingToUndo
    student, on = enrollment.student, enrollment.starts_on
    seats_of(enrollment).filter(starts_on__gte=on).delete()
    move_grants([student.pk], None, on=on)
    record(
        audit_codes.ARRIVAL_TAKEN_BACK,
        actor=actor,
        at=now,
        target=student,
        person_id=student.person_id,
        unit_id=enrollment.school_id,
        before={"starts_on": on, "registry_number": enrollment.registry_number},
    )
    enrollment.delete()
    return student


def close_enrollment(
    *,
    actor: Actor,
    enrollment: Enrollment,
    on: date,
    exit_kind: str,
    reason: str = "",
    paper: str = "",
    went_to: str = "",
    now: datetime,
) -> Enrollment:
    """End a locked enrollment with everything that hangs on it, and note it; a step.

    :raises NoSuchDay: when the day is not after the pupil came
    :raises DiedAhead: when a death is dated after today
    :raises SitsLater, AwayLater: when a place in a class or a leave begins on the day or later
    """
    check_day(on, today=now.astimezone(VIETNAM).date())
    if on <= enrollment.starts_on:
        raise NoSuchDay
    if exit_kind == ExitKind.DECEASED and on > now.astimezone(VIETNAM).date():
        raise DiedAhead
    require_nothing_from(enrollment, since=on)
    told = {"exit_reason": reason, "exit_paper": paper, "went_to": went_to}
    end_breaks_of(enrollment, on=on)
    seats_of(enrollment).filter(not_over(on)).update(ends_on=on)
    enrollment.ends_on, enrollment.exit_kind = on, exit_kind
    for name, value in told.items():
        setattr(enrollment, name, value)
    enrollment.save(update_fields=["ends_on", "exit_kind", *told])
    student = enrollment.student
    if enrollment.is_primary:
        move_grants([student.pk], None, on=on)
    if exit_kind == ExitKind.DECEASED:
        note_death(actor=actor, student=student, on=on, unit_id=enrollment.school_id, now=now)
        end_seconds(enrollment.student_id, on=on)
    freeze(enrollment)
    how = str(ExitKind(exit_kind).label)
    record(
        audit_codes.LEFT,
        actor=actor,
        at=now,
        target=student,
        person_id=student.person_id,
        unit_id=enrollment.school_id,
        details={"exit_kind": exit_kind, "how": how, "on": on, **told},
    )
    return enrollment


def reopen_enrollment(*, actor: Actor, enrollment: Enrollment, now: datetime) -> Enrollment:
    """Take a leaving back, with the seat in the class; a step.

    :raises NothingToUndo: when the pupil has not left
    :raises AlreadyEnrolled: when the pupil is in another school by now
    """
    ended_on = enrollment.ends_on
    if ended_on is None:
        raise NothingToUndo
    told = ("exit_kind", "exit_reason", "exit_paper", "went_to")
    before = {name: getattr(enrollment, name) for name in told}
    thaw(enrollment)
    enrollment.ends_on = None
    for name in told:
        setattr(enrollment, name, "")
    try:
        with transaction.atomic():
            enrollment.save(update_fields=["ends_on", *told])
            seats_of(enrollment).filter(ends_on=ended_on).update(ends_on=None)
            reopen_breaks_of(enrollment, ended_on=ended_on)
    except IntegrityError as error:
        raise AlreadyEnrolled from error
    if before["exit_kind"] == ExitKind.DECEASED:
        undo_death(actor=actor, student=enrollment.student, unit_id=enrollment.school_id, now=now)
    if enrollment.is_primary:
        move_grants([enrollment.student_id], enrollment.school_id, on=ended_on)
    record(
        audit_codes.TAKEN_BACK,
        actor=actor,
        at=now,
        target=enrollment.student,
        person_id=enrollment.person_id,
        unit_id=enrollment.school_id,
        before={"ends_on": ended_on, **before},
    )
    return enrollment


def move_grants(student_ids: Sequence[int], school_id: int | None, *, on: date) -> None:
    """Let a school know, or none, the accounts of pupils and of their guardians."""
    keys = family_keys(student_ids)
    move_derived_grants(source_keys=keys, home_unit_id=school_id, on=on)


def _locked(**which: object) -> Enrollment:
    rows = Enrollment.objects.unscoped(because=_CALLER).filter(is_primary=True, **which)
    found = rows.select_related("student").select_for_update(no_key=True, of=("self",)).first()
    if found is None:
        raise NotFound
    return found
