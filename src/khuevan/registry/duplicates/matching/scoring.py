"""How strongly two records speak for one person: bits of evidence, fact by fact, and a verdict.

Each fact adds log2 of how much likelier it is seen in two records of one person than in records of
two people (Fellegi and Sunter, 1969). A rare name says more than a common one. What points to
twins or namesakes is judged apart: no sum of bits outweighs it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2
from typing import Protocol

from khuevan.registry.duplicates.matching.names import Likeness
from khuevan.registry.duplicates.matching.records import Comparison, Record, compare

SAME, UNMARKED, SHORTENED = Likeness.SAME, Likeness.UNMARKED, Likeness.SHORTENED
SWAPPED, SLIP, DIFFERENT = Likeness.SWAPPED, Likeness.SLIP, Likeness.DIFFERENT
FITS = frozenset({SAME, UNMARKED, SHORTENED})
MISTYPED = frozenset({SLIP, SWAPPED})

# Bits a fact adds. What one slip of a finger explains speaks a little for, not against.
BITS: Mapping[str, Mapping[Likeness, float]] = {
    "birth_date": {SAME: 12, SWAPPED: 7, SLIP: 3, DIFFERENT: -9},
    "birth_year": {SAME: 5, DIFFERENT: -5},
    "sex": {SAME: 1, DIFFERENT: -6},
    "number": {SAME: 30, SWAPPED: 9, SLIP: 9, DIFFERENT: -14},
    "guardian": {SAME: 8, UNMARKED: 7, SHORTENED: 5, SLIP: 3, DIFFERENT: -5},
    "phone": {SAME: 13, SWAPPED: 6, SLIP: 6, DIFFERENT: -4},
    "ward": {SAME: 5, DIFFERENT: -2},
    "school": {SAME: 3, DIFFERENT: -0.5},
}
NAME_LOSS = {SAME: 0.0, UNMARKED: 1.0, SHORTENED: 2.0, SLIP: 5.0}
PROPOSE_FROM = 4.0
"""Bits above even odds from which a pair is proposed; name and date alone never say more."""
TWINS_APART = 9
"""Numbers given at one desk follow each other; twins' differ by so much at most."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two records say: the bits above even odds, and what each fact was."""

    bits: float
    comparison: Comparison
    is_proposed: bool

    @property
    def score(self) -> float:
        """Return how strongly both speak for one person: 0.5 where just proposed, below 1."""
        bits = max(0.0, self.bits)
        return bits / (bits + PROPOSE_FROM)


class Names(Protocol):
    """How much a name says among everybody."""

    @property
    def prior(self) -> float:
        """Return the bits against: how much likelier any two records are of two people."""

    def bits(self, one: Record) -> float:
        """Return the bits a match of this name is worth."""


class Rarity:
    """How much a name says, reckoned from the names of the records themselves."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._ends: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self._middles: Counter[str] = Counter()
        self._count = 0
        for one in records:
            words = one.name.words
            if words:
                self._count += 1
                self._ends[0][words[0].plain] += 1
                self._ends[1][words[-1].plain] += 1
                self._middles[_middle(one)] += 1

    @property
    def prior(self) -> float:
        """Return the bits against: how much likelier any two records are of two people."""
        return log2(max(self._count, 2))

    def bits(self, one: Record) -> float:
        """Return the bits a match of this name is worth."""
        words = one.name.words
        seen = (self._ends[0][words[0].plain], self._ends[1][words[-1].plain])
        chances = (*seen, self._middles[_middle(one)])
        return sum(log2((self._count + 50) / (count + 1)) for count in chances)


def _middle(one: Record) -> str:
    return " ".join(word.plain for word in one.name.words[1:-1])


def judge(one: Record, other: Record, rarity: Names) -> Verdict:
    """Compare two records and tell whether they are proposed as one person."""
    seen = compare(one, other)
    bits = -rarity.prior + _name_bits(seen.name, one, other, rarity)
    for fact, worth in BITS.items():
        bits += worth.get(getattr(seen, fact), 0.0)
    if not _is_supported(seen):
        bits = min(bits, PROPOSE_FROM)
    is_another = _is_another(seen) or _have_twins_numbers(one, other, seen)
    return Verdict(bits, seen, bits >= PROPOSE_FROM and not is_another)


def _name_bits(likeness: Likeness, one: Record, other: Record, rarity: Names) -> float:
    if likeness is Likeness.UNKNOWN:
        return 0.0
    if likeness is DIFFERENT:
        return -12.0
    shorter = min(one, other, key=lambda record: len(record.name.words))
    return max(rarity.bits(shorter) - NAME_LOSS[likeness], 1.0)


def _is_another(seen: Comparison) -> bool:
    """Tell what must never be proposed: twins, namesakes, two facts that exclude each other."""
    if seen.name is DIFFERENT:
        return True  # twins share all but their names; equal numbers are told as a contradiction
    if seen.number is SAME:
        return seen.birth_date is DIFFERENT and seen.sex is DIFFERENT
    if seen.number is DIFFERENT and seen.name is not SAME:
        return True  # Thông and Thống, each with a number
    if seen.number is DIFFERENT or seen.sex is DIFFERENT:
        return not _same_household(seen) or seen.birth_date is not SAME
    if seen.name is SLIP and seen.number not in MISTYPED:
        return not _same_household(seen) or seen.birth_date is not SAME
    if seen.birth_date is DIFFERENT:
        return True
    return _is_namesake(seen)


def _is_supported(seen: Comparison) -> bool:
    """Tell whether anything beside name, date and sex speaks for one person."""
    return (
        seen.number in {SAME, *MISTYPED}
        or seen.phone in {SAME, *MISTYPED}
        or seen.guardian in {*FITS, SLIP}
        or seen.ward is SAME
    )


def _have_twins_numbers(one: Record, other: Record, seen: Comparison) -> bool:
    """Tell whether two children named nearly alike have numbers that follow each other."""
    if seen.name not in {UNMARKED, SLIP} or seen.number not in MISTYPED:
        return False
    if seen.birth_date is not SAME:
        return False
    return abs(int(one.number) - int(other.number)) <= TWINS_APART


def _same_household(seen: Comparison) -> bool:
    """Tell whether guardian and phone both speak for one family."""
    return seen.guardian in FITS and seen.phone is SAME


def _is_namesake(seen: Comparison) -> bool:
    """Tell equal names with nothing else in common but, at most, the day of birth."""
    if seen.number in MISTYPED:
        return False
    is_contradicted = DIFFERENT in {seen.guardian, seen.phone, seen.birth_year}
    supported = seen.guardian in FITS or seen.phone in {SAME, *MISTYPED}
    if is_contradicted:
        return not supported
    if supported:
        return False
    return seen.ward is DIFFERENT
