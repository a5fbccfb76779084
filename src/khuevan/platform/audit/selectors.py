"""Reading the logs."""

from __future__ import annotations

from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.models import AuditEntry, RecordView
from khuevan.platform.audit.permissions import VIEW_AUDIT, VIEW_RECORD_VIEWS


def entries(*, actor: Actor) -> ScopedQuerySet[AuditEntry]:
    """Return the entries the actor may read, newest first."""
    return AuditEntry.objects.visible_to(actor, VIEW_AUDIT).order_by("-id")


def record_views(*, actor: Actor, person_id: int) -> ScopedQuerySet[RecordView]:
    """Return who looked at a person's record, newest first, as far as the actor may know."""
    return (
        RecordView.objects.visible_to(actor, VIEW_RECORD_VIEWS)
        .filter(person_id=person_id)
        .order_by("-id")
    )
