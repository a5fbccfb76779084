"""Who holds which role, on what, since when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.access.anchors import NamedAnchor, named
from khuevan.platform.access.models import Grant
from khuevan.platform.access.permissions import VIEW_GRANTS
from khuevan.platform.access.roles import FAMILY_HATS


def in_force(*, on: date) -> Q:
    """Return the condition that a grant holds on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def grants(
    *, actor: Actor, permission: Permission = VIEW_GRANTS, current_only: bool = True
) -> ScopedQuerySet[Grant]:
    """Return the grants the actor may see, newest first."""
    rows = Grant.objects.visible_to(actor, permission)
    if current_only:
        rows = rows.filter(in_force(on=actor.today))
    return rows.select_related(
        "role", "person", "anchor_unit", "home_unit", "delegation__from_person"
    ).order_by("-id")


def grants_of_person(*, actor: Actor, person_id: int) -> ScopedQuerySet[Grant]:
    """Return all grants of a person that the actor may see, the ones in force first."""
    return grants(actor=actor, current_only=False).filter(person_id=person_id)


def get_grant_for(actor: Actor, uuid: UUID, permission: Permission) -> Grant:
    """Return a grant within the actor's reach or raise `NotFound`."""
    return grants(actor=actor, permission=permission, current_only=False).one(uuid)


def class_names(rows: Collection[Grant]) -> dict[int, NamedAnchor]:
    """Return the names of the classes these grants are on: one query."""
    return named("class", {row.anchor_class_id for row in rows if row.anchor_class_id is not None})


def holds_staff_role(person_id: int, *, on: date) -> bool:
    """Return whether a person holds a role that reaches beyond themselves and their children."""
    return (
        Grant.objects.unscoped(because="how long a password must be is asked at sign-in")
        .filter(in_force(on=on), person_id=person_id)
        .exclude(role__hat__in=FAMILY_HATS)
        .exists()
    )
