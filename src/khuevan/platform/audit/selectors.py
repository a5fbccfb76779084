"""Reading the logs."""

from __future__ import annotations

from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.guards import is_actor_hidden, is_hidden
from khuevan.platform.audit.models import AuditEntry, RecordView
from khuevan.platform.audit.permissions import VIEW_AUDIT, VIEW_RECORD_VIEWS


def entries(*, actor: Actor) -> ScopedQuerySet[AuditEntry]:
    """Return the entries the actor may read, newest first.

    `is_hidden` marks those about a person whose record or account stays closed to the actor,
    `is_actor_hidden` those that such a person wrote.
    """
    rows = AuditEntry.objects.visible_to(actor, VIEW_AUDIT)
    marked: ScopedQuerySet[Any] = rows.annotate(  # type: ignore[no-redef]  # defaults there
        is_hidden=is_hidden(actor), is_actor_hidden=is_actor_hidden(actor)
    )
    return marked.order_by("-id")


def record_views(*, actor: Actor, person_id: int) -> ScopedQuerySet[RecordView]:
    """Return who looked at a person's record, newest first, as far as the actor may know."""
    return (
        RecordView.objects.visible_to(actor, VIEW_RECORD_VIEWS)
        .filter(person_id=person_id)
        .order_by("-id")
    )
