"""Finding the pairs among many records without comparing each with each.

Records that could be of one person share at least one key: a number, a name with a day of birth,
a name with a phone. Each kind of key is worked through on its own, so that memory holds one kind.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from khuevan.registry.duplicates.matching.names import Likeness
from khuevan.registry.duplicates.matching.records import Record
from khuevan.registry.duplicates.matching.scoring import Rarity, Verdict, judge

CLEAR_BITS = 3.0
"""How far the better of two readings must lead when a shortened name fits two people."""

NOTHING = 0
Key = Callable[[Record], object]


def _dated(one: Record) -> tuple[object, ...] | None:
    if one.birth_date is None:
        return None
    day, month = sorted((one.birth_date.day, one.birth_date.month))
    return (day, month)


def _name_and_day(one: Record) -> object:
    days = _dated(one)
    return days and (one.name.plain, days)


def _name_and_year(one: Record) -> object:
    return one.birth_date and (one.name.plain, one.birth_date.year)


def _ends_and_date(one: Record) -> object:
    days = _dated(one)
    return days and one.birth_date and (one.name.ends, days, one.birth_date.year)


def _ends_and_phone(one: Record) -> object:
    return one.phone and (one.name.ends, one.phone)


def _ends_and_guardian(one: Record) -> object:
    return one.guardian.words and (one.name.ends, one.guardian.ends)


def _name_and_ward(one: Record) -> object:
    return one.ward and (one.name.plain, one.ward)


def _name_alone(one: Record) -> object:
    return one.name.plain


def _number(one: Record) -> object:
    return one.number


LARGEST_BLOCK = 400
"""Records that share a key; a larger crowd says too little, and its pairs share other keys too."""
KEYS: tuple[tuple[Key, int], ...] = (
    (_number, LARGEST_BLOCK),
    (_name_and_day, LARGEST_BLOCK),
    (_ends_and_date, LARGEST_BLOCK),
    (_ends_and_phone, LARGEST_BLOCK),
    (_ends_and_guardian, LARGEST_BLOCK),
    (_name_and_year, LARGEST_BLOCK),
    (_name_and_ward, LARGEST_BLOCK),
    (_name_alone, 30),
)
"""What records of one person share, and how many may share it at most."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records that seem to be of one person."""

    one: Record
    other: Record
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs proposed, the likeliest first; and how many people were too many to compare."""

    pairs: list[Proposal]
    crowded: int
    """People whose every key is shared by a crowd: nobody says who of them is who."""


def find(records: Sequence[Record]) -> Found:
    """Find the pairs of records proposed as one person, the likeliest first."""
    rarity = Rarity(records)
    proposals: list[Proposal] = []
    crowded: set[int] = set()
    for left, right in _candidates(records, crowded):
        verdict = judge(records[left], records[right], rarity)
        if verdict.is_proposed:
            proposals.append(Proposal(records[left], records[right], verdict))
    pairs = sorted(_settled(proposals), key=lambda one: -one.verdict.bits)
    return Found(pairs, len(crowded))


def _candidates(records: Sequence[Record], crowded: set[int]) -> Iterator[tuple[int, int]]:
    """Yield each pair of places that share a key, once: under the first key they share.

    Who stands in a crowd and in no block goes into `crowded`.
    """
    done: list[array[int]] = []
    compared: set[int] = set()
    for key, largest in KEYS:
        values, blocks = _blocks(records, key, largest, crowded)
        compared.update(place for block in blocks for place in block)
        for block in blocks:
            for left, right in combinations(block, 2):
                if not any(kind[left] == kind[right] != NOTHING for kind in done):
                    yield left, right
        done.append(values)
    crowded -= compared


def _blocks(
    records: Sequence[Record], key: Key, largest: int, crowded: set[int]
) -> tuple[array[int], list[list[int]]]:
    """Return each record's key as a number, and the places of those who share one."""
    values = array("q", [NOTHING]) * len(records)
    sharing: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(records):
        value = key(one)
        if value:
            values[place] = hash(value)
            sharing[values[place]].append(place)
    for crowd in sharing.values():
        if len(crowd) > largest:
            crowded.update(crowd)
            for place in crowd:
                values[place] = NOTHING
    return values, [block for block in sharing.values() if 1 < len(block) <= largest]


def _settled(proposals: list[Proposal]) -> Iterator[Proposal]:
    """Leave out a vague name (shortened, unmarked) that fits somebody else as well or better."""
    by_record: defaultdict[str, list[Proposal]] = defaultdict(list)
    for one in proposals:
        by_record[one.one.key].append(one)
        by_record[one.other.key].append(one)
    together = {frozenset((one.one.key, one.other.key)) for one in proposals}
    for one in proposals:
        if not _is_vague(one) or not _fits_another(one, by_record, together):
            yield one


def _is_vague(one: Proposal) -> bool:
    vague = {Likeness.SHORTENED, Likeness.UNMARKED}
    seen = one.verdict.comparison
    return seen.name in vague and seen.number is not Likeness.SAME


def _fits_another(
    one: Proposal,
    by_record: dict[str, list[Proposal]],
    together: set[frozenset[str]],
) -> bool:
    """Tell whether one of the pair is proposed with a third that is not proposed with the other."""
    for here, there in ((one.one.key, one.other.key), (one.other.key, one.one.key)):
        for rival in by_record[here]:
            third = rival.other.key if rival.one.key == here else rival.one.key
            if third in (here, there) or frozenset((third, there)) in together:
                continue
            if rival.verdict.bits + CLEAR_BITS > one.verdict.bits:
                return True
    return False
