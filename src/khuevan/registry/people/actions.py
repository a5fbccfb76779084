"""Writing addresses."""

from __future__ import annotations

from khuevan.registry.people.models import Address


def set_address(*, person_id: int, kind: str, detail: str) -> None:
    """Set a person's current address of a kind; a step inside the caller's transaction."""
    Address.objects.unscoped(because="the caller holds the person's row locked").update_or_create(
        person_id=person_id, kind=kind, ends_on=None, defaults={"detail": detail}
    )
