"""What a move does to a colleague's positions: let go, brought back, taken in, seconded."""

from __future__ import annotations

from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.staff.api import (
    AlreadyAppointed,
    Appointment,
    DayTooEarly,
    NewMember,
    NoMainPosition,
    NothingToUndo,
    Post,
    receive_member,
    release_member,
    take_member_back,
    take_on,
)
from khuevan.registry.transfers.actions.case import decisions_of
from khuevan.registry.transfers.errors import (
    ColleagueLeftMeanwhile,
    DayBeforeAppointment,
    ReturnTooEarly,
    WorksElsewhere,
)
from khuevan.registry.transfers.models import Transfer
from khuevan.ui.formats import day


def let_go(actor: Actor, transfer: Transfer, *, on: date, now: datetime) -> None:
    """End the position at the old school, with classes, lessons and second schools.

    :raises ColleagueLeftMeanwhile, DayBeforeAppointment:
    """
    if transfer.staff_member_id is None or transfer.from_school_id is None:
        raise NotFound
    try:
        ended, until = release_member(
            actor=actor,
            member_id=transfer.staff_member_id,
            school_id=transfer.from_school_id,
            on=on,
            decision=_number(transfer),
            now=now,
        )
    except NoMainPosition as error:
        raise ColleagueLeftMeanwhile from error
    except DayTooEarly as error:
        raise DayBeforeAppointment from error
    transfer.appointment, transfer.appointment_until = ended, until


def bring_back(actor: Actor, transfer: Transfer, *, now: datetime) -> None:
    """Let the old position and what rested on it stand again, as if never ended.

    :raises ColleagueLeftMeanwhile: when something else happened to it meanwhile
    """
    if transfer.appointment_id is not None:
        try:
            take_member_back(actor=actor, appointment_id=transfer.appointment_id, now=now)
        except (NothingToUndo, AlreadyAppointed, NotFound) as error:
            raise ColleagueLeftMeanwhile from error
    transfer.appointment, transfer.appointment_until = None, None


def take_in(actor: Actor, transfer: Transfer, *, on: date, now: datetime) -> None:
    """Appoint the colleague at the new school; after a secondment at the old one again.

    :raises WorksElsewhere: when another main position holds on one of those days
    :raises ReturnTooEarly: when a secondment would be over by then
    """
    if transfer.to_school_id is None:
        raise NotFound
    if transfer.returns_on is not None and transfer.returns_on <= on:
        raise ReturnTooEarly(day=day(transfer.returns_on))
    post = Post(
        transfer.position,
        on,
        transfer.returns_on,
        employment=_employment(transfer),
        decision=_number(transfer),
        decided_by=_decider(transfer),
    )
    try:
        new = _appoint(actor, transfer, post, now=now)
        if transfer.returns_on is not None:
            _return(actor, transfer, now=now)
    except AlreadyAppointed as error:
        raise WorksElsewhere from error
    transfer.new_appointment = new
    transfer.staff_member, transfer.person_id = new.staff_member, new.person_id


def _appoint(actor: Actor, transfer: Transfer, post: Post, *, now: datetime) -> Appointment:
    school_id = transfer.to_school_id or 0
    if transfer.staff_member_id is not None:
        return receive_member(
            actor=actor,
            member_id=transfer.staff_member_id,
            school_id=school_id,
            post=post,
            now=now,
        )
    if transfer.birth_date is None:
        raise NotFound
    who = NewMember(
        transfer.full_name,
        transfer.birth_date,
        transfer.sex,
        personal_number=transfer.personal_number,
    )
    return take_on(actor=actor, unit_id=school_id, who=who, post=post, is_another=True, now=now)


def _return(actor: Actor, transfer: Transfer, *, now: datetime) -> None:
    """Let the old position go on from the day of the return, when it lasted longer."""
    old, back = transfer.appointment, transfer.returns_on
    if old is None or back is None or transfer.staff_member_id is None:
        return
    if transfer.appointment_until is not None and transfer.appointment_until <= back:
        return
    post = Post(
        old.position,
        back,
        transfer.appointment_until,
        employment=old.employment,
        campus_uuid=old.campus.uuid if old.campus else None,
        decision=old.decision,
        decided_by=old.decided_by,
    )
    receive_member(
        actor=actor,
        member_id=transfer.staff_member_id,
        school_id=old.unit_id,
        post=post,
        now=now,
    )


def _employment(transfer: Transfer) -> str:
    return transfer.appointment.employment if transfer.appointment else ""


def _number(transfer: Transfer) -> str:
    return ", ".join(one.number for one in decisions_of(transfer) if one.number)[:120]


def _decider(transfer: Transfer) -> str:
    made = [
        f"{one.signer_position} {one.signer}".strip() or one.unit.code
        for one in decisions_of(transfer)
        if one.number
    ]
    return ", ".join(made)[:160]
