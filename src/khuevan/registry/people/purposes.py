"""The purposes that need consent, as dated data: what is asked in plain words, by which law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khuevan.kernel.errors import NotFound
from khuevan.kernel.language import in_language
from khuevan.kernel.rule_rows import RuleRow, rule_rows

FILE = Path(__file__).parent / "data" / "purposes.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose(RuleRow):
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

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return in_language(self.name_vi, self.name_en)

    @property
    def words(self) -> str:
        """Return what is asked, in the reader's language."""
        return in_language(self.words_vi, self.words_en)


def purposes() -> tuple[Purpose, ...]:
    """Return all purposes in the order in which they are asked."""
    return rule_rows(FILE, Purpose)


def purpose_of(key: str, *, on: date) -> Purpose:
    """Return a purpose of a day.

    :raises NotFound: when there is none of that key then
    """
    for one in purposes():
        if one.key == key and one.holds(on):
            return one
    raise NotFound


def purpose_name(key: str) -> str:
    """Return what a purpose is called, by the latest wording; an unknown one is its key."""
    return next((one.name for one in reversed(purposes()) if one.key == key), key)
