"""A colleague's move between the two schools of the cast, brought to where a test needs it."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.factories import EVERYTHING, NOW, TODAY
from tests.signing import decide_all

from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import Appointment, StaffMember
from khuevan.registry.transfers.actions import (
    Outside,
    StaffWish,
    accept,
    ask_for_colleague,
    give_paper,
    needed_papers,
    receive,
    release,
)
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.tests.cases import again

WHY = "a test looks"


def member(cast: Cast, person: Any = None) -> StaffMember:
    """Return Ms Lan, or somebody else, as a staff member."""
    rows = StaffMember.objects.unscoped(because=WHY)
    return rows.get(person=person or cast.lan)


def wish(**changes: Any) -> StaffWish:
    """Return a wish to move, today."""
    return StaffWish(**{"moves_on": TODAY, "reason": "Hợp lý hóa gia đình", **changes})


def asked(
    cast: Cast, *, actor: Actor = EVERYTHING, to: School | Outside | None = None, **changes: Any
) -> Transfer:
    """Return a case of Ms Lan, for whom school A asks that she goes to school B."""
    return ask_for_colleague(
        actor=actor,
        member_uuid=member(cast).uuid,
        to=to or cast.school_b,
        wish=wish(**changes),
        now=NOW,
    )


def agreed(cast: Cast, **changes: Any) -> Transfer:
    """Return a case to which both schools agree, with a whole file."""
    case = accept(actor=EVERYTHING, uuid=asked(cast, **changes).uuid, now=NOW)
    for rule, _side in needed_papers(case):
        give_paper(actor=EVERYTHING, uuid=case.uuid, paper=rule.paper, now=NOW)
    return again(case)


def decided(cast: Cast, **changes: Any) -> Transfer:
    """Return a case that the competent office has decided."""
    case = agreed(cast, **changes)
    decide_all(case, number="77/QĐ-SGDĐT")
    return again(case)


def released(cast: Cast, *, on: date = TODAY, **changes: Any) -> Transfer:
    """Return a case whose colleague school A has let go."""
    return release(actor=EVERYTHING, uuid=decided(cast, **changes).uuid, on=on, now=NOW)


def received(cast: Cast, *, on: date = TODAY, **changes: Any) -> Transfer:
    """Return a case whose colleague works at school B."""
    case = released(cast, on=on, **changes)
    return receive(actor=EVERYTHING, uuid=case.uuid, on=on, now=NOW)


def posts(cast: Cast) -> list[tuple[str, Any, Any]]:
    """Return where Ms Lan's main positions are, from when to when."""
    rows = Appointment.objects.unscoped(because=WHY).filter(person=cast.lan, is_primary=True)
    names = {cast.school_a.pk: "A", cast.school_b.pk: "B"}
    return [(names[row.unit_id], row.starts_on, row.ends_on) for row in rows.order_by("starts_on")]
