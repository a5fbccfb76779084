"""Phrases for comments: the shipped set, and which subjects are spoken of in the same way. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from khuevan.kernel.vietnamese import fold
from khuevan.school.gradebooks.api import BookForm
from khuevan.school.remarks.models import Band, Part, Subjects

DATA = Path(__file__).parent / "data" / "phrases.csv"
GIVEN, PUPIL = "{tên}", "{em}"
"""Places in a phrase: the given name, and how a pupil is spoken of."""
_STARTS: tuple[tuple[str, Subjects], ...] = (
    ("toan", Subjects.MATH),
    ("ngu van", Subjects.LITERATURE),
    ("tieng viet", Subjects.LITERATURE),
    ("tieng", Subjects.LANGUAGE),
    ("ngoai ngu", Subjects.LANGUAGE),
    ("khoa hoc", Subjects.NATURE),
    ("tu nhien", Subjects.NATURE),
    ("vat li", Subjects.NATURE),
    ("hoa hoc", Subjects.NATURE),
    ("sinh hoc", Subjects.NATURE),
    ("lich su", Subjects.SOCIETY),
    ("dia li", Subjects.SOCIETY),
    ("dao duc", Subjects.CIVICS),
    ("giao duc cong dan", Subjects.CIVICS),
    ("giao duc kinh te", Subjects.CIVICS),
    ("tin hoc", Subjects.TECHNOLOGY),
    ("cong nghe", Subjects.TECHNOLOGY),
    ("am nhac", Subjects.ARTS),
    ("mi thuat", Subjects.ARTS),
    ("nghe thuat", Subjects.ARTS),
    ("giao duc the chat", Subjects.SPORT),
    ("giao duc quoc phong", Subjects.SPORT),
    ("hoat dong", Subjects.ACTIVITY),
    ("noi dung giao duc", Subjects.ACTIVITY),
    ("giao duc dia phuong", Subjects.ACTIVITY),
)
ALONE = (Subjects.TRAITS, Subjects.WHOLE)
"""Of these nothing is said that is said of a subject."""


@dataclass(frozen=True, slots=True)
class Line:
    """A phrase, of whichever bank."""

    subjects: str
    part: str
    band: str
    text: str


def subjects_of(form: str, subject_name: str) -> Subjects:
    """Return how a gradebook is spoken of; a form of nothing is the pupil as a whole."""
    if not form:
        return Subjects.WHOLE
    if form in {BookForm.TRAITS, BookForm.DEVELOPMENT}:
        return Subjects.TRAITS
    name = fold(subject_name)
    return next((group for start, group in _STARTS if name.startswith(start)), Subjects.ALL)


@cache
def shipped() -> tuple[Line, ...]:
    """Return the set of phrases that every school starts with."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(Line(**row) for row in csv.DictReader(file))


def lines_for(subjects: str, banks: Iterable[Sequence[Line]]) -> list[Line]:
    """Return the lines of some banks for a group of subjects: those for it before common ones.

    The order of the banks is kept within each.
    """
    kept = [one for bank in banks for one in bank]
    own = [one for one in kept if one.subjects == subjects]
    if subjects in ALONE or subjects == Subjects.ALL:
        return own
    return own + [one for one in kept if one.subjects == Subjects.ALL]


def pick(lines: Iterable[Line], part: Part, band: str) -> list[str]:
    """Return the texts of a part for a level, each once."""
    fits = {band, Band.ANY}
    return list(dict.fromkeys(one.text for one in lines if one.part == part and one.band in fits))
