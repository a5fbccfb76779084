"""What people are told about transfers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.platform.notifications.api import declare_kind, notify
from khuevan.registry.transfers.desks import desk_of
from khuevan.registry.transfers.facts import guardians_to_tell, people_of
from khuevan.registry.transfers.kinds import Side, State
from khuevan.registry.transfers.models import Transfer, TransferDecision

YOUR_TURN = {
    State.REQUESTED: declare_kind(
        "transfers.asked", _("%(name)s asks to come to your school. Please answer."), icon="inbox"
    ),
    State.ACCEPTED: declare_kind(
        "transfers.accepted",
        _("%(name)s has a place at another school. Please release."),
        icon="door-open",
    ),
    State.RELEASED: declare_kind(
        "transfers.released", _("%(name)s has been released to you. Please receive."), icon="log-in"
    ),
    State.RECEIVED: declare_kind(
        "transfers.received", _("%(name)s is on your roll. Please give a class."), icon="users"
    ),
}
STAFF_TURN = {
    State.REQUESTED: declare_kind(
        "transfers.staff_asked",
        _("The move of %(name)s waits for your school's answer."),
        icon="inbox",
    ),
    State.ACCEPTED: declare_kind(
        "transfers.staff_accepted",
        _("The move of %(name)s: your school is next."),
        icon="door-open",
    ),
    State.RELEASED: declare_kind(
        "transfers.staff_released",
        _("%(name)s has been released to your school. Please receive."),
        icon="log-in",
    ),
}
OWN = {
    State.REQUESTED: declare_kind(
        "transfers.own_asked", _("Your move to another school was requested."), icon="inbox"
    ),
    State.ACCEPTED: declare_kind(
        "transfers.own_accepted", _("The schools agree to your move."), icon="check"
    ),
    State.RELEASED: declare_kind(
        "transfers.own_released", _("Your old school has released you."), icon="door-open"
    ),
    State.RECEIVED: declare_kind(
        "transfers.own_received", _("Your new school has received you."), icon="circle-check"
    ),
    State.REFUSED: declare_kind(
        "transfers.own_refused", _("Your move was refused."), icon="circle-x"
    ),
    State.WITHDRAWN: declare_kind(
        "transfers.own_withdrawn", _("Your move was withdrawn."), icon="undo-2"
    ),
}
TO_DECIDE = declare_kind(
    "transfers.to_decide", _("A transfer waits for your decision: %(name)s."), icon="gavel"
)
ENDED = {
    State.REFUSED: declare_kind(
        "transfers.refused", _("The transfer of %(name)s was refused."), icon="circle-x"
    ),
    State.WITHDRAWN: declare_kind(
        "transfers.withdrawn", _("The transfer of %(name)s was withdrawn."), icon="undo-2"
    ),
}
FAMILY = {
    State.REQUESTED: declare_kind(
        "transfers.family_asked", _("A change of school for %(name)s was requested."), icon="inbox"
    ),
    State.RELEASED: declare_kind(
        "transfers.family_released",
        _("%(name)s has left the old school. The new school receives next."),
        icon="door-open",
    ),
    State.PLACED: declare_kind(
        "transfers.family_placed", _("%(name)s has a class at the new school."), icon="circle-check"
    ),
    **ENDED,
}


def tell(
    transfer: Transfer, decisions: Collection[TransferDecision], *, now: datetime, on: date
) -> None:
    """Tell whoever has to act next, or both schools when it is over; and the family."""
    desk = desk_of(transfer.subject)
    params = {"name": transfer.full_name}
    link = reverse(desk.route("case"), args=[transfer.uuid])
    offices = {one.side: one.unit_id for one in decisions}
    turns = STAFF_TURN if transfer.is_of_staff else YOUR_TURN
    for side in transfer.waits_for:
        decides = side in (Side.ORIGIN, Side.DESTINATION)
        kind = TO_DECIDE if decides else turns[State(transfer.state)]
        people = people_of(
            side,
            desk=desk,
            school_id=_school_of(transfer, side),
            unit_id=offices.get(side),
            on=on,
        )
        notify(people, kind, now=now, params=params, link=link)
    state = State(transfer.state)
    if state in ENDED:
        for school_id in (transfer.from_school_id, transfer.to_school_id):
            people = people_of(Side.RELEASER, desk=desk, school_id=school_id, unit_id=None, on=on)
            notify(people, ENDED[state], now=now, params=params, link=link)
    if transfer.is_of_staff:
        if transfer.person_id is not None and state in OWN:
            own = reverse("transfers:own_case", args=[transfer.uuid])
            notify([transfer.person_id], OWN[state], now=now, params={}, link=own)
    elif transfer.student_id and state in FAMILY:
        guardians = guardians_to_tell(transfer.student_id, on=on)
        notify(guardians, FAMILY[state], now=now, params=params, link=link)


def _school_of(transfer: Transfer, side: str) -> int | None:
    return transfer.to_school_id if side == Side.RECEIVER else transfer.from_school_id
