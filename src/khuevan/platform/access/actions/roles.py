"""Roles as data: the ones a province starts with, and what administrators make of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor, permissions
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import audit_codes, rules
from khuevan.platform.access.errors import OwnRole
from khuevan.platform.access.models import KnownPermission, Role
from khuevan.platform.access.permissions import MANAGE_ROLES
from khuevan.platform.access.roles import ROLES
from khuevan.platform.access.selectors import grants_in_force
from khuevan.platform.audit.api import record


@transaction.atomic
def sync_roles() -> None:
    """Create the roles a province starts with, and offer new permissions to the roles they name.

    Each permission is offered once. What was taken from a role by hand stays taken.
    """
    known = set(KnownPermission.objects.values_list("code", flat=True))
    existing = {role.code: role for role in Role.objects.select_for_update(no_key=True)}
    for seed in ROLES:
        wanted = {p.code for p in permissions if seed.code in p.roles}
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


@transaction.atomic(durable=True)
def change_role(
    *, actor: Actor, code: str, levels: Mapping[str, str], reason: str, now: datetime
) -> Role:
    """Set what a role may do, area by area; everyone who holds it is affected at once.

    :raises OwnRole: when the actor holds the role
    """
    role = _role_to_change(actor, code)
    before = set(role.permissions)
    after = rules.with_levels(before, levels, rules.areas(permissions))
    if after == before:
        return role
    role.permissions = sorted(after)
    role.save(update_fields=["permissions"])
    record(
        audit_codes.ROLE_CHANGED,
        actor=actor,
        at=now,
        target=role,
        before={"permissions": sorted(before - after)},
        after={"permissions": sorted(after - before)},
        details={"role": str(role), "reason": reason},
    )
    return role


def _role_to_change(actor: Actor, code: str) -> Role:
    if not actor.reach(MANAGE_ROLES, "school").everything:
        raise NotFound
    role = Role.objects.select_for_update(no_key=True).filter(code=code).first()
    if role is None:
        raise NotFound
    if actor.person_id is not None:
        held = grants_in_force(actor.person_id, on=actor.today)
        if any(grant.role_id == role.pk for grant in held):
            raise OwnRole
    return role
