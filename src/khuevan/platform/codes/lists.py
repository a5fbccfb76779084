"""Code lists from files: each code with its names, its period, its source and how sure that is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from khuevan.kernel.errors import NotFound
from khuevan.kernel.language import in_language
from khuevan.platform.regulations.api import Confidence

DATA = Path(__file__).parent / "data"
INDEX = DATA / "lists.csv"


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list as it was called during a period; `ends_on` is the first day after it."""

    code: str
    name_vi: str
    name_en: str
    starts_on: date | None
    ends_on: date | None
    source: str
    confidence: Confidence
    aliases: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return in_language(self.name_vi, self.name_en)

    def holds(self, on: date) -> bool:
        """Return whether the code may be given on a day; a day nobody knows shuts nothing out."""
        begun = self.starts_on is None or self.starts_on <= on
        return begun and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A list with all its codes of all times, in the order of the file."""

    key: str
    name_vi: str
    name_en: str
    used_vi: str
    used_en: str
    codes: tuple[Code, ...]

    @property
    def name(self) -> str:
        """Return the list's name in the reader's language."""
        return in_language(self.name_vi, self.name_en)

    @property
    def used(self) -> str:
        """Return where the list is used, in the reader's language."""
        return in_language(self.used_vi, self.used_en)

    def on(self, day: date) -> tuple[Code, ...]:
        """Return the codes that hold on a day."""
        return tuple(code for code in self.codes if code.holds(day))

    def find(self, code: str, *, on: date | None = None) -> Code | None:
        """Return what a code means on a day, or at last; None for a code it does not have."""
        rows = [row for row in self.codes if row.code == code and (on is None or row.holds(on))]
        return rows[-1] if rows else None

    def has(self, code: str, *, on: date) -> bool:
        """Return whether a code may be given on a day."""
        return self.find(code, on=on) is not None

    def name_of(self, code: str) -> str:
        """Return the name of a code in the reader's language; nothing for none, itself if unknown.

        A code that no longer holds keeps its name: old records go on saying what they said.
        """
        found = self.find(code) if code else None
        return found.name if found else code

    def choices(self, on: date) -> list[tuple[str, str]]:
        """Return codes with names for a form of a day."""
        return [(code.code, code.name) for code in self.on(on)]


@cache
def code_tables() -> dict[str, CodeTable]:
    """Return all lists by their keys, in the order of the index."""
    with INDEX.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return {line["key"]: CodeTable(**line, codes=tuple(_codes(line["key"]))) for line in lines}


def code_table(key: str) -> CodeTable:
    """Return one list.

    :raises NotFound: when there is none of that key
    """
    found = code_tables().get(key)
    if found is None:
        raise NotFound
    return found


def _codes(key: str) -> Iterator[Code]:
    with (DATA / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield Code(
                code=line["code"],
                name_vi=line["name_vi"],
                name_en=line["name_en"],
                starts_on=_day(line["starts_on"]),
                ends_on=_day(line["ends_on"]),
                source=line["source"],
                confidence=Confidence(line["confidence"]),
                aliases=tuple(word for word in line["aliases"].split("|") if word),
            )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
