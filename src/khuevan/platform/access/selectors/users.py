"""Accounts in the actor's reach. A unit's people are those who hold a role there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import fold
from khuevan.kernel.words import name_has
from khuevan.platform.access.models import Grant
from khuevan.platform.access.permissions import VIEW_USERS
from khuevan.platform.access.roles import FAMILY_HATS
from khuevan.platform.access.selectors.grants import (
    knows_families,
    unit_names,
    without_families,
)
from khuevan.platform.accounts.api import Person, User
from khuevan.platform.organizations.api import units_under

ACTIVE, NEW, INACTIVE = "active", "new", "inactive"


@dataclass(frozen=True, slots=True)
class UserRow:
    """A line of the list of users."""

    user: User
    roles: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """Return whether the account works, waits for its first sign-in or is switched off."""
        if not self.user.is_active:
            return INACTIVE
        return NEW if self.user.must_change_password else ACTIVE


def users(*, actor: Actor, permission: Permission = VIEW_USERS) -> QuerySet[User]:
    """Return the accounts of people in the actor's reach, in Vietnamese order of names."""
    rows = User.objects.unscoped(because="narrowed to the people whose grants the actor may see")
    return (
        rows.filter(_people(actor, permission, key="person_id"))
        .select_related("person")
        .order_by("person__sort_key", "id")
    )


def named_like(text: str) -> Q:
    """Return the condition that a name has these words, or the username begins so."""
    return name_has(text, field="person__search_name") | Q(username__istartswith=fold(text))


def in_state(state: str) -> Q:
    """Return the condition that an account is active, new or switched off; else keep all."""
    return {
        ACTIVE: Q(is_active=True, must_change_password=False),
        NEW: Q(is_active=True, must_change_password=True),
        INACTIVE: Q(is_active=False),
    }.get(state, Q())


def holding(*, actor: Actor, roles: Collection[str] = (), unit_ids: Collection[int] = ()) -> Q:
    """Return the condition that a person holds one of the roles, in one of the units or below."""
    held = Grant.objects.visible_to(actor, VIEW_USERS).filter(in_force(actor.today))
    if roles:
        held = held.filter(role__code__in=roles)
    if unit_ids:
        held = held.filter(home_unit_id__in=units_under(unit_ids, on=actor.today))
    return Q(person_id__in=held.values("person_id"))


def user_rows(*, actor: Actor, page: Collection[User]) -> list[UserRow]:
    """Return the lines of one page: the roles and units of each person, in two queries."""
    held = _grants_by_person(actor, [user.person_id for user in page])
    names = unit_names({g.home_unit_id for rows in held.values() for g in rows}, on=actor.today)
    return [_row(user, held[user.person_id], names) for user in page]


def get_user_for(actor: Actor, uuid: UUID, permission: Permission) -> User:
    """Return an account in the actor's reach or raise `NotFound`."""
    user = users(actor=actor, permission=permission).filter(uuid=uuid).first()
    if user is None:
        raise NotFound
    return user


def get_person_for(actor: Actor, uuid: UUID, permission: Permission) -> Person:
    """Return a person who holds a role in the actor's reach or raise `NotFound`."""
    person = _persons(actor, permission).filter(uuid=uuid).first()
    if person is None:
        raise NotFound
    return person


def people_without_account(*, actor: Actor, permission: Permission, text: str) -> QuerySet[Person]:
    """Return the people in the actor's reach who can't sign in yet and whose name fits."""
    return (
        _persons(actor, permission)
        .filter(name_has(text), user__isnull=True)
        .order_by("sort_key", "id")
    )


def families() -> QuerySet[Grant]:
    """Return grants of those who are or were pupils or guardians and never anything else."""
    staff = Grant.objects.unscoped(because="an employee is named as one, a parent or not")
    rows = Grant.objects.unscoped(because="whose names the log keeps from those who see no pupil")
    return rows.filter(role__hat__in=FAMILY_HATS).exclude(
        Exists(staff.filter(person_id=OuterRef("person_id")).exclude(role__hat__in=FAMILY_HATS))
    )


def grants_known_to(actor: Actor) -> QuerySet[Grant]:
    """Return grants of the people whose accounts the actor sees."""
    held = Grant.objects.visible_to(actor, VIEW_USERS).filter(in_force(actor.today))
    return without_families(held, actor)


def _persons(actor: Actor, permission: Permission) -> QuerySet[Person]:
    rows = Person.objects.unscoped(because="narrowed to the people whose grants the actor may see")
    return rows.filter(_people(actor, permission, key="pk"))


def _people(actor: Actor, permission: Permission, *, key: str) -> Q:
    """Return the predicate that keeps the people of the actor's units.

    Pupils and families are known to their school, not to administrators above it.
    """
    if knows_families(actor) and actor.reach(permission, "school").everything:
        return Q()
    held = Grant.objects.visible_to(actor, permission).filter(in_force(actor.today))
    return Q(**{f"{key}__in": without_families(held, actor).values("person_id")})


def _grants_by_person(actor: Actor, person_ids: Collection[int]) -> dict[int, list[Grant]]:
    found: dict[int, list[Grant]] = defaultdict(list)
    rows = Grant.objects.visible_to(actor, VIEW_USERS).filter(in_force(actor.today))
    for grant in rows.filter(person_id__in=person_ids).select_related("role").order_by("id"):
        found[grant.person_id].append(grant)
    return found


def _row(user: User, held: list[Grant], names: dict[int, str]) -> UserRow:
    return UserRow(
        user,
        roles=list(dict.fromkeys(str(grant.role) for grant in held)),
        units=list(dict.fromkeys(names.get(g.home_unit_id, "") for g in held if g.home_unit_id)),
    )
