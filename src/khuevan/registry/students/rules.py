"""Pure rules of pupils: two people on one record, numbers that deny what is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import md5

from khuevan.kernel.periods import Days, days_without, shared_days
from khuevan.kernel.personal_number import Contradiction, birth_year_of, contradictions, sex_of

ADULT_AGE = 18
"""Until then guardians follow the record; afterwards only the adult decides who does."""


def degree_of(disability: str, degree: str | None) -> str:
    """Return the degree of a disability; without a disability there is none."""
    return degree or "" if disability else ""


def bearer_key(search_name: str, birth_date: date | None) -> str:
    """Return by what somebody is known again who bore a number of the registry book.

    A hash: the book needs no name of who was never there. The database computes the same.
    """
    told = f"{search_name}|{birth_date.isoformat() if birth_date else ''}"
    return md5(told.encode(), usedforsecurity=False).hexdigest()


class YearResult(StrEnum):
    """How a year ended, as far as the seat of the next one or the leaving tells."""

    PROMOTED = "PROMOTED"
    REPEATED = "REPEATED"
    COMPLETED = "COMPLETED"


def year_results(seats: Iterable[tuple[str, int]], *, is_completed: bool) -> dict[str, YearResult]:
    """Return what is known of each year's end from (year, place of the grade) in order of time.

    Of the last year nothing is known unless the school's course was completed with it. A year of
    which the next one is missing (another school, a long leave) stays unknown.
    """
    grades = dict(seats)
    years = sorted(grades)
    found = {}
    for year, following in zip(years, years[1:], strict=False):
        if int(following[:4]) == int(year[:4]) + 1:
            is_up = grades[following] > grades[year]
            found[year] = YearResult.PROMOTED if is_up else YearResult.REPEATED
    if years and is_completed:
        found[years[-1]] = YearResult.COMPLETED
    return found


def comes_of_age_on(birth_date: date | None) -> date | None:
    """Return the day on which somebody is 18; None while the birth date is not known.

    Whoever is born on 29 February has 18 whole years behind them on 1 March.
    """
    if birth_date is None:
        return None
    year = birth_date.year + ADULT_AGE
    if (birth_date.month, birth_date.day) == (2, 29):
        return date(year, 3, 1)
    return birth_date.replace(year=year)


def reading_days(
    period: Days,
    *,
    of_age_on: date | None,
    consents: Iterable[Days] = (),
    limits: Iterable[Days] = (),
    died_on: date | None = None,
) -> list[Days]:
    """Return the days on which a guardian reads the pupil's record.

    Those of the guardianship up to the 18th birthday, or while the adult agrees, without the days
    on which custody is lost or contact restricted (Law 91/2025, article 24).
    """
    found: list[Days] = []
    for span in ((date.min, of_age_on), *consents):
        part = shared_days(period, span)
        pieces = [part] if part else []
        for one in found:
            pieces = days_without(pieces, one)
        found += pieces
    for limit in limits:
        found = days_without(found, limit)
    return days_without(found, (died_on, None)) if died_on else found


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed, each to something else."""

    name: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Both people's changes in one set of values, and what only a person can decide."""

    values: dict[str, str] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()


def merge(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merge:
    """Combine two edits of one base. What one alone changed is taken; a clash keeps mine."""
    values: dict[str, str] = {}
    clashes: list[Clash] = []
    for name, typed in mine.items():
        was, stands = base.get(name, ""), theirs.get(name, "")
        values[name] = stands if typed == was else typed
        if typed not in (was, stands) and stands != was:
            clashes.append(Clash(name, was, typed, stands))
    return Merge(values, tuple(clashes))


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the digits of a personal number say against what is written."""

    kind: Contradiction
    told: str
    written: str


def doubts(number: str | None, *, sex: str, birth_date: date | None) -> list[Doubt]:
    """Return what a personal number denies of a record: to be checked, never to block a child."""
    if not number:
        return []
    told = {
        Contradiction.SEX: (sex_of(number), sex),
        Contradiction.BIRTH_YEAR: (
            str(birth_year_of(number)),
            str(birth_date.year) if birth_date else "",
        ),
        Contradiction.PROVINCE: (number[:3], ""),
    }
    found = contradictions(number, sex=sex or None, birth_date=birth_date)
    return [Doubt(kind, *told[kind]) for kind in found]


def registry_number(number_format: str, position: int, year: int) -> str:
    """Return a number of the registry book as a school writes it: 2026-0152, 152/2026, 1520."""
    seq = f"{position:04d}" if number_format.startswith("{yyyy}") else str(position)
    return number_format.replace("{yyyy}", f"{year:04d}").replace("{seq}", seq)


def registry_position(number: str) -> int | None:
    """Return the counting part of a number, None when it is written otherwise."""
    for pattern in (r"[0-9]{4}-([0-9]{1,9})", r"([0-9]{1,9})(?:/[0-9]{4})?"):
        found = re.fullmatch(pattern, number)
        if found:
            return int(found[1])
    return None


def grade_in_class(
    taught: Collection[int], own: int, before: int | None, *, is_same_year: bool
) -> int:
    """Return the grade of a pupil in a class of several, by the positions of grades.

    Within a year the grade stays. In a new year the next grade comes, else the same one again.
    Where neither is taught, it is the class's own.
    """
    if before is None:
        return own
    wanted = (before,) if is_same_year else (before + 1, before)
    return next((position for position in wanted if position in taught), own)
