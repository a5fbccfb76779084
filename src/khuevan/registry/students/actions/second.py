"""A second school beside the main one: it begins, it ends, it is taken back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, not_over
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import School, SchoolNotFound
from khuevan.registry.students import audit_codes
from khuevan.registry.students.checks import check_day
from khuevan.registry.students.errors import (
    NoSuchDay,
    NothingToUndo,
    NotInMainSchool,
    ReasonNeeded,
    SecondAlready,
    SecondIsMain,
)
from khuevan.registry.students.models import Enrollment, EntryKind, ExitKind
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.selectors import students_for

BESIDE = "the times of a pupil whom the actor keeps, locked"


@transaction.atomic
def start_second(
    *,
    actor: Actor,
    uuid: UUID,
    school_code: str,
    on: date,
    until: date | None = None,
    reason: str,
    paper: str = "",
    now: datetime,
) -> Enrollment:
    """Let a pupil study at a second school beside the main one, recorded by the main one.

    `until` is the first day on which it no longer holds.

    :raises ReasonNeeded: when it is not said what for
    :raises NotInMainSchool: when the pupil is in no main school on the first day
    :raises SchoolNotFound: when no school has the code
    :raises SecondIsMain: when the school is the main one
    :raises SecondAlready: when the pupil is at that school on some of those days
    :raises NoSuchDay: for a period without a day, or a school that is closed then
    """
    today = now.astimezone(VIETNAM).date()
    school = _school(school_code)
    student = students_for(actor, EDIT_STUDENTS).select_related("person").one(uuid)
    students_for(actor, EDIT_STUDENTS).lock(student.pk)
    check_day(on, today=today)
    if not normalize(reason):
        raise ReasonNeeded
    if (until is not None and until <= on) or _is_closed(school, on):
        raise NoSuchDay
    rows = Enrollment.objects.unscoped(because=BESIDE).filter(student=student)
    main = rows.filter(in_force(on), is_primary=True).first()
    if main is None:
        raise NotInMainSchool
    if main.school_id == school.pk:
        raise SecondIsMain
    try:
        with transaction.atomic():
            made = Enrollment.objects.create(
                student=student,
                person_id=student.person_id,
                school=school,
                is_primary=False,
                entry_kind=EntryKind.SECOND,
                sort_key=student.person.sort_key,
                starts_on=on,
                ends_on=until,
                came_from=normalize(reason)[:200],
                entry_paper=normalize(paper)[:200],
            )
    except IntegrityError as error:
        raise SecondAlready from error
    _note(audit_codes.SECOND_STARTED, actor, made, now, on=on)
    return made


@transaction.atomic
def end_second(
    *, actor: Actor, enrollment_uuid: UUID, on: date, reason: str = "", now: datetime
) -> Enrollment:
    """End the time at a second school from a day on; the main school or the second one does.

    :raises NoSuchDay: when the day is not within the time
    """
    row = _lock(actor, enrollment_uuid)
    check_day(on, today=now.astimezone(VIETNAM).date())
    if on <= row.starts_on or (row.ends_on is not None and on > row.ends_on):
        raise NoSuchDay
    row.ends_on, row.exit_kind = on, ExitKind.COMPLETED
    row.exit_reason = normalize(reason)[:200]
    row.save(update_fields=["ends_on", "exit_kind", "exit_reason"])
    _note(audit_codes.SECOND_ENDED, actor, row, now, on=on)
    return row


@transaction.atomic
def undo_second(*, actor: Actor, enrollment_uuid: UUID, now: datetime) -> UUID:
    """Take a second school back that was recorded by mistake, on its day; return the pupil.

    :raises NothingToUndo: when the pupil has been there for a day
    """
    row = _lock(actor, enrollment_uuid)
    if row.starts_on < now.astimezone(VIETNAM).date():
        raise NothingToUndo
    _note(audit_codes.SECOND_TAKEN_BACK, actor, row, now, on=row.starts_on)
    row.delete()
    return row.student.uuid


def end_seconds(student_id: int, *, on: date) -> None:
    """End what a pupil has beside the main school when the pupil died; a step."""
    rows = Enrollment.objects.unscoped(because=BESIDE).filter(
        not_over(on), student_id=student_id, is_primary=False
    )
    rows.filter(starts_on__gte=on).delete()
    rows.update(ends_on=on, exit_kind=ExitKind.DECEASED)


def _school(code: str) -> School:
    rows = School.objects.unscoped(because="a school that is named by its code")
    found = rows.filter(code=code.strip()).first()
    if found is None:
        raise SchoolNotFound(code=code)
    return found


def _is_closed(school: School, on: date) -> bool:
    return school.closed_on is not None and school.closed_on <= on


def _lock(actor: Actor, uuid: UUID) -> Enrollment:
    """Return a second school's time, locked, for the main school or the second one."""
    rows = Enrollment.objects.unscoped(because="reached by the second school or through the pupil")
    row = (
        rows.select_for_update(no_key=True, of=("self",))
        .filter(uuid=uuid, is_primary=False)
        .select_related("student", "school")
        .first()
    )
    if row is None:
        raise NotFound
    if row.school_id not in actor.reach(EDIT_STUDENTS, "school"):
        students_for(actor, EDIT_STUDENTS).lock(row.student_id)
    return row


def _note(code: str, actor: Actor, row: Enrollment, now: datetime, *, on: date) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=row.student,
        person_id=row.person_id,
        unit_id=row.school_id,
        details={"on": on, "reason": row.came_from},
    )
