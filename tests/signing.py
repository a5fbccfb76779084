"""The competent offices sign: decisions on transfers as their own people write them down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import actor_for_person
from khuevan.platform.organizations.api import (
    OrgUnit,
    Signed,
    UnitKind,
    positions_of,
    signing_forms,
)
from khuevan.registry.transfers.actions import decide
from khuevan.registry.transfers.models import Transfer, TransferDecision
from tests.factories import NOW, TODAY, make_grant, make_person

WHY = "a test decides"


def head_of(unit: OrgUnit, *, on: date = TODAY, now: datetime = NOW) -> Actor:
    """Return somebody new who heads an office."""
    person = make_person("Trần Văn Ký")
    role = "commune_chair" if unit.kind == UnitKind.COMMUNE else "department_director"
    make_grant(person, role, unit=unit)
    return actor_for_person(person, on=on, now=now)


def signed(one: TransferDecision, *, number: str = "12/GT-UBND", on: date = TODAY) -> Signed:
    """Return the head and foot of an office's decision, in the form it usually signs in."""
    form = signing_forms(one.office, on)[0]
    position = next(iter(positions_of(one.office, form, on)), "Chủ tịch")
    return Signed(number, on, "Trần Văn Ký", position, form)


def open_decisions(transfer: Transfer) -> list[TransferDecision]:
    """Return what the offices still have to decide."""
    rows = TransferDecision.objects.unscoped(because=WHY).select_related("unit")
    return list(rows.filter(transfer=transfer, state="OPEN").order_by("pk"))


def decide_all(
    transfer: Transfer,
    *,
    number: str = "12/GT-UBND",
    on: date = TODAY,
    now: datetime = NOW,
    side: str = "",
    **more: Any,
) -> None:
    """Let each office that has to decide agree, by its head, or one of them; or refuse."""
    for one in open_decisions(transfer):
        if side in ("", one.side):
            decide(
                actor=head_of(one.unit, on=on, now=now),
                uuid=transfer.uuid,
                side=one.side,
                matter=one.matters[0],
                is_granted="reason" not in more,
                signed=signed(one, number=number, on=on),
                now=now,
                **more,
            )
            if "reason" in more:
                return
