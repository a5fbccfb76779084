"""Writes planned rows of marks with the app's own action, gradebook by gradebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import PlannedRow, Promises
from khuevan.school.gradebooks.actions.entering import Entry
from khuevan.school.gradebooks.actions.loading import load_marks


def write(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[PlannedRow],
    promises: Promises,
    on: date,
    now: datetime,
    progress: Callable[[int], None],
) -> None:
    """Enter what the rows say; a cell that somebody changed since the check refuses the list."""
    by_book: defaultdict[int, list[Entry]] = defaultdict(list)
    for row in rows:
        for book, student, column, value, base in row.values.get("entries", ()):
            by_book[book].append(Entry(UUID(student), column, value, base))
    load_marks(actor=actor, school_id=unit_id, by_book=by_book, on=on, now=now)
    progress(len(rows))
