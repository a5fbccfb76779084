"""Giving, ending and deriving grants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from khuevan.kernel.actor import permissions
from khuevan.platform.access.models import Grant, GrantSource, Role
from khuevan.platform.access.roles import ROLES


@transaction.atomic
def sync_roles() -> None:
    """Create the roles a province starts with, and give new permissions to the roles they name.

    A permission that was taken from a role by hand stays taken: only codes never seen before are added.
    """
    seen = set(
        code for codes in Role.objects.values_list("permissions", flat=True) for code in codes
    )
    for seed in ROLES:
        wanted = [p.code for p in permissions if seed.code in p.roles]
        role, created = Role.objects.get_or_create(
            code=seed.code,
            defaults={
                "hat": seed.hat,
                "needs_second_factor": seed.needs_second_factor,
                "permissions": sorted(wanted),
            },
        )
        fresh = [code for code in wanted if code not in seen and code not in role.permissions]
        if not created and fresh:
            role.permissions = sorted({*role.permissions, *fresh})
            role.save(update_fields=["permissions"])


@dataclass(frozen=True, slots=True)
class GrantSpec:
    """A grant that follows from a fact. `source_key` names the fact ("staff.appointment:12")."""

    person_id: int
    role_code: str
    source_key: str
    starts_on: date
    ends_on: date | None = None
    unit_id: int | None = None
    class_id: int | None = None
    anchor_person_id: int | None = None
    home_unit_id: int | None = None


def derive_grants(specs: Iterable[GrantSpec]) -> int:
    """Write the grants that follow from facts; a step inside the caller's transaction."""
    role_ids = dict(Role.objects.values_list("code", "id"))
    grants = [
        Grant(
            person_id=spec.person_id,
            role_id=role_ids[spec.role_code],
            anchor_unit_id=spec.unit_id,
            anchor_class_id=spec.class_id,
            anchor_person_id=spec.anchor_person_id,
            home_unit_id=spec.home_unit_id,
            starts_on=spec.starts_on,
            ends_on=spec.ends_on,
            source=GrantSource.DERIVED,
            source_key=spec.source_key,
        )
        for spec in specs
    ]
    return len(Grant.objects.bulk_create(grants, batch_size=2000))


def end_derived_grants(*, source_key: str, on: date) -> int:
    """End the grants of a fact that ends; a step inside the caller's transaction."""
    return (
        Grant.objects.unscoped(because="a fact ends the grants that follow from it")
        .filter(source_key=source_key, source=GrantSource.DERIVED, ends_on__isnull=True)
        .update(ends_on=on)
    )
