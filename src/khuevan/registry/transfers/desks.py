"""Who sees, keeps, decides and asks: one set of permissions for pupils, one for staff."""

from __future__ import annotations

from dataclasses import dataclass

from khuevan.kernel.actor import Actor, Permission
from khuevan.registry.staff.api import MANAGE_STAFF, MOVE_STAFF, VIEW_RECORDS
from khuevan.registry.transfers.kinds import Subject
from khuevan.registry.transfers.permissions import (
    ASK_MOVE,
    ASK_TRANSFER,
    DECIDE_TRANSFERS,
    RECORD_TRANSFERS,
    VIEW_TRANSFERS,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The permissions of one kind of cases, and what its routes begin with."""

    subject: Subject
    view: Permission
    record: Permission
    decide: Permission
    ask: Permission
    prefix: str = ""

    def route(self, name: str) -> str:
        """Return the name of a route of this desk."""
        return f"transfers:{self.prefix}{name}"


PUPILS = Desk(Subject.PUPIL, VIEW_TRANSFERS, RECORD_TRANSFERS, DECIDE_TRANSFERS, ASK_TRANSFER)
STAFF = Desk(Subject.STAFF, VIEW_RECORDS, MANAGE_STAFF, MOVE_STAFF, ASK_MOVE, "staff_")
DESKS = (PUPILS, STAFF)
_OF_STAFF = {one.code for one in (STAFF.view, STAFF.record, STAFF.decide, STAFF.ask)}


def subject_of(permission: Permission) -> Subject:
    """Return whose cases a permission opens; those of staff open to staff's permissions alone."""
    return Subject.STAFF if permission.code in _OF_STAFF else Subject.PUPIL


def desk_of(subject: str) -> Desk:
    """Return the desk of a case."""
    return STAFF if subject == Subject.STAFF else PUPILS


def desks_seen(actor: Actor) -> list[Desk]:
    """Return the desks whose cases an actor may see."""
    return [desk for desk in DESKS if actor.may(desk.view)]
