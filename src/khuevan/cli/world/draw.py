"""Deterministic draws: weighted choices, serial numbers that look random, largest remainders."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar
from zlib import crc32

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def seeded(seed: int, *path: object) -> Random:
    """Return a source of its own for one part of the world, so parts never shift each other."""
    return Random("/".join(map(str, (seed, *path))))  # noqa: S311 (a demo world holds no secret)


class Weighted(Generic[T]):
    """A choice among values by weight, from one uniform number."""

    __slots__ = ("_bounds", "_values")

    def __init__(self, weights: Mapping[T, float] | Iterable[tuple[T, float]]) -> None:
        pairs = list(weights.items() if isinstance(weights, Mapping) else weights)
        self._values: list[T] = [value for value, weight in pairs if weight > 0]
        self._bounds: list[float] = list(accumulate(weight for _, weight in pairs if weight > 0))

    def pick(self, uniform: float) -> T:
        """Return the value that a number from [0, 1) falls on."""
        return self._values[
            bisect_right(self._bounds, uniform * self._bounds[-1], hi=len(self) - 1)
        ]

    def __len__(self) -> int:
        return len(self._values)


class Serials:
    """Numbers of a fixed length, never twice the same under one key, in an order that looks random.

    Two makers share the numbers: one starts at 0, the other half way.
    """

    STEP = 610_639_183  # prime to 2 and 5, so that every number comes once

    def __init__(self, digits: int, *, start: int = 0) -> None:
        self._digits = digits
        self._start = start
        self._modulus = 10**digits
        self._count: dict[Hashable, int] = defaultdict(int)

    def next(self, key: Hashable) -> str:
        """Return the next number under a key.

        :raises OverflowError: when all numbers of that length are used up
        """
        count = self._count[key]
        if count >= self._modulus // 2:
            raise OverflowError(f"no numbers left under {key!r}")
        self._count[key] = count + 1
        number = (self._start + count) * self.STEP + crc32(str(key).encode())
        return str(number % self._modulus).zfill(self._digits)


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Split a total into whole parts by weight; the parts add up to the total."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
