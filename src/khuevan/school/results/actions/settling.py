"""Results of a class settled by the homeroom teacher, approved or given back by the principal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import HomeroomClass
from khuevan.school.results import audit_codes
from khuevan.school.results.actions.computing import compute_classes
from khuevan.school.results.actions.deciding import lock_class
from khuevan.school.results.errors import AlreadyApproved, NotSettled, StillIncomplete
from khuevan.school.results.models import Settlement, Stage
from khuevan.school.results.permissions import APPROVE_RESULTS, DECIDE_CONDUCT
from khuevan.school.results.selectors.classes import class_year
from khuevan.school.results.selectors.lacking import lacking

BECAUSE = "of a class that the actor reached"


@transaction.atomic
def settle(*, actor: Actor, uuid: UUID, stage: Stage, now: datetime) -> Settlement:
    """Settle a term or the year of a class: nothing is missing any more.

    :raises StillIncomplete: naming what is missing
    :raises AlreadyApproved: when the principal approved it
    """
    room = lock_class(actor, uuid, DECIDE_CONDUCT)
    _reckon(room, actor, now)
    _require_complete(room, actor, stage)
    rows = Settlement.objects.unscoped(because=BECAUSE)
    found = rows.filter(homeroom_class=room, stage=stage).first()
    if found is not None and found.approved_at is not None:
        raise AlreadyApproved
    found = found or Settlement(school_id=room.school_id, homeroom_class=room, stage=stage)
    found.settled_at, found.settled_by_id, found.returned_for = now, actor.person_id, ""
    found.save()
    _reckon(room, actor, now)
    _note(audit_codes.SETTLED, room, actor, stage, now)
    return found


@transaction.atomic
def approve(*, actor: Actor, uuid: UUID, stage: Stage, now: datetime) -> Settlement:
    """Approve what a homeroom teacher settled (ASM-15).

    :raises NotSettled: when it is not settled
    :raises StillIncomplete: when something came to be missing since
    """
    room = lock_class(actor, uuid, APPROVE_RESULTS)
    found = _settled(room, stage)
    _reckon(room, actor, now)
    _require_complete(room, actor, stage)
    if found.approved_at is None:
        found.approved_at, found.approved_by_id = now, actor.person_id
        found.save(update_fields=["approved_at", "approved_by"])
        _note(audit_codes.APPROVED, room, actor, stage, now)
    return found


@transaction.atomic
def give_back(*, actor: Actor, uuid: UUID, stage: Stage, reason: str, now: datetime) -> None:
    """Give settled results back to the homeroom teacher, approved or not, with a reason.

    :raises NotSettled: when it is not settled
    """
    room = lock_class(actor, uuid, APPROVE_RESULTS)
    found = _settled(room, stage)
    found.settled_at = found.settled_by = found.approved_at = found.approved_by = None
    found.returned_for = reason
    found.save()
    _reckon(room, actor, now)
    _note(audit_codes.RETURNED, room, actor, stage, now, reason=reason)


def _settled(room: HomeroomClass, stage: Stage) -> Settlement:
    rows = Settlement.objects.unscoped(because=BECAUSE).filter(homeroom_class=room, stage=stage)
    found = rows.first()
    if found is None or found.settled_at is None:
        raise NotSettled
    return found


def _require_complete(room: HomeroomClass, actor: Actor, stage: Stage) -> None:
    missing = lacking(class_year(room, actor.today), stage, actor.today)
    if missing:
        raise StillIncomplete(what="; ".join(str(one) for one in missing))


def _reckon(room: HomeroomClass, actor: Actor, now: datetime) -> None:
    compute_classes(classes=[room.pk], year=room.academic_year, on=actor.today, now=now)


def _note(
    code: str, room: HomeroomClass, actor: Actor, stage: Stage, now: datetime, reason: str = ""
) -> None:
    details = {"class": room.name, "stage": str(Stage(stage).label)}
    record(
        code,
        actor=actor,
        at=now,
        target=room,
        unit_id=room.school_id,
        details={**details, "reason": reason} if reason else details,
    )
