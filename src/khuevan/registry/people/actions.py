"""Writing what is known of people besides who they are."""

from __future__ import annotations

from collections.abc import Mapping

from khuevan.registry.people.models import Address

BECAUSE = "the caller holds the persons' rows locked"


def set_addresses(details: Mapping[tuple[int, str], str]) -> None:
    """Set current addresses by person and kind, for one person or many, in three statements.

    A step inside the caller's transaction.
    """
    rows = Address.objects.unscoped(because=BECAUSE).filter(
        person_id__in={person_id for person_id, _kind in details}, ends_on__isnull=True
    )
    known = {(row.person_id, row.kind): row for row in rows}
    changed = [known[key] for key, text in details.items() if key in known]
    for row in changed:
        row.detail = details[row.person_id, row.kind]
    if changed:
        Address.objects.unscoped(because=BECAUSE).bulk_update(changed, ["detail"])
    Address.objects.bulk_create(
        Address(person_id=person_id, kind=kind, detail=text)
        for (person_id, kind), text in details.items()
        if (person_id, kind) not in known
    )
