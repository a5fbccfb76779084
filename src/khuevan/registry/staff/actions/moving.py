"""Steps of a move between schools: let go, take that back, take in; each of the caller's action.

Who may do it was asked by the caller: an office decided, both schools agreed.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import OrgUnit
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.actions.appointing import Post, write_appointment
from khuevan.registry.staff.actions.ending import write_end, write_undo
from khuevan.registry.staff.checks import check_end
from khuevan.registry.staff.errors import NoMainPosition
from khuevan.registry.staff.models import Appointment, EndKind, StaffMember

MOVES = "the position of somebody whose move is decided, locked"


@transaction.atomic(savepoint=False)
def release_member(
    *, actor: Actor, member_id: int, school_id: int, on: date, decision: str, now: datetime
) -> tuple[Appointment, date | None]:
    """End the main position of somebody who moves, with the classes and lessons that rest on it.

    Returned with it is until when the position would have lasted.

    :raises NoMainPosition: when they hold none at the school on that day
    :raises DayTooEarly: when it began later
    """
    rows = Appointment.objects.unscoped(because=MOVES).select_for_update(no_key=True, of=("self",))
    found = (
        rows.filter(
            Q(ends_on=None) | Q(ends_on__gt=on),
            staff_member_id=member_id,
            unit_id=school_id,
            is_primary=True,
            end_kind="",
        )
        .select_related("unit", "staff_member", "person")
        .order_by("starts_on", "pk")
        .first()
    )
    if found is None:
        raise NoMainPosition
    check_end(on, found.starts_on, found.ends_on)
    until = found.ends_on
    return write_end(actor, found, EndKind.MOVED, on=on, decision=decision, now=now), until


@transaction.atomic(savepoint=False)
def take_member_back(*, actor: Actor, appointment_id: int, now: datetime) -> Appointment:
    """Let a position go on that ended by a move which nobody has received.

    :raises NothingToUndo, AlreadyAppointed: when something else happened meanwhile
    """
    rows = Appointment.objects.unscoped(because=MOVES).select_for_update(no_key=True, of=("self",))
    found = rows.select_related("unit", "staff_member", "person").filter(pk=appointment_id).first()
    if found is None:
        raise NotFound
    return write_undo(actor, found, now=now)


@transaction.atomic(savepoint=False)
def receive_member(
    *, actor: Actor, member_id: int, school_id: int, post: Post, now: datetime
) -> Appointment:
    """Appoint somebody who comes from another school; what the position opens follows at once.

    :raises AlreadyAppointed: when a main position holds on one of those days
    """
    members = StaffMember.objects.unscoped(because=MOVES).select_related("person")
    unit = OrgUnit.objects.get(pk=school_id)
    appointment = write_appointment(members.get(pk=member_id), unit, post)
    record(
        audit_codes.APPOINTED,
        actor=actor,
        at=now,
        target=appointment,
        unit_id=school_id,
        person_id=appointment.person_id,
        details={"position": appointment.get_position_display()},
    )
    return appointment
