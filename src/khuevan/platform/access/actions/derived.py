"""Grants that follow from facts. Steps inside the transactions of the apps that write the facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from khuevan.platform.access.models import Grant, GrantSource, Role


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
    """End the grants of a fact that ends, also those that would have ended later.

    What was delegated from them ends too. A step inside the caller's transaction.
    """
    own = Grant.objects.unscoped(because="a fact ends the grants that follow from it").filter(
        source_key=source_key, source=GrantSource.DERIVED
    )
    end_rows(Q(delegated_from__in=own.values("pk")), on=on)
    return end_rows(Q(pk__in=own.values("pk")), on=on)


def end_rows(which: Q, *, on: date) -> int:
    """End these grants on a day unless they end before it; one that had not begun never holds."""
    return (
        Grant.objects.unscoped(because="the caller found these grants in its own scope")
        .filter(which)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        .update(ends_on=Greatest(F("starts_on"), Value(on)))
    )
