"""Writing the audit log. Called inside the transaction of the action it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.codes import codes
from khuevan.platform.audit.context import current_request_id
from khuevan.platform.audit.models import AuditEntry, RecordView


@dataclass(frozen=True, slots=True)
class AuditLine:
    """What an entry tells besides what happened, when and by whom; see `record`."""

    target: models.Model | None = None
    unit_id: int | None = None
    person_id: int | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)


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
    line = AuditLine(target, unit_id, person_id, before or {}, after or {}, details or {})
    (entry,) = record_all(code, actor=actor, at=at, lines=[line])
    return entry


def record_all(
    code: str, *, actor: Actor, at: datetime, lines: Iterable[AuditLine]
) -> list[AuditEntry]:
    """Write one entry for each of many things to which the same happened, in one statement."""
    codes.get(code)
    entries = [
        AuditEntry(
            at=at,
            code=code,
            actor_person_id=actor.person_id,
            actor_label=actor.label,
            actor_role=actor.role_label,
            request_id=current_request_id(),
            target_kind=line.target._meta.label_lower if line.target is not None else "",
            target_id=line.target.pk if line.target is not None else None,
            target_label=_label_of(line.target)[:200],
            unit_id=line.unit_id,
            person_id=line.person_id,
            before=_plain_values(line.before),
            after=_plain_values(line.after),
            details=_plain_values(line.details),
        )
        for line in lines
    ]
    return AuditEntry.objects.bulk_create(entries, batch_size=1000)


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


def _plain_values(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _label_of(target: models.Model | None) -> str:
    """Return what people call a row; one that is a link between others says whom it is about."""
    if target is None:
        return ""
    own = getattr(target, "audit_label", None)
    return str(target) if own is None else str(own)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, models.Model):
        return value.pk
    return value
