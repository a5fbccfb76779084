"""Marks that leave the system as a file are told in the log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.school.gradebooks import audit_codes
from khuevan.school.gradebooks.models import Gradebook


@transaction.atomic
def note_sheet_taken(*, actor: Actor, book: Gradebook, count: int, now: datetime) -> None:
    """Tell that somebody took the sheet of a gradebook that he or she reached."""
    record(
        audit_codes.SHEET_TAKEN,
        actor=actor,
        at=now,
        target=book,
        unit_id=book.school_id,
        details={"subject": book.subject_name, "count": count},
    )
