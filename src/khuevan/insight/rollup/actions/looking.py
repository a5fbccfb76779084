"""What reading leaves behind: a note that somebody opened the names behind a count."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from khuevan.insight.rollup import audit_codes
from khuevan.insight.rollup.asked import Asked
from khuevan.insight.rollup.asked_two import Compared
from khuevan.insight.rollup.dimensions import STAFF
from khuevan.insight.rollup.models import Census
from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.ui.formats import day


@transaction.atomic
def note_names_opened(
    *,
    actor: Actor,
    asked: Asked,
    schools: Collection[int],
    count: int,
    purpose: str = "",
    now: datetime,
) -> None:
    """Write down that the pupils behind a count were shown, which count, how many, what for."""
    record(
        audit_codes.NAMES_OPENED,
        actor=actor,
        at=now,
        unit_id=next(iter(schools)) if len(schools) == 1 else None,
        details={
            "on": day(asked.on),
            "count": count,
            "of": asked.query(without_table=True),
            **({"purpose": purpose} if purpose else {}),
        },
    )


@transaction.atomic
def note_moves_opened(
    *,
    actor: Actor,
    asked: Compared,
    schools: Collection[int],
    count: int,
    purpose: str = "",
    now: datetime,
) -> None:
    """Write down that pupils who came, left or moved between two days were shown."""
    record(
        audit_codes.MOVES_OPENED,
        actor=actor,
        at=now,
        unit_id=next(iter(schools)) if len(schools) == 1 else None,
        details={
            "first": day(asked.first),
            "second": day(asked.second),
            "count": count,
            "of": asked.query(),
            **({"purpose": purpose} if purpose else {}),
        },
    )


@transaction.atomic
def note_frozen_opened(
    *, actor: Actor, census: Census, of: str, school_id: int, count: int, now: datetime
) -> None:
    """Write down that the pupils or staff behind a frozen number of a school were shown."""
    record(
        audit_codes.FROZEN_STAFF_OPENED if of == STAFF else audit_codes.FROZEN_OPENED,
        actor=actor,
        at=now,
        target=census,
        unit_id=school_id,
        details={"on": day(census.on), "count": count},
    )
