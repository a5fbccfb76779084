"""Who sees, keeps, decides and asks: one set of permissions for pupils, one for staff."""

from __future__ import annotations

from dataclasses import dataclass

from khuevan.kernel.actor import Actor, Permission
from khuevan.registry.staff.api import MANAGE_STAFF, MOVE_STAFF, VIEW_RECORDS
from khuevan.registry.transfers.kinds import Subject
from khuevan.registry.transfers.permissions import (
    ASK_MOVE,
    ASK_TRANSFER,
    RECORD_DECISIONS,
    RECORD_MOVES,
    RECORD_TRANSFERS,
    SIGN_DECISIONS,
    VIEW_TRANSFERS,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The permissions of one kind of cases, and what its routes begin with."""

    subject: Subject
    view: Permission
    record: Permission
    decide: Permission
    """Writing down what one's office signed."""
    sign: Permission
    """Signing it; whoever doesn't hold it names somebody else."""
    ask: Permission
    prefix: str = ""

    def route(self, name: str) -> str:
        """Return the name of a route of this desk."""
        return f"transfers:{self.prefix}{name}"


PUPILS = Desk(
    Subject.PUPIL,
    view=VIEW_TRANSFERS,
    record=RECORD_TRANSFERS,
    decide=RECORD_DECISIONS,
    sign=SIGN_DECISIONS,
    ask=ASK_TRANSFER,
)
STAFF = Desk(
    Subject.STAFF,
    view=VIEW_RECORDS,
    record=MANAGE_STAFF,
    decide=RECORD_MOVES,
    sign=MOVE_STAFF,
    ask=ASK_MOVE,
    prefix="staff_",
)
DESKS = (PUPILS, STAFF)
_OF_STAFF = {one.code for one in (STAFF.view, STAFF.record, STAFF.decide, STAFF.sign, STAFF.ask)}


def subject_of(permission: Permission) -> Subject:
    """Return whose cases a permission opens; those of staff open to staff's permissions alone."""
    return Subject.STAFF if permission.code in _OF_STAFF else Subject.PUPIL


def desk_of(subject: str) -> Desk:
    """Return the desk of a case."""
    return STAFF if subject == Subject.STAFF else PUPILS


def desks_seen(actor: Actor) -> list[Desk]:
    """Return the desks whose cases an actor may see."""
    return [desk for desk in DESKS if actor.may(desk.view)]
