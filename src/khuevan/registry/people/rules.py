"""Pure rules of identity: what digits deny, what a code looks like, when a name may change."""

from __future__ import annotations

import re
from datetime import date

from khuevan.kernel.personal_number import Contradiction
from khuevan.kernel.vietnamese import fold

BITS = {Contradiction.SEX: 1, Contradiction.BIRTH_YEAR: 2, Contradiction.PROVINCE: 4}
CODE = re.compile(r"[A-Z0-9]{4,20}")
EARLIEST_CHANGE = date(1940, 1, 1)
BETWEEN_LETTERS = " -'’.,()"
LIFELONG_SINCE = date(2026, 5, 15)
"""Decree 88/2026, article 9: the personal number is the code of the lifelong learning record."""


def bits_of(found: list[Contradiction]) -> int:
    """Return contradictions as the database counts them."""
    return sum(BITS[one] for one in found)


def contradictions_of(bits: int) -> list[Contradiction]:
    """Return the contradictions that a count of the database names."""
    return [one for one, bit in BITS.items() if bits & bit]


def clean_code(text: str) -> str | None:
    """Return a code without blanks, dots and dashes in capitals, or None when it can't be one."""
    bare = re.sub(r"[\s.\-]+", "", text).upper()
    return bare if CODE.fullmatch(bare) else None


def is_name(text: str) -> bool:
    """Return whether a text has letters and nothing that no name has."""
    letters = [char for char in text if char not in BETWEEN_LETTERS]
    return bool(letters) and all(char.isalpha() for char in letters)


def years_before(day: date, years: int) -> date:
    """Return the same day so many years before; 29 February becomes 28 where there is none."""
    year = day.year - years
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, day.month, 28 if (day.month, day.day) == (2, 29) and not is_leap else day.day)


def may_change_on(on: date, *, last: date | None, born: date | None, today: date) -> bool:
    """Return whether a name can have changed on a day: after the last change, up to today."""
    earliest = max(filter(None, (last, born, EARLIEST_CHANGE)))
    return earliest < on <= today


def temporary_code(number: int, on: date) -> str:
    """Return a temporary code: the year of issue and a number that nobody else gets."""
    return f"TAM-{on.year % 100:02d}-{number:06d}"


def without_places(detail: str, places: list[str]) -> str:
    """Return an address without the commune, district and province it ends with.

    What stands before them (house, hamlet) stays as it was written; other words stay too.
    """
    parts = [part.strip() for part in detail.split(",") if part.strip()]
    known = {_place(place) for place in places}
    while parts and _place(parts[-1]) in known:
        parts.pop()
    return ", ".join(parts)


def with_place(detail: str, place: str) -> str:
    """Return an address with its commune behind the words, unless they name it already."""
    if not place or place.casefold() in detail.casefold():
        return detail
    return ", ".join(part for part in (detail, place) if part)


def _place(text: str) -> str:
    """Return a place's name without its kind, so that "xã Đông Khê" and "Đông Khê" are one."""
    return re.sub(r"^(xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tp|tinh) ", "", fold(text))
