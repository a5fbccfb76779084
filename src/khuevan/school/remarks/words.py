"""Words that no comment may have, and comparisons that are told: found word by word. Pure.

A text is read as the population register reads it: letters in one encoding, tone marks in one
place, case aside. Where a whole text was typed without marks, words are compared without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from khuevan.kernel.rule_rows import RuleRow, rule_rows
from khuevan.kernel.vietnamese import fold, match_key, normalize

DATA = Path(__file__).parent / "data" / "words.csv"
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedWord(RuleRow):
    """A word of the common list: refused, or only told as a comparison."""

    word: str
    is_refused: bool
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the list in a text: as it stands there, and at which word it begins (from 1)."""

    word: str
    shown: str
    place: int
    start: int


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    place: int
    start: int
    end: int


def common_words(on: date, *, refused: bool) -> tuple[str, ...]:
    """Return the words of the common list on a day: those refused, or those told."""
    return tuple(
        one.word
        for one in rule_rows(DATA, RefusedWord)
        if one.is_refused is refused and one.holds(on)
    )


def find_words(text: str, words: Iterable[str], *, name: str = "") -> list[Found]:
    """Return which of some words a text has, in their order there.

    A pupil's own name, written as a name, is no such word.
    """
    shown = normalize(text)
    tokens = list(_tokens(shown))
    is_bare = shown.isascii()
    own = {match_key(part) for part in name.split()}
    found: list[Found] = []
    for word in words:
        wanted = _key(word, is_bare=is_bare)
        for run in _runs(tokens, wanted):
            said = shown[run[0].start : run[-1].end]
            if len(run) == 1 and run[0].key in own and said[:1].isupper() and run[0].place > 1:
                continue
            found.append(Found(word, said, run[0].place, run[0].start))
    return sorted(set(found), key=lambda one: (one.start, one.word))


@lru_cache(maxsize=2048)
def _key(word: str, *, is_bare: bool) -> tuple[str, ...]:
    told = fold(word) if is_bare else word
    return tuple(match_key(one.group()) for one in _WORD.finditer(normalize(told)))


def _tokens(shown: str) -> Iterator[_Token]:
    """Return the words of a text; letters that stand apart (n g u) are also read together."""
    single: list[_Token] = []
    for place, one in enumerate(_WORD.finditer(shown), start=1):
        token = _Token(match_key(one.group()), place, one.start(), one.end())
        if len(token.key) == 1:
            single.append(token)
        else:
            yield from _joined(single)
            single = []
        yield token
    yield from _joined(single)


def _joined(single: Sequence[_Token]) -> Iterator[_Token]:
    """Return every run of letters that stand apart as a word."""
    for first in range(len(single)):
        for last in range(first + 1, min(len(single), first + 8)):
            run = single[first : last + 1]
            key = match_key("".join(one.key for one in run))
            yield _Token(key, run[0].place, run[0].start, run[-1].end)


def _runs(tokens: Sequence[_Token], wanted: Sequence[str]) -> Iterator[Sequence[_Token]]:
    if not wanted:
        return
    size = len(wanted)
    for at in range(len(tokens) - size + 1):
        run = tokens[at : at + size]
        if all(one.key == key for one, key in zip(run, wanted, strict=True)):
            yield run
