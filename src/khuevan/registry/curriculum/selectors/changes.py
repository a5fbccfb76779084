"""What was changed in the plan of a class since it was made: read from its versions and the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from khuevan.platform.audit.api import AuditEntry, request_of
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.models import ClassSubject
from khuevan.registry.curriculum.plan_rules import first_changed
from khuevan.registry.staff.api import subject_label

BECAUSE = "the plan of a class that the caller reached through a scope"
CODES = (audit_codes.SUBJECT_PLANNED, audit_codes.SUBJECT_REMOVED, audit_codes.PLANS_FOLLOW)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A subject of a class was planned otherwise: what was and what came, by whom, why."""

    subject_name: str
    kind: str
    before: tuple[int, ...]
    """Empty where the subject came."""
    after: tuple[int, ...]
    """Empty where the subject went."""
    at: datetime
    who: str
    reason: str

    @property
    def subject_label(self) -> str:
        """Return the subject in the reader's language."""
        return subject_label(self.subject_name)

    @property
    def from_week(self) -> int:
        """Return the first week that is otherwise."""
        return first_changed(self.before, self.after)

    @property
    def off(self) -> int:
        """Return by how many periods the year is longer; negative where it is shorter."""
        return sum(self.after) - sum(self.before)


def plan_changes(room_ids: Collection[int]) -> dict[int, list[PlanChange]]:
    """Return what was changed in the plans of classes since they were made, newest first.

    Two queries, however many classes. What came with the first version of a plan is no change.
    """
    history: Any = ClassSubject._meta.get_field("history").related_model
    rows = history.objects.unscoped(because=BECAUSE).filter(homeroom_class_id__in=room_ids)
    held: dict[int, tuple[int, ...]] = {}
    first_at: dict[int, datetime] = {}
    found: list[tuple[Any, tuple[int, ...], tuple[int, ...]]] = []
    for one in rows.order_by("pgh_id"):
        began = first_at.setdefault(one.homeroom_class_id, one.pgh_created_at)
        before = held.get(one.pgh_obj_id, ())
        after = () if one.pgh_label == "delete" else tuple(one.weeks)
        held[one.pgh_obj_id] = after
        is_first = not before and one.pgh_created_at == began
        if before != after and not is_first:
            found.append((one, before, after))
    told = _told_by([request_of(one) for one, _before, _after in found])
    changes: defaultdict[int, list[PlanChange]] = defaultdict(list)
    for one, before, after in reversed(found):
        changes[one.homeroom_class_id].append(_change(one, before, after, told))
    return dict(changes)


def _change(
    one: Any, before: Sequence[int], after: Sequence[int], told: dict[UUID, list[AuditEntry]]
) -> PlanChange:
    marked = request_of(one)
    entries = told.get(marked, []) if marked else []
    own = [entry for entry in entries if entry.details.get("subject") == one.subject_name]
    entry = next(iter([*own, *entries]), None)
    return PlanChange(
        subject_name=one.subject_name,
        kind=one.kind,
        before=tuple(before),
        after=tuple(after),
        at=one.pgh_created_at,
        who=entry.actor_label if entry else "",
        reason=str(entry.details.get("reason", "")) if entry else "",
    )


def _told_by(requests: Iterable[UUID | None]) -> dict[UUID, list[AuditEntry]]:
    """Return what the log says of some requests, by request."""
    asked = {one for one in requests if one is not None}
    found: dict[UUID, list[AuditEntry]] = {}
    if asked:
        rows = AuditEntry.objects.unscoped(because=BECAUSE).filter(
            request_id__in=asked, code__in=CODES
        )
        for row in rows.order_by("-id"):
            if row.request_id:
                found.setdefault(row.request_id, []).append(row)
    return found
