"""What lies open at a unit that has ended goes to its heirs, each part of the work to its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.platform.organizations import audit_codes
from khuevan.platform.organizations.frame import handovers
from khuevan.platform.organizations.models import Handed, LinkKind, ReportingLink
from khuevan.platform.organizations.selectors import heirs_of, names_on, units_above


@transaction.atomic
def pass_on_open_files(
    *, actor: Actor, on: date, now: datetime, units: Collection[int] = ()
) -> int:
    """Pass on what is open at units that have ended by a day; return how much was passed on.

    A step of the caller; of all units when none are named. What was passed on stays so: asked
    again it finds nothing.
    """
    passed = _licenses(actor, heirs_of(Handed.LICENSES, on=on, units=units), on, now)
    for one in handovers:
        heirs = heirs_of(one.handed, on=on, units=units)
        passed += one.pass_on(actor, heirs, on, now) if heirs else 0
    return passed


def _licenses(actor: Actor, heirs: Mapping[int, Sequence[int]], on: date, now: datetime) -> int:
    """Let what a unit licensed answer to the heir it stands under, else to the first."""
    rows = ReportingLink.objects.select_for_update(no_key=True, of=("self",))
    held = rows.filter(master_id__in=heirs, kind=LinkKind.LICENSED, ends_on=None)
    links = list(held.select_related("unit").order_by("pk"))
    for link in links:
        above = units_above([link.unit_id], on=on)
        among = heirs[link.master_id]
        heir = next((one for one in among if one in above), among[0])
        since = max(on, link.starts_on)
        if since > link.starts_on:
            link.ends_on = since
            link.save(update_fields=["ends_on"])
            ReportingLink.objects.create(
                unit=link.unit,
                master_id=heir,
                kind=link.kind,
                starts_on=since,
                decision=link.decision,
            )
        else:
            link.master_id = heir
            link.save(update_fields=["master"])
        names = names_on([link.unit_id, heir], on)
        record(
            audit_codes.LICENSE_PASSED,
            actor=actor,
            at=now,
            target=link.unit,
            unit_id=link.unit_id,
            details={"unit": names.get(link.unit_id, ""), "into": names.get(heir, "")},
        )
    return len(links)
