"""Looking that leaves a trace: a record opened, a number shown, a list exported."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record, record_view
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.models import StaffMember
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.selectors import get_member_for, unit_of


@transaction.atomic
def open_record(*, actor: Actor, uuid: UUID, what: str, now: datetime) -> StaffMember:
    """Return a staff member whose record is opened, after noting who looks at which part."""
    member = get_member_for(actor, uuid)
    record_view(
        actor=actor,
        person_id=member.person_id,
        unit_id=unit_of(member.pk, on=actor.today),
        what=what,
        at=now,
        purpose=getattr(actor, "purpose", ""),
    )
    return member


@transaction.atomic
def unmask(*, actor: Actor, uuid: UUID, now: datetime) -> StaffMember:
    """Return a staff member whose personal number will be shown, after noting who asked."""
    rows = StaffMember.objects.visible_to(actor, MANAGE_STAFF).select_related("person")
    member = rows.one(uuid)
    unit_id = unit_of(member.pk, on=actor.today)
    record_view(
        actor=actor,
        person_id=member.person_id,
        unit_id=unit_id,
        what="sensitive",
        at=now,
        purpose=getattr(actor, "purpose", ""),
    )
    record(
        audit_codes.UNMASKED,
        actor=actor,
        at=now,
        target=member,
        person_id=member.person_id,
        unit_id=unit_id,
    )
    return member


@transaction.atomic
def export_note(
    *, actor: Actor, unit_id: int | None, count: int, purpose: str, now: datetime
) -> None:
    """Note that a list of staff left the system, how many rows and why."""
    record(
        audit_codes.EXPORTED,
        actor=actor,
        at=now,
        unit_id=unit_id,
        details={"count": count, "purpose": purpose},
    )
