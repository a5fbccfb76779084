"""A person through a token: what the token allows, and no more than the hat does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.kernel.actor import PUBLIC, SIGNED_IN, AnchorKind, Permission, Reach
from khuevan.platform.access.api import GrantActor, Hat


@dataclass(frozen=True, slots=True)
class TokenActor:
    """A program that acts as a person in one hat, narrowed to some permissions."""

    inner: GrantActor
    name: str
    permissions: frozenset[str]

    @property
    def person_id(self) -> int | None:
        """Return the person whose token it is."""
        return self.inner.person_id

    @property
    def label(self) -> str:
        """Return the person's name."""
        return self.inner.label

    @property
    def role_label(self) -> str:
        """Return the hat and the token, so that the log tells a program from its owner."""
        return f"{self.inner.role_label} · {self.name}"[:80]

    @property
    def today(self) -> date:
        """Return the day on which the grants were resolved."""
        return self.inner.today

    @property
    def is_signed_in(self) -> bool:
        """Return True: a token stands for a sign-in."""
        return True

    @property
    def hat(self) -> Hat | None:
        """Return the hat of the token, None once its owner has lost it."""
        return self.inner.hat

    @property
    def hats(self) -> tuple[Hat, ...]:
        """Return the one hat there is."""
        return (self.inner.hat,) if self.inner.hat else ()

    @property
    def purpose(self) -> str:
        """Return the empty text: a support session is worked in by hand alone."""
        return ""

    @property
    def narrowed_to(self) -> list[str]:
        """Return the codes of its permissions, which go with the work it orders."""
        return sorted(self.permissions)

    def may(self, permission: Permission) -> bool:
        """Return whether both the token and the hat hold the permission."""
        if permission is SIGNED_IN or permission is PUBLIC:
            return True
        return permission.code in self.permissions and self.inner.may(permission)

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        """Return the hat's reach for the permissions of the token, else nothing."""
        if permission is SIGNED_IN or permission.code in self.permissions:
            return self.inner.reach(permission, kind)
        return Reach()

    def own_schools(self, permission: Permission) -> frozenset[int]:
        """Return the hat's own schools for the permissions of the token, else none."""
        if permission.code in self.permissions:
            return self.inner.own_schools(permission)
        return frozenset()
