"""Entries of the audit log as lines of a timeline: a sentence, who did it, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.platform.audit.api import AuditEntry, sentence_of, target_of, who_of
from khuevan.ui.formats import clock

ICONS = {
    "registered": "user-plus",
    "corrected": "pencil",
    "placed": "arrow-left-right",
    "left": "log-out",
    "exported": "download",
    "imported": "upload",
    "unmasked": "eye",
    "opened": "door-open",
    "appointed": "id-card",
    "assigned": "clipboard-check",
}


BORN, LEFT, CAME, TOOK_UP = 0, 10, 20, 30
"""Places within a day: who leaves one school and comes to another does both on one day."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline (`ui/components/timeline.html`)."""

    on: date
    title: str
    text: str = ""
    icon: str = "history"
    at: datetime | None = None
    url: str = ""
    rank: int = 50
    """Its place within the day, as one reads a life: born, gone from there, come here, then all
    that follows from it; what is written in the log goes by its hour behind these."""

    @property
    def moment(self) -> tuple[date, int, float]:
        """Return what a timeline is ordered by."""
        return self.on, self.rank, self.at.timestamp() if self.at else 0.0

    @property
    def when(self) -> str:
        """Return the day as 29/12."""
        return f"{self.on:%d/%m}"

    @property
    def time(self) -> str:
        """Return the time of day when it is known, else the year."""
        return clock(timezone.localtime(self.at)) if self.at else f"{self.on:%Y}"


def happening(entry: AuditEntry, *, name_target: bool = True) -> Happening:
    """Return an entry as a line of a timeline, naming whom it concerns unless the page does."""
    title = sentence_of(entry)
    if name_target and target_of(entry):
        title = _("%(sentence)s: %(target)s") % {"sentence": title, "target": target_of(entry)}
    return Happening(
        on=timezone.localtime(entry.at).date(),
        at=entry.at,
        title=title,
        text=by(entry),
        icon=icon_of(entry.code),
    )


def by(entry: AuditEntry) -> str:
    """Return who did it, and as what."""
    return who_of(entry)


def icon_of(code: str) -> str:
    """Return the icon of a kind of entry, by the verb its code ends with."""
    return next((icon for verb, icon in ICONS.items() if verb in code), "history")
