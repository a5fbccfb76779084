"""Lists that staff's facts are chosen from: subjects by level, professional titles by code."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from khuevan.kernel.language import is_vietnamese
from khuevan.kernel.vietnamese import match_key
from khuevan.registry.schools.api import EducationLevel
from khuevan.registry.staff.errors import UnknownSubject, UnknownTitle

LISTS = Path(__file__).parent / "lists"
ROMAN = {1: "I", 2: "II", 3: "III"}


@dataclass(frozen=True, slots=True)
class TitleEntry:
    """A professional title: its code, level and grade (hạng), and where that was read."""

    code: str
    level: str
    grade: int
    source: str
    confidence: str

    @property
    def label(self) -> str:
        """Return the title in words with its code."""
        words = {
            "level": EducationLevel(self.level).label,
            "grade": ROMAN[self.grade],
            "code": self.code,
        }
        return _("%(level)s teacher, grade %(grade)s (%(code)s)") % words


@cache
def _subjects() -> tuple[tuple[str, str, frozenset[str]], ...]:
    with (LISTS / "subjects.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["name"], row["name_en"], frozenset(row["levels"].split()))
            for row in csv.DictReader(file)
        )


@cache
def titles() -> tuple[TitleEntry, ...]:
    """Return the professional titles of teachers, by level and grade."""
    with (LISTS / "titles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            TitleEntry(
                row["code"], row["level"], int(row["grade"]), row["source"], row["confidence"]
            )
            for row in csv.DictReader(file)
        )


def subjects_of(levels: Iterable[str] = ()) -> list[str]:
    """Return the names of the subjects taught at some levels; of all when none is named."""
    wanted = frozenset(levels)
    return [name for name, _en, of in _subjects() if not wanted or of & wanted]


def subject_label(name: str) -> str:
    """Return a subject in the reader's language; as it is written where the list has none."""
    if is_vietnamese():
        return name
    return next((english for known, english, _levels in _subjects() if known == name), name)


def subject_choices(levels: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the subjects taught at some levels as choices of a form."""
    return [(name, subject_label(name)) for name in subjects_of(levels)]


def known_subject(name: str) -> str:
    """Return a subject as the list writes it.

    :raises UnknownSubject: when no subject is called so
    """
    key = match_key(name)
    found = next((known for known, _en, _levels in _subjects() if match_key(known) == key), None)
    if found is None:
        raise UnknownSubject(subject=name)
    return found


def known_title(code: str) -> TitleEntry:
    """Return the title of a code.

    :raises UnknownTitle: when no title has it
    """
    found = next((title for title in titles() if title.code == code), None)
    if found is None:
        raise UnknownTitle(code=code)
    return found


def title_level(code: str) -> str:
    """Return the level that the title of a code is of; nothing where the list doesn't know it."""
    return next((title.level for title in titles() if title.code == code), "")


def title_label(code: str) -> str:
    """Return a title in words; the code alone where the list no longer knows it."""
    found = next((title for title in titles() if title.code == code), None)
    return found.label if found else code
