"""Requests for another's password: one's own, about oneself, and those one may answer for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.access.models import OPEN_RESETS, Grant, ResetRequest, ResetState
from khuevan.platform.access.permissions import CONFIRM_RESETS
from khuevan.platform.organizations.api import units_above


def requests_to_answer(*, actor: Actor, now: datetime) -> ScopedQuerySet[ResetRequest]:
    """Return the open requests the actor was asked to confirm, where they still may confirm."""
    reach = actor.reach(CONFIRM_RESETS, "school")
    rows = _all().filter(state=ResetState.WAITING, expires_at__gt=now)
    rows = rows.filter(asked_of__contains=[actor.person_id or 0]).order_by("-id")
    if reach.everything:
        return rows
    return rows.filter(unit_ids__overlap=sorted(reach.ids)) if reach.ids else rows.none()


def own_requests(*, actor: Actor) -> ScopedQuerySet[ResetRequest]:
    """Return what the actor asked for or answered, newest first."""
    person = actor.person_id or 0
    return _all().filter(Q(requester_id=person) | Q(confirmer_id=person)).order_by("-id")


def reset_request(uuid: UUID) -> ResetRequest:
    """Return a request; whoever calls then asks whether the actor may know of it."""
    row = _all().filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def open_request_for(user_id: int, *, now: datetime) -> ResetRequest | None:
    """Return the open request about an account, if there is one."""
    return _all().filter(user_id=user_id, state__in=OPEN_RESETS, expires_at__gt=now).first()


def who_may_confirm(unit_ids: set[int], *, actor: Actor) -> list[int]:
    """Return the people whose roles let them confirm at one of the units or above it."""
    near = units_above(unit_ids, on=actor.today)
    rows = (
        Grant.objects.unscoped(because="whom a request is put before; not shown to who asks")
        .filter(in_force(actor.today), anchor_unit_id__in=near, person__user__is_active=True)
        .filter(role__permissions__contains=[CONFIRM_RESETS.code])
        .exclude(person_id=actor.person_id or 0)
    )
    return sorted(set(rows.values_list("person_id", flat=True)))


def _all() -> ScopedQuerySet[ResetRequest]:
    return ResetRequest.objects.unscoped(
        because="told to who asked, to the owner and to who may answer for it"
    ).select_related("user", "owner", "requester", "confirmer")
