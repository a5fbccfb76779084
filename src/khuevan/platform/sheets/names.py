"""Words of a list that stand for records: what a unit's people said they mean, kept for next time.

An importer names its kinds of words (`NameKind`): a teacher, a class, a subject. A word that
nothing is called by is a fault of the kind with the word under `name`; on the page of names each
such word is asked about once, however many rows have it, and the answer is a `NameMatch`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import fold, match_key
from khuevan.platform.sheets.faults import Fault, Text
from khuevan.platform.sheets.models import NameMatch

BESIDE = "beside"
"""Under this name a list keeps what other sheets of its file say of its words."""
NEAR, MOST_NEAR = 0.5, 3
WHY = "what words mean in lists of a unit that was reached through a scope"

Beside = Sequence[tuple[str, str, str]]
"""Kind, word, and another word for the same."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a word may mean: what is kept, and what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class NameKind:
    """A kind of words: the code of its faults, and what such a word may mean in a unit."""

    code: str
    label: Text
    fault: str
    choices: Callable[[Actor, int, date], Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A word that nothing is called by: in how many rows, and what is written most like it."""

    kind: NameKind
    text: str
    rows: tuple[int, ...]
    near: tuple[Choice, ...]


def matches_of(unit_id: int, importer: str) -> dict[str, dict[str, str]]:
    """Return what words were matched with, by kind and key."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for kind, key, meaning in (
        NameMatch.objects.unscoped(because=WHY)
        .filter(unit_id=unit_id, importer=importer)
        .values_list("kind", "key", "meaning")
    ):
        found[kind][key] = meaning
    return dict(found)


def words_beside(promises: Mapping[str, Sequence[Any]]) -> dict[str, dict[str, str]]:
    """Return what other sheets of a list's file say of its words, by kind and key."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for kind, word, other in promises.get(BESIDE, ()):
        found[kind][match_key(word)] = other
    return dict(found)


def unknown_names(
    kind: NameKind, faults: Iterable[Fault], choices: Sequence[Choice]
) -> list[UnknownName]:
    """Return the words of a kind that are faults, each once, in the order of the list."""
    texts: dict[str, str] = {}
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for fault in faults:
        if fault.code != kind.fault:
            continue
        text = str(fault.params.get("name", ""))
        key = match_key(text)
        texts.setdefault(key, text)
        if fault.row not in rows[key]:
            rows[key].append(fault.row)
    plain = [(choice, fold(choice.label)) for choice in choices]
    return [
        UnknownName(kind, text, tuple(rows[key]), _near(fold(text), plain))
        for key, text in texts.items()
    ]


def _near(text: str, choices: Sequence[tuple[Choice, str]]) -> tuple[Choice, ...]:
    """Return the choices written most like a text, the nearest first."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(text)
    found = []
    for place, (choice, label) in enumerate(choices):
        matcher.set_seq1(label)
        if matcher.real_quick_ratio() > NEAR and (ratio := matcher.ratio()) > NEAR:
            found.append((-ratio, place, choice))
    return tuple(
        choice for _ratio, _place, choice in sorted(found, key=lambda o: o[:2])[:MOST_NEAR]
    )
