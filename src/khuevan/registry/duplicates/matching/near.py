"""What one slip of a finger makes of a date, a number or a name: where to look for one person."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product

from khuevan.kernel.vietnamese import fold
from khuevan.registry.duplicates.matching.names import CONSONANTS

DIGITS = "0123456789"
EARLIEST, LATEST = 1900, 2999
MONTHS = 12
SURE_DAYS = 28


def near_dates(born: date) -> set[date]:
    """Return the date itself, day and month swapped, and what one slip of a digit makes of it."""
    year, month, day = born.year, born.month, born.day
    typed = (
        *((year, month, slip) for slip in _slipped(day, 2)),
        *((year, slip, day) for slip in _slipped(month, 2)),
        *((slip, month, day) for slip in _slipped(year, 4)),
        *_across(year, month, day),
    )
    return {born, swapped(born), *(date(*one) for one in typed if _is_day(*one))}


def swapped(born: date) -> date:
    """Return the date with day and month swapped, where there is such a day."""
    return born.replace(day=born.month, month=born.day) if born.day <= MONTHS else born


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


@lru_cache(maxsize=512)
def _slipped(number: int, width: int) -> tuple[int, ...]:
    """Return what one slip makes of a day, a month or a year."""
    return tuple({int(text) for text in _slips(f"{number:0{width}}")})


def _across(year: int, month: int, day: int) -> Iterator[tuple[int, int, int]]:
    """Yield the dates whose neighboring digits of two parts changed places, as either is typed."""
    dotted, iso = f"{day:02}{month:02}{year}", f"{year}{month:02}{day:02}"
    for at in (1, 3):
        text = _crossed(dotted, at)
        yield int(text[4:]), int(text[2:4]), int(text[:2])
    for at in (3, 5):
        text = _crossed(iso, at)
        yield int(text[:4]), int(text[4:6]), int(text[6:])


def _crossed(text: str, at: int) -> str:
    return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"


def _is_day(year: int, month: int, day: int) -> bool:
    return (
        EARLIEST <= year <= LATEST
        and 1 <= month <= MONTHS
        and 1 <= day <= (SURE_DAYS if day <= SURE_DAYS else monthrange(year, month)[1])
    )


def _slips(text: str) -> Iterator[str]:
    for place, old in enumerate(text):
        for new in DIGITS:
            if new != old:
                yield f"{text[:place]}{new}{text[place + 1 :]}"
        if place and text[place - 1] != old:
            yield f"{text[: place - 1]}{old}{text[place - 1]}{text[place + 1 :]}"
