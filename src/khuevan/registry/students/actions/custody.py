"""Who answers for a pupil: custody and contact by date, the order of contact, an end, and undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.periods import not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.api import record
from khuevan.registry.students import audit_codes
from khuevan.registry.students.actions.guardians import ended_guardians, was_ended, write_guardians
from khuevan.registry.students.checks import MOST_GUARDIANS, check_day, check_record
from khuevan.registry.students.data import GuardianData
from khuevan.registry.students.errors import (
    GuardianKnown,
    GuardianWasEnded,
    LimitedAlready,
    NothingToUndo,
    PaperNeeded,
    ReasonNeeded,
    TooManyGuardians,
    WrongOrder,
    WrongPeriod,
)
from khuevan.registry.students.following import follow_guardians
from khuevan.registry.students.lastview import refreeze
from khuevan.registry.students.models import (
    Enrollment,
    Guardianship,
    GuardianshipLimit,
    LimitKind,
    Student,
)
from khuevan.registry.students.permissions import RECORD_GUARDIANS
from khuevan.registry.students.selectors import students_for

_LOCKED = "guardianships of a pupil that the caller reached through a scope and locked"


@transaction.atomic
def add_guardian(
    *,
    actor: Actor,
    student_uuid: UUID,
    data: GuardianData,
    on_behalf_of: str = "",
    now: datetime,
) -> Guardianship:
    """Let one more person answer for a pupil; for an organization, the one who acts for it.

    :raises GuardianKnown: when somebody of that name and relation does already
    :raises GuardianWasEnded: when that guardianship was ended for a reason
    """
    today = _today(now)
    check_record({"guardians": (data,)}, today=today)
    student = _lock_student(actor, student_uuid)
    rows = _of(student)
    standing = list(rows.filter(not_over(today)).select_related("guardian"))
    if len(standing) >= MOST_GUARDIANS:
        raise TooManyGuardians(most=MOST_GUARDIANS)
    named = data.full_name.casefold()
    if any((one.relation, one.full_name.casefold()) == (data.relation, named) for one in standing):
        raise GuardianKnown(name=data.full_name)
    if was_ended(ended_guardians([student.pk]), student.pk, data):
        raise GuardianWasEnded(name=data.full_name)
    try:
        with transaction.atomic():
            write_guardians([(student, data)], actor=actor, permission=RECORD_GUARDIANS)
    except IntegrityError as error:
        raise GuardianKnown(name=data.full_name) from error
    row = rows.order_by("-pk").select_related("guardian")[0]
    row.on_behalf_of, row.contact_order = on_behalf_of, len(standing) + 1
    row.save(update_fields=["on_behalf_of", "contact_order"])
    _note(audit_codes.GUARDIAN_ADDED, actor, row, now)
    return row


@transaction.atomic
def limit_guardian(
    *,
    actor: Actor,
    uuid: UUID,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    paper: str,
    now: datetime,
) -> GuardianshipLimit:
    """Let a guardian be without custody, or restricted by a court, from a day on, by a paper.

    On those days the guardian reads nothing of the pupil.

    :raises PaperNeeded: without the paper that says so
    :raises WrongPeriod: when the end is not after the beginning
    :raises LimitedAlready: when the guardian is limited on some of those days already
    """
    today = _today(now)
    check_day(starts_on, today=today)
    if not paper.strip():
        raise PaperNeeded
    if ends_on is not None and ends_on <= starts_on:
        raise WrongPeriod
    row = _lock(actor, uuid)
    try:
        with transaction.atomic():
            limit = GuardianshipLimit.objects.create(
                guardianship=row,
                student_id=row.student_id,
                student_person_id=row.student_person_id,
                kind=LimitKind(kind),
                paper=paper.strip(),
                starts_on=starts_on,
                ends_on=ends_on,
            )
    except IntegrityError as error:
        raise LimitedAlready from error
    follow_guardians(student_ids=[row.student_id], on=today)
    told = {"kind": kind, "how": str(limit.get_kind_display()), "on": starts_on, "paper": paper}
    _note(audit_codes.GUARDIAN_LIMITED, actor, row, now, **told)
    return limit


@transaction.atomic
def lift_limit(
    *, actor: Actor, uuid: UUID, on: date, paper: str = "", now: datetime
) -> GuardianshipLimit:
    """Let a guardian answer for the pupil again from a day on; up to its first day it never held.

    :raises WrongPeriod: when the day is before a limit that has begun, or the limit is over by then
    """
    today = _today(now)
    check_day(on, today=today)
    limits = GuardianshipLimit.objects.visible_to(actor, RECORD_GUARDIANS).filter(
        guardianship__student__in=students_for(actor, RECORD_GUARDIANS)
    )
    limit = limits.select_for_update(no_key=True, of=("self",)).one(uuid)
    has_begun = limit.starts_on <= today
    is_over = limit.ends_on is not None and on >= limit.ends_on
    if is_over or (has_begun and on < limit.starts_on):
        raise WrongPeriod
    row = limit.guardianship
    if on <= limit.starts_on:
        limit.delete()
    else:
        limit.ends_on, limit.end_paper = on, paper.strip()
        limit.save(update_fields=["ends_on", "end_paper"])
    follow_guardians(student_ids=[row.student_id], on=today)
    _note(audit_codes.LIMIT_LIFTED, actor, row, now, on=on, paper=paper)
    return limit


@transaction.atomic
def end_guardianship(
    *, actor: Actor, uuid: UUID, on: date, reason: str, paper: str = "", now: datetime
) -> Guardianship:
    """End a guardianship on a day, for a reason; it stays in the history and takes no list back.

    :raises ReasonNeeded: without a reason
    :raises WrongPeriod: when it began later, or has ended already
    """
    today = _today(now)
    check_day(on, today=today)
    if not reason.strip():
        raise ReasonNeeded
    row = _lock(actor, uuid)
    began_later = row.starts_on is not None and on <= row.starts_on
    if began_later or (row.ends_on is not None and row.ends_on <= today):
        raise WrongPeriod
    row.ends_on, row.end_reason, row.end_paper = on, reason.strip(), paper.strip()
    row.save(update_fields=["ends_on", "end_reason", "end_paper"])
    follow_guardians(student_ids=[row.student_id], on=today)
    _note(audit_codes.GUARDIAN_ENDED, actor, row, now, on=on, reason=reason, paper=paper)
    return row


@transaction.atomic
def restore_guardian(*, actor: Actor, uuid: UUID, now: datetime) -> Guardianship:
    """Take the end of a guardianship back: as if it had not been ended.

    :raises NothingToUndo: when it has no end
    """
    row = _lock(actor, uuid)
    if row.ends_on is None:
        raise NothingToUndo
    ended_on, reason = row.ends_on, row.end_reason
    row.ends_on, row.end_reason, row.end_paper = None, "", ""
    try:
        with transaction.atomic():
            row.save(update_fields=["ends_on", "end_reason", "end_paper"])
    except IntegrityError as error:
        raise GuardianKnown(name=row.full_name) from error
    follow_guardians(student_ids=[row.student_id], on=_today(now))
    _note(audit_codes.GUARDIAN_RESTORED, actor, row, now, ended_on=ended_on, reason=reason)
    return row


@transaction.atomic
def order_guardians(
    *, actor: Actor, student_uuid: UUID, order: Sequence[UUID], now: datetime
) -> None:
    """Set whom the school calls first, second and so on: all guardians, each named once.

    :raises WrongOrder: when the list is not exactly the pupil's guardians of today
    """
    student = _lock_student(actor, student_uuid)
    rows = list(_of(student).filter(not_over(_today(now))).select_for_update(no_key=True))
    places = {uuid: place for place, uuid in enumerate(order, start=1)}
    if len(places) != len(order) or places.keys() != {row.uuid for row in rows}:
        raise WrongOrder
    for row in rows:
        row.contact_order = places[row.uuid]
    Guardianship.objects.unscoped(because=_LOCKED).bulk_update(rows, ["contact_order"])
    record(
        audit_codes.GUARDIANS_ORDERED,
        actor=actor,
        at=now,
        target=student,
        person_id=student.person_id,
        unit_id=_school_of(student.pk),
    )


def _today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


def _lock_student(actor: Actor, uuid: UUID) -> Student:
    """Return the pupil, locked, if the actor may change who answers for them."""
    rows = students_for(actor, RECORD_GUARDIANS).select_related("person")
    return rows.select_for_update(no_key=True, of=("self",)).one(uuid)


def _lock(actor: Actor, uuid: UUID) -> Guardianship:
    rows = Guardianship.objects.visible_to(actor, RECORD_GUARDIANS).filter(
        student__in=students_for(actor, RECORD_GUARDIANS)
    )
    locked = rows.select_for_update(no_key=True, of=("self",))
    return locked.select_related("guardian", "student__person").one(uuid)


def _of(student: Student) -> ScopedQuerySet[Guardianship]:
    rows = Guardianship.objects.unscoped(because=_LOCKED).filter(student=student)
    return rows.order_by("contact_order", "pk")


def _note(code: str, actor: Actor, row: Guardianship, now: datetime, **details: Any) -> None:
    student = row.student
    refreeze([student.pk], on=_today(now))
    record(
        code,
        actor=actor,
        at=now,
        target=student,
        person_id=student.person_id,
        unit_id=_school_of(student.pk),
        details={"guardian": row.full_name, "relation": row.relation, **details},
    )


def _school_of(student_id: int) -> int | None:
    rows = Enrollment.objects.unscoped(because="whose log it is").filter(
        student_id=student_id, is_primary=True, ends_on__isnull=True
    )
    return rows.values_list("school_id", flat=True).first()
