"""One newcomer against everybody recorded, while a clerk types: found by indexes, scored as pairs.

A candidate shares family and given name and a date of birth but for one slip, or a personal number
but for one digit. How rare a name is, is told by a sample of the table, kept for a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Any

from django.db import connection
from django.db.models import Q

from khuevan.kernel.memo import memo
from khuevan.kernel.words import NameEnds
from khuevan.platform.accounts.api import Person
from khuevan.registry.duplicates.matching.near import (
    name_ends,
    near_dates,
    near_numbers,
    spellings,
)
from khuevan.registry.duplicates.matching.records import Record, record
from khuevan.registry.duplicates.matching.scoring import BITS, PROPOSE_FROM, SAME, Verdict, judge
from khuevan.registry.duplicates.records import colleagues_as_records, pupils_as_records
from khuevan.registry.people.api import Newcomer

WHY = "somebody about to be recorded may be recorded already; what is told of it is narrowed"
MOST_CANDIDATES = 500
SAMPLE_ROWS = 4000
OUTLINE = ("pk", "search_name", "birth_date", "sex", "personal_number")
MOST_TO_COME = sum(BITS[fact][SAME] for fact in ("guardian", "phone", "school"))
"""Bits that what is read later can add."""
_SAMPLE = """
SELECT search_name FROM accounts_person TABLESAMPLE SYSTEM ({percent}) REPEATABLE (1)
WHERE birth_date IS NOT NULL AND search_name <> ''
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody of the records, and how the newcomer compares with them."""

    person_id: int
    verdict: Verdict


class SampledRarity:
    """How much a name says, reckoned from a sample of the names of everybody recorded."""

    def __init__(self, names: Iterable[str], people: int) -> None:
        self._sampled = 0
        self._first, self._last, self._middle = Counter[str](), Counter[str](), Counter[str]()
        for name in names:
            words = name.split()
            self._sampled += 1
            self._first[words[0]] += 1
            self._last[words[-1]] += 1
            self._middle[" ".join(words[1:-1])] += 1
        self.prior = log2(max(people, self._sampled, 2))
        """The bits against: how much likelier any two records are of two people."""

    def bits(self, one: Record) -> float:
        """Return the bits a match of this name is worth."""
        words = [word.plain for word in one.name.words]
        counts = (
            sum(self._first[each] for each in spellings(words[0])),
            sum(self._last[each] for each in spellings(words[-1])),
            self._middle[" ".join(words[1:-1])],
        )
        return sum(log2((self._sampled + 50) / (count + 1)) for count in counts)


@memo(seconds=60, size=1)
def name_rarity() -> SampledRarity:
    """Return how much names say, from a sample of the table: words and counts, nobody's name."""
    percent, people = _share_to_read()
    with connection.cursor() as cursor:
        cursor.execute(_SAMPLE.format(percent=percent))
        return SampledRarity((name for (name,) in cursor), people)


def alike(newcomer: Newcomer) -> list[Alike]:
    """Return who of the records may be the newcomer, the likeliest first."""
    one = record_of(newcomer)
    ids = [pk for pk, *outline in _candidates(newcomer) if is_close(newcomer, outline)]
    if not ids:
        return []
    read = colleagues_as_records if newcomer.is_staff else pupils_as_records
    others = list(read(ids))
    if not others:
        return []
    rarity = name_rarity()
    judged = [Alike(int(other.key), judge(one, other, rarity)) for other in others]
    found = [each for each in judged if each.verdict.is_proposed]
    return sorted(found, key=lambda each: -each.verdict.bits)


def record_of(newcomer: Newcomer) -> Record:
    """Return the newcomer as the matcher compares people."""
    return record(
        "",
        newcomer.full_name,
        newcomer.birth_date,
        sex=newcomer.sex,
        number=newcomer.personal_number,
        guardian_name=newcomer.guardian_name,
        guardian_phone=newcomer.guardian_phone,
        school=newcomer.unit_code,
    )


def is_close(newcomer: Newcomer, outline: Sequence[Any]) -> bool:
    """Tell whether name, day of birth, sex and number leave room for one person.

    Where even the same guardian, phone and school would not do, the rest is not read.
    """
    name, born, sex, number = outline
    told = _outline(newcomer.full_name, newcomer.birth_date, newcomer.sex, newcomer.personal_number)
    verdict = judge(told, _outline(name, born, sex, number or ""), name_rarity())
    return verdict.bits + MOST_TO_COME >= PROPOSE_FROM


def _outline(name: str, born: date, sex: str, number: str) -> Record:
    return record("", name, born, sex=sex, number=number)


def _candidates(newcomer: Newcomer) -> list[tuple[Any, ...]]:
    """Return who shares names and nearly the day of birth, or nearly the number: two queries."""
    people = Person.objects.unscoped(because=WHY)
    role = Q(staff_member__isnull=False) if newcomer.is_staff else Q(student__isnull=False)
    named = people.alias(ends=NameEnds("search_name")).filter(
        role,
        birth_date__in=near_dates(newcomer.birth_date),
        ends__in=name_ends(newcomer.full_name),
    )
    found = list(named.values_list(*OUTLINE)[:MOST_CANDIDATES])
    numbers = near_numbers(newcomer.personal_number)
    if numbers:
        numbered = people.filter(role, personal_number__in=numbers)
        found += numbered.values_list(*OUTLINE)
    return list(dict.fromkeys(found))


def _share_to_read() -> tuple[float, int]:
    """Return how many percent of the table make the sample, and how many have a birth date."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE oid = 'accounts_person'::regclass"
            " UNION ALL SELECT reltuples FROM pg_class WHERE oid = 'person_born_named'::regclass"
        )
        everybody, dated = (int(count) for (count,) in cursor.fetchall())
    return max(0.001, min(100.0, 100 * SAMPLE_ROWS / max(everybody, 1))), dated
