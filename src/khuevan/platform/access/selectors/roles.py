"""The roles as data, with what each area of each role amounts to."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db.models import QuerySet

from khuevan.kernel.actor import permissions
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import rules
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


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area of one role: its level, the levels there are, and the rights held and not held."""

    code: str
    label: str
    level: str
    levels: list[tuple[str, list[str]]]
    held: list[str]


def role_named(code: str) -> Role:
    """Return a role or raise `NotFound`."""
    role = Role.objects.filter(code=code).first()
    if role is None:
        raise NotFound
    return role


def area_lines(role: Role) -> list[AreaLine]:
    """Return what a role may do, area by area."""
    held = set(role.permissions)
    return [
        AreaLine(
            code=area.code,
            label=area_label(area.code),
            level=area.level_of(held),
            levels=[
                (level, [str(p.label) for p in area.permissions if p.level == level])
                for level in area.levels()
            ],
            held=[str(p.label) for p in area.permissions if p.code in held],
        )
        for area in rules.areas(permissions)
    ]


def area_label(code: str) -> str:
    """Return the name of the app, or of the layer's first app, whose rights these are."""
    if code in apps.app_configs:
        return str(apps.get_app_config(code).verbose_name)
    named = (one for one in apps.get_app_configs() if code in one.name.split("."))
    return next((str(one.verbose_name) for one in named), code)


def _all() -> QuerySet[Role]:
    return Role.objects.all()
