"""The purposes that need consent, as dated data: what is asked in plain words, by which law."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from khuevan.kernel.errors import NotFound
from khuevan.platform.regulations.api import Confidence

FILE = Path(__file__).parent / "data" / "purposes.csv"


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of people's data that the law lets nobody begin without consent."""

    key: str
    name_vi: str
    name_en: str
    words_vi: str
    words_en: str
    is_publication: bool
    asks_child: bool
    data_types: tuple[str, ...]
    text_version: str
    starts_on: date
    ends_on: date | None
    source: str
    confidence: Confidence

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.name_vi if _is_vietnamese() else self.name_en

    @property
    def words(self) -> str:
        """Return what is asked, in the reader's language."""
        return self.words_vi if _is_vietnamese() else self.words_en

    def holds(self, on: date) -> bool:
        """Return whether the purpose is asked for on a day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@cache
def purposes() -> tuple[Purpose, ...]:
    """Return all purposes in the order in which they are asked."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_purpose(line) for line in csv.DictReader(file))


def purpose_of(key: str, *, on: date) -> Purpose:
    """Return a purpose of a day.

    :raises NotFound: when there is none of that key then
    """
    for one in purposes():
        if one.key == key and one.holds(on):
            return one
    raise NotFound


def _purpose(line: dict[str, str]) -> Purpose:
    return Purpose(
        key=line["key"],
        name_vi=line["name_vi"],
        name_en=line["name_en"],
        words_vi=line["words_vi"],
        words_en=line["words_en"],
        is_publication=line["is_publication"] == "1",
        asks_child=line["asks_child"] == "1",
        data_types=tuple(line["data_types"].split("|")),
        text_version=line["text_version"],
        starts_on=date.fromisoformat(line["starts_on"]),
        ends_on=date.fromisoformat(line["ends_on"]) if line["ends_on"] else None,
        source=line["source"],
        confidence=Confidence(line["confidence"]),
    )


def _is_vietnamese() -> bool:
    return (get_language() or "vi").startswith("vi")
