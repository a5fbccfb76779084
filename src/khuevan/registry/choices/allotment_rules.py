"""Who gets which combination: pure, no ORM, no clock; anybody can compute it again (ADR 20).

Everybody stands in one order: the declared score where there is one, then a lot drawn from a
published seed. One after another is given the first of the own wishes that has a place left. Where
one order holds for all places this is deferred acceptance: nobody is passed over for somebody who
stands behind, and nobody gains by wishing otherwise than they want.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Place:
    """A combination, and how many it takes."""

    id: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Chooser:
    """A pupil: a code that everybody may know, wishes in order, and the declared score if any."""

    id: int
    code: str
    wishes: tuple[int, ...]
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Full:
    """A wish that had no place left: which it was, and where the pupil stood among who asked."""

    wish: int
    place: int
    capacity: int
    stood: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pupil gets, as which wish, and why not an earlier one."""

    chooser: int
    position: int
    """Where the pupil stands in the order of all."""
    place: int | None
    wish: int | None
    stood: int
    """Where the pupil stood among who asked for the place that was given."""
    full: tuple[Full, ...]


def lot_of(seed: str, code: str) -> str:
    """Return the lot of a pupil: the SHA-256 of "seed:code" in hexadecimal; the smallest is first.

    :param seed: drawn before the round, told with the result
    """
    return sha256(f"{seed}:{code}".encode()).hexdigest()


def promise_of(seed: str) -> str:
    """Return what is told of a seed before the round, so that it can't be changed after it."""
    return sha256(seed.encode()).hexdigest()


def in_order(choosers: Iterable[Chooser], seed: str) -> list[Chooser]:
    """Return pupils in the order in which they choose: high scores, then who has none, by lot."""
    return sorted(
        choosers,
        key=lambda one: (
            one.points is None,
            -(one.points or Decimal(0)),
            lot_of(seed, one.code),
            one.code,
        ),
    )


def allot(places: Iterable[Place], choosers: Iterable[Chooser], seed: str) -> list[Outcome]:
    """Return what each pupil gets, in the order in which they choose."""
    capacity = {one.id: one.capacity for one in places}
    asked: Counter[int] = Counter()
    return [
        _outcome(position, one, capacity, asked)
        for position, one in enumerate(in_order(choosers, seed), start=1)
    ]


def _outcome(position: int, one: Chooser, capacity: dict[int, int], asked: Counter[int]) -> Outcome:
    full: list[Full] = []
    for wish, place in enumerate(one.wishes, start=1):
        if place not in capacity:
            continue
        asked[place] += 1
        if asked[place] <= capacity[place]:
            return Outcome(one.id, position, place, wish, asked[place], tuple(full))
        full.append(Full(wish, place, capacity[place], asked[place]))
    return Outcome(one.id, position, None, None, 0, tuple(full))


def given(outcomes: Sequence[Outcome]) -> dict[int, int]:
    """Return how many get each place."""
    return dict(Counter(one.place for one in outcomes if one.place is not None))
