"""What one slip of a finger makes of a date, a number or a name: where to look for one person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import product

from khuevan.kernel.vietnamese import fold
from khuevan.registry.duplicates.matching.names import CONSONANTS

DIGITS = "0123456789"
EARLIEST = 1900


def near_dates(born: date) -> set[date]:
    """Return the date itself, day and month swapped, and what one slip of a digit makes of it."""
    found = {born}
    with suppress(ValueError):
        found.add(born.replace(day=born.month, month=born.day))
    iso = born.strftime("%Y%m%d")
    typed = (
        *_slips(iso),
        *(f"{one[4:]}{one[2:4]}{one[:2]}" for one in _slips(f"{iso[6:]}{iso[4:6]}{iso[:4]}")),
    )
    for text in typed:
        with suppress(ValueError):
            found.add(date.fromisoformat(text))
    return {day for day in found if day.year >= EARLIEST}


def near_numbers(number: str) -> set[str]:
    """Return the number itself and what one slip of a digit makes of it."""
    return {number, *_slips(number)} if number else set()


def name_ends(full_name: str) -> set[str]:
    """Return family and given name as the index has them, y and i taken for one vowel."""
    words = fold(full_name).split()
    if not words:
        return set()
    return {" ".join(both) for both in product(spellings(words[0]), spellings(words[-1]))}


def spellings(word: str) -> set[str]:
    """Return the spellings of a folded word: my and mi are one name."""
    if len(word) > 1 and word[-1] in "iy" and all(one in CONSONANTS for one in word[:-1]):
        return {f"{word[:-1]}i", f"{word[:-1]}y"}
    return {word}


def _slips(text: str) -> Iterator[str]:
    for place, old in enumerate(text):
        for new in DIGITS:
            if new != old:
                yield f"{text[:place]}{new}{text[place + 1 :]}"
        if place and text[place - 1] != old:
            yield f"{text[: place - 1]}{old}{text[place - 1]}{text[place + 1 :]}"
