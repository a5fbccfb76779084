"""Code lists for cells: an entry is found by its code, its name, or another name it goes by."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Self

from khuevan.kernel.vietnamese import fold
from khuevan.platform.codes.api import CodeTable
from khuevan.platform.sheets.header_keys import header_key

SHOWN_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One code with its name and its other names."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class CodeList:
    """Entries of one list and the fault that an unknown word of it makes."""

    entries: tuple[Entry, ...]
    fault: str = "sheets.not_in_list"
    dropped_words: tuple[str, ...] = ()

    @classmethod
    def from_csv(cls, path: Path, fault: str = "sheets.not_in_list") -> Self:
        """Load code,name,aliases (separated by |) from a file of the package."""
        with path.open(encoding="utf-8", newline="") as file:
            return cls(tuple(_entry(line) for line in csv.DictReader(file)), fault)

    @classmethod
    def of_table(cls, table: CodeTable, *also: Entry) -> Self:
        """Make a list for cells of a code list of the state, whose names in files are Vietnamese.

        Codes that hold no longer are in it: files tell of years gone by.
        """
        newest = {one.code: Entry(one.code, one.name_vi, one.aliases) for one in table.codes}
        return cls((*newest.values(), *also))

    def find(self, text: str) -> str | None:
        """Return the code a text means, or None; diacritics may lack where that stays clear."""
        key = self._key(text)
        exact = self._exact.get(key) or self._exact.get(key.zfill(2))
        return exact or self._loose.get(fold(key))

    def nearest(self, text: str) -> str:
        """Return the name most like a text, or nothing if none is."""
        near = get_close_matches(fold(self._key(text)), self._loose, n=1, cutoff=0.7)
        return self.name_of(self._loose[near[0]]) if near else ""

    def name_of(self, code: str) -> str:
        """Return the name of a code, or the code itself if it is none of this list."""
        return next((entry.name for entry in self.entries if entry.code == code), code)

    @property
    def summary(self) -> str:
        """Name the choices: all of a few, the first and the last of many."""
        names = [entry.name for entry in self.entries]
        if len(names) <= SHOWN_CHOICES:
            return ", ".join(names)
        return f"{names[0]}, {names[1]}, …, {names[-1]}"

    def _key(self, text: str) -> str:
        key = header_key(text)
        for word in self.dropped_words:
            key = key.removeprefix(header_key(word)) or key
        return key

    @cached_property
    def _exact(self) -> dict[str, str]:
        pairs = ((self._key(word), entry.code) for word, entry in self._words())
        return dict(reversed([pair for pair in pairs if pair[0]]))

    @cached_property
    def _loose(self) -> dict[str, str]:
        codes: dict[str, set[str]] = {}
        for key, code in self._exact.items():
            codes.setdefault(fold(key), set()).add(code)
        return {key: min(same) for key, same in codes.items() if len(same) == 1}

    def _words(self) -> list[tuple[str, Entry]]:
        """Return all words, codes first so that no name hides a code."""
        by_code = [(entry.code, entry) for entry in self.entries]
        by_name = [(word, e) for e in self.entries for word in (e.name, *e.aliases)]
        return by_code + by_name


def class_list(codes_and_names: Iterable[tuple[str, str]], fault: str) -> CodeList:
    """Make the list of a school's classes: 6A, 6a, 6 A, 6/A and Lớp 6A are one."""
    entries = tuple(Entry(code, name) for code, name in codes_and_names)
    return CodeList(entries, fault, dropped_words=("lớp",))


def _entry(line: dict[str, str]) -> Entry:
    aliases = tuple(word for word in line["aliases"].split("|") if word)
    return Entry(line["code"], line["name"], aliases)
