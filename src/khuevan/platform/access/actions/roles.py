"""Roles as data: the ones a province starts with, and what administrators make of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor, permissions
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import fold, normalize
from khuevan.platform.access import audit_codes, rules
from khuevan.platform.access.errors import (
    NeverOfSupport,
    NotYoursToAdd,
    OperatorsOwn,
    OwnRole,
    ReasonNeeded,
    RoleNameTaken,
    UnknownRight,
)
from khuevan.platform.access.models import KnownPermission, Role
from khuevan.platform.access.permissions import MANAGE_ROLES
from khuevan.platform.access.roles import OWN_HATS, ROLES
from khuevan.platform.access.selectors import grants_in_force
from khuevan.platform.accounts.api import free_username
from khuevan.platform.audit.api import record


@transaction.atomic
def sync_roles() -> None:
    """Create the roles a province starts with, and offer new permissions to the roles they name.

    Each permission is offered once. What was taken from a role by hand stays taken.
    """
    known = set(KnownPermission.objects.values_list("code", flat=True))
    existing = {role.code: role for role in Role.objects.select_for_update(no_key=True)}
    for seed in ROLES:
        wanted = starting_permissions(seed.code)
        role = existing.get(seed.code)
        if role is None:
            Role.objects.create(
                code=seed.code,
                hat=seed.hat,
                needs_second_factor=seed.needs_second_factor,
                permissions=sorted(wanted),
                gives=sorted(seed.gives),
            )
            continue
        fresh = wanted - known - set(role.permissions)
        if fresh:
            role.permissions = sorted({*role.permissions, *fresh})
            role.save(update_fields=["permissions"])
    KnownPermission.objects.bulk_create(
        [KnownPermission(code=p.code) for p in permissions if p.code not in known],
        ignore_conflicts=True,
    )


def starting_permissions(code: str) -> set[str]:
    """Return what a role holds when a province starts."""
    names = {code, next((seed.starts_as for seed in ROLES if seed.code == code), "")}
    return {p.code for p in permissions if not names.isdisjoint(p.roles)}


@transaction.atomic(durable=True)
def change_role(
    *, actor: Actor, code: str, levels: Mapping[str, str], reason: str, now: datetime
) -> Role:
    """Set what a role may do, area by area; everyone who holds it is affected at once.

    :raises OwnRole: when the actor holds the role
    :raises NotYoursToAdd: when it would get what the actor does not hold on the whole province
    """
    role = _role_to_change(actor, code)
    before = set(role.permissions)
    after = rules.with_levels(before, levels, rules.areas(permissions))
    if after == before:
        return role
    _require_theirs(actor, before, after)
    _change(actor, role, after, reason=reason, now=now)
    return role


@transaction.atomic(durable=True)
def set_right(
    *, actor: Actor, code: str, right: str, is_held: bool, reason: str, now: datetime
) -> Role:
    """Let a role hold one permission, or no longer; everyone who holds the role is affected.

    The operator of the server may add what they do not hold themselves: permissions on pupils,
    which nobody who keeps roles holds. For everybody else the rules of `change_role` apply.

    :raises UnknownRight: when no app declares the permission
    :raises NotYoursToAdd: when a user adds what they do not hold on the whole province
    :raises OperatorsOwn: when the operator's own rights would be given away or lost
    :raises ReasonNeeded: when the reason says nothing
    """
    if len(normalize(reason)) < rules.SHORTEST_REASON:
        raise ReasonNeeded
    role = _role_to_change(actor, code)
    if right not in permissions:
        raise UnknownRight(code=right)
    before = set(role.permissions)
    after = before | {right} if is_held else before - {right}
    if after == before:
        return role
    _require_not_the_operators(role, right, is_held=is_held)
    if not runs_the_server(actor):
        _require_theirs(actor, before, after)
    _change(actor, role, after, reason=reason, now=now)
    return role


@transaction.atomic(durable=True)
def create_role(
    *,
    actor: Actor,
    name: str,
    hat: str,
    levels: Mapping[str, str],
    needs_second_factor: bool,
    reason: str,
    now: datetime,
) -> Role:
    """Create a role of a province's own; whoever may give the hat's usual role may give it.

    :raises RoleNameTaken: when another role has the name
    :raises NotYoursToAdd: when it would hold what the actor does not hold on the whole province
    """
    if hat not in OWN_HATS or not may_keep_roles(actor):
        raise NotFound
    listed = list(Role.objects.select_for_update(no_key=True).order_by("pk"))
    if fold(name) in {fold(str(role)) for role in listed}:
        raise RoleNameTaken
    after = rules.with_levels((), levels, rules.areas(permissions))
    _require_theirs(actor, (), after)
    role = Role.objects.create(
        code=_free_code(name, {one.code for one in listed}),
        name=" ".join(name.split()),
        hat=hat,
        permissions=sorted(after),
        needs_second_factor=needs_second_factor or hat == "officer",
    )
    for giver in listed:
        if OWN_HATS[hat] in giver.gives:
            giver.gives = sorted({*giver.gives, role.code})
            giver.save(update_fields=["gives"])
    record(
        audit_codes.ROLE_CREATED,
        actor=actor,
        at=now,
        target=role,
        after={"permissions": role.permissions},
        details={"role": str(role), "reason": reason},
    )
    return role


def may_keep_roles(actor: Actor) -> bool:
    """Return whether the actor creates and changes roles: they hold in the whole province."""
    return actor.reach(MANAGE_ROLES, "school").everything


def holds_everywhere(actor: Actor, code: str) -> bool:
    """Return whether the actor holds a permission on the whole province."""
    return code in permissions and actor.reach(permissions.get(code), "school").everything


def _require_theirs(actor: Actor, before: Collection[str], after: Collection[str]) -> None:
    wrong = rules.not_theirs_to_add(
        before, after, permissions, lambda code: holds_everywhere(actor, code)
    )
    if wrong:
        raise NotYoursToAdd(rights="; ".join(str(one.label) for one in wrong))


def runs_the_server(actor: Actor) -> bool:
    """Return whether the actor is the operator on the server, who keeps roles there."""
    return actor.person_id is None and not actor.is_signed_in and may_keep_roles(actor)


def _change(
    actor: Actor, role: Role, after: Collection[str], *, reason: str, now: datetime
) -> None:
    before, wanted = set(role.permissions), set(after)
    _require_fitting(role, before, wanted)
    role.permissions = sorted(wanted)
    role.save(update_fields=["permissions"])
    record(
        audit_codes.ROLE_CHANGED,
        actor=actor,
        at=now,
        target=role,
        before={"permissions": sorted(before - wanted)},
        after={"permissions": sorted(wanted - before)},
        details={"role": str(role), "reason": reason},
    )


def _require_not_the_operators(role: Role, right: str, *, is_held: bool) -> None:
    """Refuse to give others what is the operator's alone, and to take the way back away."""
    is_operators = role.code in rules.OPERATOR_ONLY
    given_away = is_held and rules.only_the_operators(permissions.get(right)) and not is_operators
    if given_away or (not is_held and is_operators and right == MANAGE_ROLES.code):
        raise OperatorsOwn(code=right)


def _require_fitting(role: Role, before: Collection[str], after: Collection[str]) -> None:
    """Refuse what no role of this kind may hold, whoever adds it.

    :raises NeverOfSupport: when a role of support would let others, or programs, in
    """
    added = set(after) - set(before)
    wrong = [one for one in permissions if one.code in added and rules.never_of(role.hat, one)]
    if wrong:
        raise NeverOfSupport(rights="; ".join(str(one.label) for one in wrong))


def _free_code(name: str, taken: Collection[str]) -> str:
    base = "own-" + "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())[:32]
    return free_username(base, taken)


def _role_to_change(actor: Actor, code: str) -> Role:
    if not may_keep_roles(actor):
        raise NotFound
    role = Role.objects.select_for_update(no_key=True).filter(code=code).first()
    if role is None:
        raise NotFound
    if actor.person_id is not None:
        held = grants_in_force(actor.person_id, on=actor.today)
        if any(grant.role_id == role.pk for grant in held):
            raise OwnRole
    return role
