"""Delegations: one's own, one's unit's, and what of one's roles could be delegated."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from khuevan.kernel.actor import SIGNED_IN, Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.access.actor import Hat
from khuevan.platform.access.models import Delegation, Grant, GrantSource
from khuevan.platform.access.permissions import VIEW_DELEGATIONS
from khuevan.platform.access.roles import DELEGABLE_HATS, NEVER_BY_HAND


def delegations(*, actor: Actor) -> ScopedQuerySet[Delegation]:
    """Return the delegations in the actor's reach, given by them or held by them, newest first."""
    seen = Delegation.objects.visible_to(actor, VIEW_DELEGATIONS).values("pk")
    return (
        Delegation.objects.unscoped(because="in reach, or of the actor's own person")
        .filter(Q(pk__in=seen) | _own(actor))
        .select_related("from_person", "to_person", "unit")
        .order_by("-id")
    )


def delegation_for(actor: Actor, uuid: UUID) -> Delegation:
    """Return a delegation the actor sees or raise `NotFound`."""
    row = delegations(actor=actor).filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def delegable_grants(*, actor: Actor) -> ScopedQuerySet[Grant]:
    """Return the grants of the hat worn that may be delegated: never one that was delegated."""
    hat: Hat | None = getattr(actor, "hat", None)
    worn = [held.grant_id for held in hat.grants if held.grant_id] if hat else []
    return (
        Grant.objects.visible_to(actor, SIGNED_IN)
        .filter(pk__in=worn)
        .filter(in_force(actor.today), role__hat__in=DELEGABLE_HATS)
        .exclude(source=GrantSource.DELEGATED)
        .exclude(role__code__in=NEVER_BY_HAND)
        .select_related("role", "anchor_unit", "home_unit")
        .order_by("role__code", "id")
    )


def _own(actor: Actor) -> Q:
    if actor.person_id is None:
        return Q(pk__in=[])
    return Q(from_person_id=actor.person_id) | Q(to_person_id=actor.person_id)
