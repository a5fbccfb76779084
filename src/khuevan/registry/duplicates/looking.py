"""One newcomer against everybody recorded, while a clerk types: found by indexes, scored as pairs.

A candidate shares family and given name and a date of birth but for one slip, or a personal number
but for one digit. How rare a name is, is told by a sample of the table, in one short query.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import log2

from django.db import connection
from django.db.models import Q

from khuevan.kernel.words import NameEnds
from khuevan.platform.accounts.api import Person
from khuevan.registry.duplicates.matching.names import Syllable
from khuevan.registry.duplicates.matching.near import (
    name_ends,
    near_dates,
    near_numbers,
    spellings,
)
from khuevan.registry.duplicates.matching.records import Record, record
from khuevan.registry.duplicates.matching.scoring import Verdict, judge
from khuevan.registry.duplicates.records import colleagues_as_records, pupils_as_records
from khuevan.registry.people.api import Newcomer

WHY = "somebody about to be recorded may be recorded already; what is told of it is narrowed"
MOST_CANDIDATES = 200
SAMPLE_ROWS = 4000
_SAMPLE = """
SELECT first = ANY(%(first)s), last = ANY(%(last)s),
       CASE WHEN middle = ANY(%(middles)s) THEN middle END, count(*)
FROM (
    SELECT split_part(search_name, ' ', 1) AS first, split_part(search_name, ' ', -1) AS last,
           substr(search_name, length(split_part(search_name, ' ', 1)) + 2,
                  greatest(length(search_name) - length(split_part(search_name, ' ', 1))
                           - length(split_part(search_name, ' ', -1)) - 2, 0)) AS middle
    FROM accounts_person TABLESAMPLE SYSTEM ({percent}) REPEATABLE (1)
    WHERE birth_date IS NOT NULL
) names GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody of the records, and how the newcomer compares with them."""

    person_id: int
    verdict: Verdict


class SampledRarity:
    """How much a name says, reckoned from a sample of the names of everybody recorded."""

    def __init__(self, records: Iterable[Record]) -> None:
        names = [one.name.words for one in records if one.name.words]
        percent, self.people = _share_to_read()
        self._sampled, self._first, self._last = 0, 0, 0
        self._middles: dict[str, int] = {}
        words = {
            "first": _spelled(name[0].plain for name in names),
            "last": _spelled(name[-1].plain for name in names),
            "middles": sorted({_middle(name) for name in names}),
        }
        with connection.cursor() as cursor:
            cursor.execute(_SAMPLE.format(percent=percent), words)
            for has_first, has_last, middle, count in cursor.fetchall():
                self._sampled += count
                self._first += count if has_first else 0
                self._last += count if has_last else 0
                if middle is not None:
                    self._middles[middle] = self._middles.get(middle, 0) + count

    @property
    def prior(self) -> float:
        """Return the bits against: how much likelier any two records are of two people."""
        return log2(max(self.people, self._sampled, 2))

    def bits(self, one: Record) -> float:
        """Return the bits a match of this name is worth."""
        counts = (self._first, self._last, self._middles.get(_middle(one.name.words), 0))
        return sum(log2((self._sampled + 50) / (count + 1)) for count in counts)


def alike(newcomer: Newcomer) -> list[Alike]:
    """Return who of the records may be the newcomer, the likeliest first."""
    one = _record_of(newcomer)
    ids = _candidates(newcomer)
    if not ids:
        return []
    read = colleagues_as_records if newcomer.is_staff else pupils_as_records
    others = list(read(ids))
    if not others:
        return []
    rarity = SampledRarity([one, *others])
    judged = [Alike(int(other.key), judge(one, other, rarity)) for other in others]
    found = [each for each in judged if each.verdict.is_proposed]
    return sorted(found, key=lambda each: -each.verdict.bits)


def _record_of(newcomer: Newcomer) -> Record:
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


def _candidates(newcomer: Newcomer) -> list[int]:
    """Return who shares names and nearly the day of birth, or nearly the number: two queries."""
    people = Person.objects.unscoped(because=WHY)
    role = Q(staff_member__isnull=False) if newcomer.is_staff else Q(student__isnull=False)
    named = people.alias(ends=NameEnds("search_name")).filter(
        role,
        birth_date__in=near_dates(newcomer.birth_date),
        ends__in=name_ends(newcomer.full_name),
    )
    found = list(named.values_list("pk", flat=True)[:MOST_CANDIDATES])
    numbers = near_numbers(newcomer.personal_number)
    if numbers:
        numbered = people.filter(role, personal_number__in=numbers)
        found += numbered.values_list("pk", flat=True)
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


def _spelled(words: Iterable[str]) -> list[str]:
    return sorted({each for word in words for each in spellings(word)})


def _middle(words: Collection[Syllable]) -> str:
    return " ".join(word.plain for word in tuple(words)[1:-1])
