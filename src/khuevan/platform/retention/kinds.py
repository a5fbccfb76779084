"""The kinds of what is kept, from a file: how long, counted from when, by which text, how sure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel.errors import NotFound
from khuevan.kernel.language import in_language
from khuevan.platform.regulations.api import Confidence
from khuevan.platform.retention.rules import Term, read_term

DATA = Path(__file__).parent / "data" / "kinds.csv"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of records, as a line of the file says it."""

    code: str
    name_vi: str
    name_en: str
    term: Term
    since_vi: str
    since_en: str
    source: str
    source_en: str
    confidence: Confidence
    file_kinds: tuple[str, ...]
    note_vi: str
    note_en: str

    @property
    def name(self) -> str:
        """Return what the kind is called in the reader's language."""
        return in_language(self.name_vi, self.name_en)

    @property
    def since(self) -> str:
        """Return from when the time counts, in the reader's language."""
        return in_language(self.since_vi, self.since_en)

    @property
    def by_text(self) -> str:
        """Return by which text, in the reader's language; texts of law keep their names."""
        return in_language(self.source, self.source_en or self.source)

    @property
    def note(self) -> str:
        """Return what else is to be known, in the reader's language."""
        return in_language(self.note_vi, self.note_en)

    @property
    def kept(self) -> str:
        """Return how long it is kept, in words."""
        if self.term.is_permanent:
            return _("For ever")
        if self.term.years:
            return ngettext("%(count)s year", "%(count)s years", self.term.years) % {
                "count": self.term.years
            }
        if self.term.days:
            return ngettext("%(count)s day", "%(count)s days", self.term.days) % {
                "count": self.term.days
            }
        return _("Term not loaded")


@cache
def kinds() -> dict[str, Kind]:
    """Return all kinds by code, in the order of the file."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {line["code"]: _kind(line) for line in csv.DictReader(file)}


def get_kind(code: str) -> Kind:
    """Return one kind.

    :raises NotFound: when there is none of that code
    """
    found = kinds().get(code)
    if found is None:
        raise NotFound
    return found


def _kind(line: dict[str, str]) -> Kind:
    return Kind(
        code=line["code"],
        name_vi=line["name_vi"],
        name_en=line["name_en"],
        term=read_term(line["keep"]),
        since_vi=line["since_vi"],
        since_en=line["since_en"],
        source=line["source"],
        source_en=line["source_en"],
        confidence=Confidence(line["confidence"]),
        file_kinds=tuple(line["file_kinds"].split()),
        note_vi=line["note_vi"],
        note_en=line["note_en"],
    )
