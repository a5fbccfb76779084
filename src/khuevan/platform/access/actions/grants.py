"""Giving a role by hand and ending it. Nobody gives what they don't hold or may not give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor, Permission, permissions
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import anchors, audit_codes, rules
from khuevan.platform.access.actions.derived import end_rows
from khuevan.platform.access.actor import GrantActor, Hat, HeldGrant
from khuevan.platform.access.errors import (
    BadPeriod,
    FollowsFromFact,
    HeldOnBehalf,
    NoSuchAnchor,
    NotToOneself,
    NotYoursToGive,
    TwoPersonsNeeded,
)
from khuevan.platform.access.models import Grant, GrantSource, Role
from khuevan.platform.access.permissions import GIVE_GRANTS, OPEN_SUPPORT
from khuevan.platform.access.roles import FAMILY_HATS, NEVER_BY_HAND, PLACES
from khuevan.platform.accounts.api import ISSUING_CODES, Person
from khuevan.platform.audit.api import AuditEntry, record
from khuevan.platform.organizations.api import unit_kind


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role holds: a unit, or one class of it; worn at another unit when one is named."""

    unit_id: int
    class_id: int | None = None
    worn_at_id: int | None = None


@transaction.atomic(durable=True)
def give_grant(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    place: Place,
    starts_on: date,
    ends_on: date | None = None,
    reason: str,
    now: datetime,
) -> Grant:
    """Give a person a role on a unit or class for a period.

    :raises NotToOneself: when the person is the actor
    :raises NotYoursToGive: when the role reaches further than what the actor may give there
    :raises TwoPersonsNeeded: when the actor issued the sign-in and doesn't hold all of the role
    :raises HeldOnBehalf: when the actor acts on a delegation
    :raises BadPeriod: when the period is empty or begins in the past
    """
    if place.unit_id not in actor.reach(GIVE_GRANTS, "school"):
        raise NotFound
    if person.pk == actor.person_id:
        raise NotToOneself
    require_own_rights(actor)
    _require_class(actor, place)
    if not may_give(actor, role, place):
        raise NotYoursToGive(role=str(role), ask=_("the level above"))
    if not _holds_role(actor, role, place) and _issued(actor, person):
        raise TwoPersonsNeeded(
            person=person.full_name, role=str(role), ask=_("the department's director")
        )
    if starts_on < actor.today or (ends_on is not None and ends_on <= starts_on):
        raise BadPeriod
    grant = Grant.objects.create(
        person=person,
        role=role,
        anchor_unit_id=None if place.class_id else place.unit_id,
        anchor_class_id=place.class_id,
        home_unit_id=place.worn_at_id or place.unit_id,
        starts_on=starts_on,
        ends_on=ends_on,
        source=GrantSource.MANUAL,
        reason=reason,
    )
    _record(audit_codes.GRANT_GIVEN, actor, grant, now=now, reason=reason)
    return grant


@transaction.atomic(durable=True)
def end_grant(*, actor: Actor, grant: Grant, reason: str, now: datetime) -> None:
    """End a role given by hand, today; what was delegated from it ends too.

    :raises FollowsFromFact: when the grant is not one given by hand
    :raises NotYoursToGive: when the actor may not give that role there
    """
    grant = Grant.objects.visible_to(actor, GIVE_GRANTS).lock(grant.pk)
    if grant.source != GrantSource.MANUAL:
        raise FollowsFromFact(source=grant.get_source_display())
    place = place_of(grant)
    # A role that stands where it may no longer be given can still be ended.
    if place is None or grant.role.code not in _listed(actor, place):
        raise NotYoursToGive(role=str(grant.role), ask=_("the level above"))
    end_rows(Q(pk=grant.pk) | Q(delegated_from=grant), on=actor.today)
    _record(audit_codes.GRANT_ENDED, actor, grant, now=now, reason=reason)


def may_give(actor: Actor, role: Role, place: Place) -> bool:
    """Return whether the actor may give a role at a place.

    Only when a grant of theirs that gives roles there lists it: holding all of it is not enough.
    """
    return role in givable_roles(actor, [role], place)


def givable_roles(actor: Actor, roles: Iterable[Role], place: Place) -> list[Role]:
    """Return the roles the actor may give at a place: the place is asked about once."""
    if place.unit_id not in actor.reach(GIVE_GRANTS, "school"):
        return []
    kind, listed = unit_kind(place.unit_id), _listed(actor, place)
    return [
        role
        for role in roles
        if role.code not in NEVER_BY_HAND
        and role.code in listed
        and kind in PLACES.get(role.code, {kind})
        and role.permissions
    ]


