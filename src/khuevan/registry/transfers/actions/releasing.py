"""The old school lets somebody go on a day, or takes that back while nobody has received."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.students.api import (
    AlreadyEnrolled,
    NothingToUndo,
    release_student,
    take_back_release,
)
from khuevan.registry.transfers import facts, rules
from khuevan.registry.transfers.actions import posts
from khuevan.registry.transfers.actions.case import (
    LOCKED,
    check_near,
    decisions_of,
    local_day,
    lock_case,
    move_on,
    require_step,
    require_wished,
)
from khuevan.registry.transfers.errors import (
    DayBeforeEntry,
    LeftMeanwhile,
    OutsideUsualTime,
    PapersMissing,
)
from khuevan.registry.transfers.filed import missing_papers
from khuevan.registry.transfers.kinds import Matter, Paper, Route, Step
from khuevan.registry.transfers.models import Transfer, TravellingRecord
from khuevan.registry.transfers.travelling import parts_in_order
from khuevan.ui.formats import day


@transaction.atomic
def release(
    *, actor: Actor, uuid: UUID, on: date, is_day_sure: bool = False, now: datetime
) -> Transfer:
    """Let somebody go: from the day on the old school has them no longer; a record travels.

    :raises DecisionsOpen: while an office has to decide
    :raises PapersMissing: while the file lacks a required paper
    :raises BeforeTheDayWished: before the day that was asked for, unless confirmed
    :raises OutsideUsualTime: when the day needs an exception that nobody has decided on
    :raises LeftMeanwhile: when the pupil has left the old school another way
    """
    transfer = lock_case(actor, uuid)
    side = require_step(actor, transfer, Step.RELEASE)
    check_near(on, today=local_day(now))
    require_papers(transfer)
    _require_usual_time(transfer, on=max(on, transfer.asked_on))
    if transfer.route != Route.IN:
        end = posts.let_go if transfer.is_of_staff else _end
        end(actor, transfer, on=on, now=now)
    require_wished(transfer, on, is_day_sure=is_day_sure)
    transfer.released_on = on
    move_on(
        transfer,
        Step.RELEASE,
        actor=actor,
        side=side,
        on=on,
        now=now,
        columns=("released_on", "enrollment", "appointment", "appointment_until"),
    )
    return transfer


@transaction.atomic
def take_back(*, actor: Actor, uuid: UUID, now: datetime) -> Transfer:
    """Take a release back that nobody has received yet: enrollment and seat stand as before.

    :raises DoneAlready, NotNow: when the new school has received the pupil
    """
    transfer = lock_case(actor, uuid)
    side = require_step(actor, transfer, Step.TAKE_BACK)
    if transfer.is_of_staff:
        posts.bring_back(actor, transfer, now=now)
    elif transfer.enrollment is not None:
        try:
            take_back_release(actor=actor, enrollment_id=transfer.enrollment.pk, now=now)
        except (NothingToUndo, AlreadyEnrolled, NotFound) as error:
            raise LeftMeanwhile from error
    TravellingRecord.objects.unscoped(because=LOCKED).filter(transfer=transfer).delete()
    transfer.released_on, transfer.enrollment = None, None
    move_on(
        transfer,
        Step.TAKE_BACK,
        actor=actor,
        side=side,
        on=local_day(now),
        now=now,
        columns=("released_on", "enrollment", "appointment", "appointment_until"),
    )
    return transfer


def require_papers(transfer: Transfer) -> None:
    """Refuse to go on while the file lacks a required paper.

    :raises PapersMissing:
    """
    lacking = missing_papers(transfer)
    if lacking:
        raise PapersMissing(papers=", ".join(str(Paper(code).label) for code in lacking))


def _require_usual_time(transfer: Transfer, *, on: date) -> None:
    """Refuse a day of moving for which an exception is needed that the case doesn't have."""
    if not rules.needs_exception(transfer.whose, transfer.route, transfer.asked_on):
        return
    has_exception = any(Matter.EXCEPTION in one.matters for one in decisions_of(transfer))
    if not has_exception and not facts.is_usual_time(transfer.level, on):
        raise OutsideUsualTime(day=day(on))


def _end(actor: Actor, transfer: Transfer, *, on: date, now: datetime) -> None:
    """End the time at the old school, after what travels has been taken."""
    student_id = transfer.student_id
    enrollment = facts.enrollment_of(student_id, lock=True) if student_id else None
    if enrollment is None or enrollment.school_id != transfer.from_school_id:
        raise LeftMeanwhile
    if on <= enrollment.starts_on:
        raise DayBeforeEntry(day=day(enrollment.starts_on))
    TravellingRecord.objects.bulk_create(
        TravellingRecord(
            transfer=transfer, part=code, content=part.take(enrollment, on), taken_at=now
        )
        for code, part in parts_in_order()
    )
    transfer.enrollment = release_student(
        actor=actor,
        student_id=enrollment.student_id,
        school_id=enrollment.school_id,
        on=on,
        reason=transfer.reason[:200],
        paper=decision_number(transfer),
        went_to=other_end(transfer, transfer.to_school_id, on=on),
        now=now,
    )


def decision_number(transfer: Transfer) -> str:
    """Return the numbers of the offices' decisions on a locked case, for the registry book."""
    return ", ".join(one.number for one in decisions_of(transfer) if one.number)[:120]


def other_end(transfer: Transfer, school_id: int | None, *, on: date) -> str:
    """Return what the school at the other end is called, for the registry book."""
    if school_id is None:
        return f"{transfer.outside_school}, {transfer.outside_province}"[:200]
    return facts.unit_names([school_id], on=on).get(school_id, "")
