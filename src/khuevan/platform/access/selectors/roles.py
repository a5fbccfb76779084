"""The roles as data, with what each area of each role amounts to."""

from __future__ import annotations

from django.db.models import QuerySet

from khuevan.platform.access.models import Role
from khuevan.platform.access.roles import HATS, ROLES


def roles() -> list[Role]:
    """Return all roles, in the order in which hats are listed."""
    seeds = [seed.code for seed in ROLES]
    hats = list(HATS)
    return sorted(
        _all(),
        key=lambda role: (
            hats.index(role.hat),
            seeds.index(role.code) if role.code in seeds else len(seeds),
            role.code,
        ),
    )


def _all() -> QuerySet[Role]:
    return Role.objects.all()
