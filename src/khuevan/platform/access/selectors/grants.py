"""Who holds which role, on what, since when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from khuevan.kernel.actor import SIGNED_IN, Actor, Permission
from khuevan.kernel.periods import in_force, last_day, not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.access.actor import Hat
from khuevan.platform.access.anchors import NamedAnchor, named
from khuevan.platform.access.models import Grant, Role
from khuevan.platform.access.permissions import VIEW_GRANTS
from khuevan.platform.access.roles import FAMILY_HATS
from khuevan.platform.organizations.api import versions_on


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant as people read it."""

    grant: Grant
    role: str
    place: str
    source: str
    starts_on: date
    last_day: date | None
    state: str
    """now, later or ended."""


def grants(
    *, actor: Actor, permission: Permission = VIEW_GRANTS, current_only: bool = True
) -> ScopedQuerySet[Grant]:
    """Return the grants the actor may see, newest first."""
    rows = Grant.objects.visible_to(actor, permission)
    if permission is not SIGNED_IN:
        rows = without_families(rows, actor)
    if current_only:
        rows = rows.filter(in_force(actor.today))
    return rows.select_related(
        "role", "person", "anchor_unit", "home_unit", "delegation__from_person"
    ).order_by("-id")


def knows_families(actor: Actor) -> bool:
    """Return whether the actor works in a school, which knows its pupils and their families.

    Whoever keeps accounts and roles above a school has no business with single pupils. The operator
    of the server has no hat and may help with any account.
    """
    hat: Hat | None = getattr(actor, "hat", None)
    return hat is None or hat.is_of_a_school


def without_families(rows: ScopedQuerySet[Grant], actor: Actor) -> ScopedQuerySet[Grant]:
    """Leave out the grants of pupils and families unless the actor knows them."""
    return rows if knows_families(actor) else rows.exclude(role__hat__in=FAMILY_HATS)


def grants_of_person(*, actor: Actor, person_id: int) -> ScopedQuerySet[Grant]:
    """Return all grants of a person that the actor may see, the ones in force first."""
    return grants(actor=actor, current_only=False).filter(person_id=person_id)


def own_grants(*, actor: Actor) -> ScopedQuerySet[Grant]:
    """Return the actor's own grants that hold or will hold."""
    return (
        grants(actor=actor, permission=SIGNED_IN, current_only=False)
        .filter(person_id=actor.person_id or 0)
        .filter(not_over(actor.today))
    )


def grant_lines(rows: Iterable[Grant], *, actor: Actor) -> list[GrantLine]:
    """Return grants ready to read, those in force first: two queries for all names."""
    listed = list(rows)
    ids = [unit for row in listed for unit in (row.home_unit_id, row.anchor_unit_id)]
    units = unit_names(ids, on=actor.today)
    classes = class_names(listed)
    order = {"now": 0, "later": 1, "ended": 2}
    lines = [_line(row, units, classes, today=actor.today) for row in listed]
    return sorted(lines, key=lambda line: order[line.state])


def unit_names(ids: Iterable[int | None], *, on: date) -> dict[int, str]:
    """Return the short names of units on a day: one query."""
    known = {unit_id for unit_id in ids if unit_id is not None}
    if not known:
        return {}
    found = versions_on(on).filter(unit_id__in=known)
    return dict(found.values_list("unit_id", "short_name"))


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
        .filter(in_force(on), person_id=person_id)
        .exclude(role__hat__in=FAMILY_HATS)
        .exists()
    )


def holders_of_more(people: Collection[int], *, than: str) -> set[int]:
    """Return who of these people holds, held or will hold a role that follows from other facts."""
    rows = (
        Grant.objects.unscoped(because="whether a person is more than one app knows, never what")
        .filter(person_id__in=people)
        .exclude(source_key__startswith=than)
    )
    return set(rows.values_list("person_id", flat=True))


def holders_at(unit_id: int, permission: Permission, *, on: date) -> list[int]:
    """Return the people who hold a permission on this very unit, not from above it."""
    rows = (
        Grant.objects.unscoped(because="who of a unit is told what happens in it")
        .filter(in_force(on), anchor_unit_id=unit_id)
        .filter(role__permissions__contains=[permission.code])
    )
    return sorted(set(rows.values_list("person_id", flat=True)))


def people_working_at(units: Collection[int], *, on: date) -> int:
    """Return how many people hold a role on one of these units themselves, on a day."""
    rows = Grant.objects.unscoped(because="how many people a change of offices touches, not who")
    rows = rows.filter(in_force(on), anchor_unit_id__in=units)
    return rows.values("person_id").distinct().count()


def roles_working_at(units: Collection[int], *, on: date) -> list[tuple[int, str, int]]:
    """Return how many people hold each role on each of these units themselves, on a day."""
    rows = Grant.objects.unscoped(because="how many people a change of offices touches, not who")
    rows = rows.filter(in_force(on), anchor_unit_id__in=units)
    counted = rows.values("anchor_unit_id", "role_id").annotate(Count("person_id", distinct=True))
    roles = {role.pk: str(role) for role in Role.objects.all()}
    return sorted(
        (row["anchor_unit_id"], roles[row["role_id"]], row["person_id__count"]) for row in counted
    )


def _line(
    grant: Grant, units: dict[int, str], classes: dict[int, NamedAnchor], *, today: date
) -> GrantLine:
    delegation = grant.delegation
    source = str(grant.get_source_display())
    if delegation is not None:
        source = f"{source}: {delegation.from_person.full_name}"
    if grant.starts_on > today:
        state = "later"
    else:
        state = "now" if grant.ends_on is None or grant.ends_on > today else "ended"
    return GrantLine(
        grant=grant,
        role=str(grant.role),
        place=_place(grant, units, classes),
        source=source,
        starts_on=grant.starts_on,
        last_day=last_day(grant.ends_on) if grant.ends_on else None,
        state=state,
    )


def _place(grant: Grant, units: dict[int, str], classes: dict[int, NamedAnchor]) -> str:
    """Name where a role is held and, where that is further, how far it reaches."""
    unit = units.get(grant.home_unit_id or grant.anchor_unit_id or 0, "")
    reach = units.get(grant.anchor_unit_id or 0, unit)
    if grant.anchor_class_id is None:
        words = {"place": unit, "reach": reach}
        return unit if reach == unit else _("%(place)s, reaching %(reach)s") % words
    found = classes.get(grant.anchor_class_id)
    return ", ".join(filter(None, (found.name if found else "", unit)))
