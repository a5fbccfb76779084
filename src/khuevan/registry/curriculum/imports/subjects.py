"""Which subject of the house a word of a list means: pure, from `data/subject_words.csv`."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from khuevan.platform.sheets.api import header_key
from khuevan.registry.curriculum.programme import DATA, components
from khuevan.registry.staff.api import subjects_of

THE_LANGUAGE = "@language"
"""A word for whichever language a class learns."""


def subject_of(text: str, *, level: str, languages: Collection[str] = ()) -> str:
    """Return the subject that a word means in a class of a level, or nothing.

    `languages` are those that the class learns: a word for the foreign language means the one.
    """
    key = header_key(text)
    meaning = _by_level().get((key, level)) or _names().get(key) or _by_level().get((key, ""), "")
    if meaning == THE_LANGUAGE:
        return next(iter(languages)) if len(languages) == 1 else ""
    return meaning


def is_the_language(text: str) -> bool:
    """Say whether a word names the foreign language without saying which."""
    return _by_level().get((header_key(text), "")) == THE_LANGUAGE


@cache
def languages() -> frozenset[str]:
    """Return the subjects that are first foreign languages."""
    return frozenset(components()["FOREIGN_LANGUAGE_1"].subjects)


@cache
def _names() -> Mapping[str, str]:
    return MappingProxyType({header_key(name): name for name in subjects_of()})


@cache
def _by_level() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    with (DATA / "subject_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for level in row["levels"].split() or [""]:
                found[header_key(row["word"]), level] = row["name"]
    return MappingProxyType(found)
