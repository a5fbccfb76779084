"""Writes: a family takes a copy of the record, which is noted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.community.family import audit_codes
from khuevan.community.family.permissions import TAKE_RECORD
from khuevan.community.family.selectors import Child, get_child_for
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import OWN_RIGHT, record, record_view


@transaction.atomic
def take_record(*, actor: Actor, uuid: UUID, now: datetime) -> Child:
    """Return a child of the actor, or the acting pupil, after noting that a copy is taken.

    :raises NotFound: of anybody else's record
    """
    child = get_child_for(actor, uuid, on=actor.today)
    person_id = child.student.person_id
    if person_id not in actor.reach(TAKE_RECORD, "person").ids:
        raise NotFound
    record_view(
        actor=actor,
        person_id=person_id,
        unit_id=child.school_id,
        what="copy",
        at=now,
        purpose=OWN_RIGHT,
    )
    record(
        audit_codes.RECORD_TAKEN,
        actor=actor,
        at=now,
        target=child.student,
        person_id=person_id,
        unit_id=child.school_id,
        details={"purpose": OWN_RIGHT},
    )
    return child
