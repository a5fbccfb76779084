"""Permitting a school to operate: a decision of its own beside the founding."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import require_near
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import Signed
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions.decisions import (
    require_founded,
    require_one_permission,
    write_decision,
)
from khuevan.registry.schools.competence import asked_on
from khuevan.registry.schools.deciding import require_decider, require_decision
from khuevan.registry.schools.errors import AlreadyClosed
from khuevan.registry.schools.models import Matter, School, SchoolDecision
from khuevan.registry.schools.permissions import DECIDE_SCHOOLS
from khuevan.ui.formats import day


@transaction.atomic
def permit_operation(
    *, actor: Actor, school_id: int, on: date, signed: Signed | None, now: datetime
) -> SchoolDecision:
    """Write down by which decision a school may operate from a day on, instead of one before it.

    :raises AlreadyClosed: when it is closed by then
    :raises DecisionNeeded, DecisionToCome, CountsBeforeDecision: without a decision before it
    :raises NotTheDecider: when another office permits such a school to operate
    :raises NumberUnfit, SignerNeeded, SignedOtherwise, PositionUnfit: when it can't be signed so
    :raises DecidedAlready: when it is written down
    :raises PermittedAlready: when another permission counts from that day
    :raises OperatesBeforeFounding: when it counts or was decided before the founding
    """
    school = School.objects.visible_to(actor, DECIDE_SCHOOLS).lock(school_id)
    require_near(on, today=actor.today)
    if school.closed_on is not None and school.closed_on <= on:
        raise AlreadyClosed(on=day(school.closed_on))
    decision = require_decision(signed, counts_from=on, today=actor.today)
    require_founded(school, decision.on, on)
    asked = asked_on(school, decision.on)
    decider = require_decider(actor, asked, Matter.OPERATION, signed=decision, own=DECIDE_SCHOOLS)
    require_one_permission(school, on)
    written = write_decision(
        school, Matter.OPERATION, decision, decider, counts_from=on, actor=actor, now=now
    )
    record(
        audit_codes.OPERATION_PERMITTED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        details={"on": day(on), "decision": written.number},
    )
    return written
