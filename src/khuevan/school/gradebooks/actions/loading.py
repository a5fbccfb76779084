"""Entering marks from a file: many gradebooks of a school, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.school.gradebooks import audit_codes
from khuevan.school.gradebooks.actions.entering import Entry, Outcome, write_marks
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.permissions import IMPORT_MARKS
from khuevan.school.gradebooks.slots import How
from khuevan.ui.errors import ChangedMeanwhile


@transaction.atomic
def load_marks(
    *,
    actor: Actor,
    school_id: int,
    by_book: Mapping[int, Sequence[Entry]],
    on: date,
    now: datetime,
) -> int:
    """Enter the marks of a file, by gradebook; return how many.

    :raises NotFound: when a gradebook is out of reach
    :raises ChangedMeanwhile: when a cell isn't what the file was compared with, or is locked now
    """
    count = 0
    books = Gradebook.objects.visible_to(actor, IMPORT_MARKS).filter(school_id=school_id)
    for key, entries in sorted(by_book.items()):
        book = books.lock(key)
        entered = write_marks(book, entries, by_id=actor.person_id, how=How.FILE, now=now, on=on)
        if any(one.outcome is not Outcome.SAVED for one in entered.answers):
            raise ChangedMeanwhile
        count += len(entries)
        record(
            audit_codes.MARKS_LOADED,
            actor=actor,
            at=now,
            target=book,
            unit_id=school_id,
            details={"count": len(entries), "subject": book.subject_name},
        )
    return count
