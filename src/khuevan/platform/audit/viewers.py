"""Who looked at a person's record, told to that person, their family and the school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.purposes import purpose_words
from khuevan.platform.audit.selectors import record_views
from khuevan.platform.audit.telling import in_words, names_of_units, part_of

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One look at a record, for `audit/record_views.html`."""

    at: datetime
    who: str
    role: str
    unit: str
    what: str
    purpose: str


def view_lines(*, actor: Actor, person_id: int, limit: int = MOST_SHOWN) -> list[ViewLine]:
    """Return who looked at a person's record, newest first, as far as the actor may know."""
    views = list(record_views(actor=actor, person_id=person_id)[:limit])
    units = names_of_units([view.unit_id for view in views])
    return [
        ViewLine(
            at=timezone.localtime(view.at),
            who=view.viewer_label,
            role=in_words(view.viewer_role),
            unit=units.get(view.unit_id or 0, ""),
            what=part_of(view.what),
            purpose=purpose_words(view.purpose),
        )
        for view in views
    ]
