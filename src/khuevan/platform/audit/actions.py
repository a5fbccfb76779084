"""Writing the audit log. Called inside the transaction of the action it tells of."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.codes import codes
from khuevan.platform.audit.context import current_request_id
from khuevan.platform.audit.models import AuditEntry, RecordView


def snapshot(row: models.Model, *fields: str) -> dict[str, Any]:
    """Return some columns of a row as plain JSON values."""
    return {field: _plain(getattr(row, field)) for field in fields}


def record(
    code: str,
    *,
    actor: Actor,
    at: datetime,
    target: models.Model | None = None,
    unit_id: int | None = None,
    person_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write one entry: what happened, to what, where, by whom, in which request."""
    codes.get(code)
    return AuditEntry.objects.create(
        at=at,
        code=code,
        actor_person_id=actor.person_id,
        actor_label=actor.label,
        actor_role=actor.role_label,
        request_id=current_request_id(),
        target_kind=target._meta.label_lower if target is not None else "",
        target_id=target.pk if target is not None else None,
        target_label=str(target)[:200] if target is not None else "",
        unit_id=unit_id,
        person_id=person_id,
        before={k: _plain(v) for k, v in (before or {}).items()},
        after={k: _plain(v) for k, v in (after or {}).items()},
        details={k: _plain(v) for k, v in (details or {}).items()},
    )


def record_view(
    *,
    actor: Actor,
    person_id: int,
    unit_id: int | None,
    what: str,
    at: datetime,
    purpose: str = "",
) -> None:
    """Note that the actor looked at a person's record; looking at one's own is not noted."""
    if actor.person_id == person_id:
        return
    RecordView.objects.create(
        at=at,
        person_id=person_id,
        unit_id=unit_id,
        viewer_person_id=actor.person_id,
        viewer_label=actor.label,
        viewer_role=actor.role_label,
        what=what,
        purpose=purpose,
        request_id=current_request_id(),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, models.Model):
        return value.pk
    return value
