"""What reading leaves behind: a note that somebody opened the names behind a count."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from khuevan.insight.rollup import audit_codes
from khuevan.insight.rollup.asked import Asked
from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record


@transaction.atomic
def note_names_opened(
    *, actor: Actor, asked: Asked, schools: Collection[int], count: int, now: datetime
) -> None:
    """Write down that the pupils behind a count were shown, which count, and how many."""
    record(
        audit_codes.NAMES_OPENED,
        actor=actor,
        at=now,
        unit_id=next(iter(schools)) if len(schools) == 1 else None,
        details={
            "on": f"{asked.on:%d/%m/%Y}",
            "count": count,
            "of": asked.query(without_table=True),
        },
    )
