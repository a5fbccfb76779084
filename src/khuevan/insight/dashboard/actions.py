"""What reading leaves behind: a note that somebody opened names behind a figure."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from khuevan.insight.dashboard import audit_codes
from khuevan.insight.dashboard.figures import Figure
from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record


@transaction.atomic
def note_names_opened(
    *, actor: Actor, figure: Figure, school_id: int, count: int, now: datetime
) -> None:
    """Write down that the names behind a figure of a school were shown, and how many."""
    record(
        audit_codes.NAMES_OPENED,
        actor=actor,
        at=now,
        unit_id=school_id,
        details={"figure": figure.code, "count": count},
    )
