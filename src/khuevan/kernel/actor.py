"""Who acts, and what that reaches. Only the protocol: `platform.access` knows grants."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, runtime_checkable

from django.utils.functional import Promise

from khuevan.kernel.registry import Registry

AnchorKind = Literal["school", "class", "person"]
Level = Literal["view", "record", "approve", "manage"]


@dataclass(frozen=True, slots=True)
class Permission:
    """A named right such as `registry.students:view`; roles are sets of these, as data."""

    code: str
    label: str | Promise = field(compare=False)
    level: Level = field(default="view", compare=False)
    roles: tuple[str, ...] = field(default=(), compare=False)
    """Codes of the roles that hold it when a province starts; editable data afterwards."""
    passes_on: bool = field(default=False, compare=False)
    """Whether its holder lets others, or programs, do things: never a right of a support role."""

    def __str__(self) -> str:
        return self.code

    @property
    def only_reads(self) -> bool:
        """Return whether it lets nobody change, decide or take away anything."""
        return self.level == "view"


permissions: Registry[Permission] = Registry("permission")


def declare(
    code: str,
    label: str | Promise,
    *,
    level: Level = "view",
    roles: tuple[str, ...] = (),
    passes_on: bool = False,
) -> Permission:
    """Register a permission at import of an app's permissions.py and return it."""
    return permissions.register(code, Permission(code, label, level, roles, passes_on))


PUBLIC = Permission("kernel.anyone:view", "anyone")
"""Needs no sign-in. Not in the registry: no role can hold or lose it."""

SIGNED_IN = Permission("kernel.signed_in:view", "anyone signed in")
"""Needs a sign-in and nothing else: one's own things only."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The anchors of one kind on which an actor holds a permission: everything, or these ids."""

    everything: bool = False
    ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or bool(self.ids)

    def __contains__(self, anchor_id: object) -> bool:
        return self.everything or anchor_id in self.ids


@runtime_checkable
class Actor(Protocol):
    """Whoever does something: a signed-in person in one hat, an operator, or nobody."""

    @property
    def person_id(self) -> int | None:
        """Return the acting person's id; None for nobody and for an operator."""

    @property
    def label(self) -> str:
        """Return a name for the audit log."""

    @property
    def role_label(self) -> str:
        """Return the name of the hat worn, for the audit log; empty for nobody."""

    @property
    def today(self) -> date:
        """Return the date on which this actor's grants were resolved."""

    @property
    def is_signed_in(self) -> bool:
        """Return whether anybody is there."""

    def may(self, permission: Permission) -> bool:
        """Return whether the permission is held on anything at all."""

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        """Return on which anchors of a kind the permission is held."""

    def own_schools(self, permission: Permission) -> frozenset[int]:
        """Return the schools on which it is held from within, not by an office above them."""
