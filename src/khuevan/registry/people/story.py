"""Entries of the audit log told to people: a sentence, who did it, when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.platform.audit.api import AuditEntry, codes
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


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline (`ui/components/timeline.html`)."""

    on: date
    title: str
    text: str = ""
    icon: str = "history"
    at: datetime | None = None
    url: str = ""

    @property
    def when(self) -> str:
        """Return the day as 29/12."""
        return f"{self.on:%d/%m}"

    @property
    def time(self) -> str:
        """Return the time of day when it is known, else the year."""
        return clock(timezone.localtime(self.at)) if self.at else f"{self.on:%Y}"


def happening(entry: AuditEntry) -> Happening:
    """Return an entry as a line of a timeline."""
    return Happening(
        on=timezone.localtime(entry.at).date(),
        at=entry.at,
        title=sentence_of(entry),
        text=by(entry),
        icon=icon_of(entry.code),
    )


def sentence_of(entry: AuditEntry) -> str:
    """Return what happened, in the words its app declared, naming whom it concerns."""
    sentence = str(codes.get(entry.code).sentence) if entry.code in codes else entry.code
    told = sentence % defaultdict(str, entry.details)
    if not entry.target_label:
        return told
    return _("%(sentence)s: %(target)s") % {"sentence": told, "target": entry.target_label}


def by(entry: AuditEntry) -> str:
    """Return who did it, and as what."""
    return " · ".join(part for part in (entry.actor_label, entry.actor_role) if part)


def icon_of(code: str) -> str:
    """Return the icon of a kind of entry, by the verb its code ends with."""
    return next((icon for verb, icon in ICONS.items() if verb in code), "history")
