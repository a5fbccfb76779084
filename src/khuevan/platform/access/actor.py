"""Actors made of grants: one person in one hat, with what the hat's roles reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from khuevan.kernel.actor import PUBLIC, SIGNED_IN, AnchorKind, Permission, Reach
from khuevan.platform.access.roles import FAMILY_HATS
from khuevan.platform.organizations.api import UnitKind, units_under


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """One grant as the actor needs it: what it allows, and on which single anchor."""

    role: str
    permissions: frozenset[str]
    unit_id: int | None = None
    unit_kind: str = ""
    class_id: int | None = None
    person_id: int | None = None
    grant_id: int | None = None
    gives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hat:
    """A role worn at a place: what a person with several roles switches between."""

    key: str
    code: str
    label: str
    unit_id: int | None
    grants: tuple[HeldGrant, ...]
    needs_second_factor: bool = False
    purpose: str = ""
    """Why a support session was opened; goes onto every record it looks at."""
    delegation_id: int | None = None
    """The delegation these grants come from; what was delegated can't be passed on."""
    delegated_as: str = ""
    """Its kind: KT for a deputy who acts for the head."""

    @property
    def is_of_a_school(self) -> bool:
        """Return whether no grant of the hat stands above a school."""
        return all(grant.unit_kind in {"", UnitKind.SCHOOL} for grant in self.grants)


@dataclass(slots=True)
class GrantActor:
    """A signed-in person in one hat. Reaches are worked out once and kept for the request."""

    person_id: int | None
    label: str
    today: date
    hats: tuple[Hat, ...] = ()
    hat: Hat | None = None
    waiting: Hat | None = None
    """The hat that can't be worn before the second step of the sign-in; then `hat` is None."""
    is_signed_in: bool = True
    _reaches: dict[tuple[str, AnchorKind], Reach] = field(default_factory=dict)

    @property
    def role_label(self) -> str:
        """Return the name of the hat worn."""
        return self.hat.label if self.hat else ""

    @property
    def purpose(self) -> str:
        """Return why the actor looks at other people's records; empty for daily work."""
        return self.hat.purpose if self.hat else ""

    @property
    def is_staff(self) -> bool:
        """Return whether any hat reaches further than oneself and one's own children."""
        return any(hat.code not in FAMILY_HATS for hat in self.hats)

    def may(self, permission: Permission) -> bool:
        """Return whether the hat holds the permission on anything at all."""
        if permission is SIGNED_IN or permission is PUBLIC:
            return True
        return any(permission.code in grant.permissions for grant in self._grants())

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        """Return on which anchors of a kind the hat holds the permission."""
        key = (permission.code, kind)
        if key not in self._reaches:
            self._reaches[key] = self._work_out(permission, kind)
        return self._reaches[key]

    def own_schools(self, permission: Permission) -> frozenset[int]:
        """Return the schools whose own staff the hat is of; in a support session there are none."""
        if self.hat is None or self.hat.code == "support":
            return frozenset()
        return _ids(
            grant.unit_id
            for grant in self._grants()
            if grant.unit_kind == UnitKind.SCHOOL and permission.code in grant.permissions
        )

    def _grants(self) -> tuple[HeldGrant, ...]:
        return self.hat.grants if self.hat else ()

    def _work_out(self, permission: Permission, kind: AnchorKind) -> Reach:
        if permission is SIGNED_IN:
            own = (
                frozenset({self.person_id}) if self.person_id and kind == "person" else frozenset()
            )
            return Reach(ids=own)
        held = [grant for grant in self._grants() if permission.code in grant.permissions]
        if any(grant.unit_kind == UnitKind.PROVINCE for grant in held):
            return Reach(everything=True)
        if kind == "class":
            return Reach(ids=_ids(grant.class_id for grant in held))
        if kind == "person":
            return Reach(ids=_ids(grant.person_id for grant in held))
        return Reach(ids=self._units(held))

    def _units(self, held: list[HeldGrant]) -> frozenset[int]:
        schools = _ids(g.unit_id for g in held if g.unit_kind == UnitKind.SCHOOL)
        above = _ids(g.unit_id for g in held if g.unit_kind != UnitKind.SCHOOL)
        return schools | units_under(above, on=self.today)


def narrowed(actor: GrantActor, codes: Collection[str]) -> GrantActor:
    """Return the actor with those of the hat's permissions alone that are named."""
    if actor.hat is None:
        return actor
    only = frozenset(codes)
    grants = tuple(
        replace(grant, permissions=grant.permissions & only) for grant in actor.hat.grants
    )
    return replace(actor, hat=replace(actor.hat, grants=grants), _reaches={})


@dataclass(frozen=True, slots=True)
class NobodyActor:
    """Nobody signed in: reaches nothing."""

    today: date
    person_id: None = None
    label: str = ""
    role_label: str = ""
    is_signed_in: bool = False
    hats: tuple[Hat, ...] = ()
    hat: None = None
    waiting: None = None
    purpose: str = ""
    is_staff: bool = False

    def may(self, permission: Permission) -> bool:
        """Return True for what is public, else False."""
        return permission is PUBLIC

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        """Return the empty reach."""
        return Reach()

    def own_schools(self, permission: Permission) -> frozenset[int]:
        """Return none."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class OperatorActor:
    """Whoever may run the program on the server: everywhere, but only what the role allows."""

    label: str
    today: date
    permissions: frozenset[str]
    person_id: None = None
    role_label: str = "Server operator"
    is_signed_in: bool = False
    hats: tuple[Hat, ...] = ()
    hat: None = None
    waiting: None = None
    purpose: str = ""
    is_staff: bool = False

    def may(self, permission: Permission) -> bool:
        """Return whether the operator role holds the permission."""
        return permission is PUBLIC or permission.code in self.permissions

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        """Return everything for the permissions of the operator role, else nothing."""
        return Reach(everything=permission.code in self.permissions)

    def own_schools(self, permission: Permission) -> frozenset[int]:
        """Return none: the server is no school."""
        return frozenset()


def _ids(values: Iterable[int | None]) -> frozenset[int]:
    return frozenset(value for value in values if value is not None)