def may_manage(actor: Actor, held: Iterable[Grant]) -> Grant | None:
    """Return the first grant of a person that puts them above the actor; None when there is none.

    Whoever issues a password could sign in with it, so it is as much as giving every role held.
    """
    for grant in held:
        place = place_of(grant)
        if grant.role.hat in FAMILY_HATS:
            continue
        if place is None or not _is_within(actor, grant.role, place):
            return grant
    return None


def require_own_rights(actor: Actor) -> None:
    """Refuse an actor who acts on a delegation: such rights can't be passed on."""
    hat: Hat | None = getattr(actor, "hat", None)
    if hat is not None and hat.delegation_id is not None:
        raise HeldOnBehalf


def place_of(grant: Grant) -> Place | None:
    """Return where a grant holds; None when it is on a person only."""
    unit_id = grant.anchor_unit_id or grant.home_unit_id
    if unit_id is None or grant.anchor_person_id is not None:
        return None
    return Place(unit_id, grant.anchor_class_id)


def holds_at(actor: Actor, code: str, place: Place) -> bool:
    """Return whether the actor holds a permission at a place; an unknown code gives nothing."""
    if code not in permissions:
        return True
    permission = permissions.get(code)
    if place.unit_id in actor.reach(permission, "school"):
        return True
    return place.class_id is not None and place.class_id in actor.reach(permission, "class")


def stands_above(actor: Actor, permission: Permission, place: Place) -> bool:
    """Return whether a grant of the actor on another unit reaches down to the place."""
    hat: Hat | None = getattr(actor, "hat", None)
    return hat is not None and any(
        held.unit_id not in {None, place.unit_id}
        and place.unit_id in _alone(actor, hat, held).reach(permission, "school")
        for held in hat.grants
    )


def _is_within(actor: Actor, role: Role, place: Place) -> bool:
    return role.code in _listed(actor, place) or _holds_role(actor, role, place)


def _holds_role(actor: Actor, role: Role, place: Place) -> bool:
    codes = set(role.permissions)
    if OPEN_SUPPORT.code in codes:
        for session in Role.objects.filter(code="support_session"):
            codes |= set(session.permissions)
    return rules.covers(codes, lambda code: holds_at(actor, code, place))


def _issued(actor: Actor, person: Person) -> bool:
    """Return whether the actor ever made a way into the person's account.

    Once enough: that the password was changed since doesn't tell who changed it.
    """
    if actor.person_id is None:
        return False
    return (
        AuditEntry.objects.unscoped(because="did the giver issue the sign-in? Not shown to them")
        .filter(person_id=person.pk, actor_person_id=actor.person_id)
        .filter(code__in=[*ISSUING_CODES, audit_codes.SECOND_FACTOR_REMOVED])
        .exists()
    )


def _listed(actor: Actor, place: Place) -> set[str]:
    """Return the roles that those grants of the actor list which may give roles at the place."""
    hat: Hat | None = getattr(actor, "hat", None)
    if hat is None:
        return set(_operator_gives(actor))
    return {
        code
        for held in hat.grants
        if place.unit_id in _alone(actor, hat, held).reach(GIVE_GRANTS, "school")
        for code in held.gives
    }


def _operator_gives(actor: Actor) -> list[str]:
    if actor.is_signed_in or not actor.reach(GIVE_GRANTS, "school").everything:
        return []
    role = Role.objects.filter(code="operator").first()
    return role.gives if role else []


def _alone(actor: Actor, hat: Hat, held: HeldGrant) -> GrantActor:
    """Return the actor with one grant only, to ask what that one reaches."""
    return GrantActor(
        person_id=actor.person_id,
        label=actor.label,
        today=actor.today,
        hat=Hat(hat.key, hat.code, hat.label, hat.unit_id, (held,)),
    )


def _require_class(actor: Actor, place: Place) -> None:
    if place.class_id is None:
        return
    offered = anchors.choices("class", actor, place.unit_id)
    if place.class_id not in {one.id for one in offered}:
        raise NoSuchAnchor


def _record(code: str, actor: Actor, grant: Grant, *, now: datetime, reason: str) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=grant,
        unit_id=grant.home_unit_id,
        person_id=grant.person_id,
        details={
            "role": str(grant.role),
            "person": grant.person.full_name,
            "reason": reason,
            "starts_on": grant.starts_on,
            "ends_on": grant.ends_on,
        },
    )
