"""Looking that leaves a trace: sensitive data shown, lists exported."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record, record_view
from khuevan.registry.people.api import VIEW_SENSITIVE
from khuevan.registry.students import audit_codes
from khuevan.registry.students.models import Student


@transaction.atomic
def unmask(*, actor: Actor, uuid: UUID, now: datetime, unit_id: int | None) -> Student:
    """Return a pupil whose sensitive data will be shown, after noting who asked."""
    student = (
        Student.objects.visible_to(actor, VIEW_SENSITIVE).select_related("person").one(uuid)
    )
    record_view(
        actor=actor, person_id=student.person_id, unit_id=unit_id, what="sensitive", at=now
    )
    record(
        audit_codes.UNMASKED,
        actor=actor,
        at=now,
        target=student,
        person_id=student.person_id,
        unit_id=unit_id,
    )
    return student


@transaction.atomic
def export_note(
    *, actor: Actor, unit_id: int | None, count: int, what: str, purpose: str, now: datetime
) -> None:
    """Note that a list left the system: which, how many rows, why."""
    record(
        audit_codes.EXPORTED,
        actor=actor,
        at=now,
        unit_id=unit_id,
        details={"count": count, "what": what, "purpose": purpose},
    )
