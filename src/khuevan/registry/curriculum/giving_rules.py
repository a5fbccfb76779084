"""What a list of lessons asks of a plan: pure, no ORM, no clock.

A subject of a class may stand in its plan in several parts (lessons, study topics); a list speaks
of the subject, so periods are compared in all and shared out over the parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Weeks = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Periods a week as a list tells them: one number for the year, or one for each term."""

    weekly: int | None = None
    terms: tuple[int, int] | None = None

    @property
    def is_silent(self) -> bool:
        """Say whether the list names no number: all that the plan leaves."""
        return self.weekly is None and self.terms is None

    def __add__(self, other: Told) -> Told:
        """Return both together; silent where either is."""
        if self.is_silent or other.is_silent:
            return Told()
        if self.terms is None and other.terms is None:
            return Told((self.weekly or 0) + (other.weekly or 0))
        mine, theirs = self._both, other._both
        return Told(terms=(mine[0] + theirs[0], mine[1] + theirs[1]))

    @property
    def _both(self) -> tuple[int, int]:
        return self.terms or (self.weekly or 0, self.weekly or 0)

    @property
    def most(self) -> int:
        """Return the most periods of a week."""
        return max(self._both)


def answering(given: Mapping[int, int], said: int | None) -> tuple[int, bool] | None:
    """Return who answers for the marks of a subject, and whether that is settled.

    `given` has its teachers with their periods, `said` who was named. Who teaches it alone answers
    for it; of several the one named, else, unsettled, the first of those who give most.
    """
    if not given:
        return None
    if said in given and said is not None:
        return said, True
    return max(given, key=lambda one: given[one]), len(given) == 1


def added_up(parts: Sequence[Sequence[int]]) -> Weeks:
    """Return the periods of each week of all parts together."""
    return tuple(sum(column) for column in zip(*parts, strict=True)) if parts else ()


def meant(
    told: Told,
    *,
    terms: tuple[int, int],
    now: int,
    given: Sequence[int] | None,
    planned: Sequence[int] | None,
) -> Weeks | None:
    """Return the periods of each week that a list means; None where it names no number.

    One number is that of the term the list is of (`now`): where it is what the teacher gives then,
    or what the plan has then, the whole year is meant as it stands, so 1 in the first term of a
    subject with 1 and then 2 a week is all of it. Where the plan differs from week to week, nobody
    gives more in a week than it has.
    """
    if told.terms is not None:
        first, second = told.terms
        return (first,) * terms[0] + (second,) * terms[1]
    if told.weekly is None:
        return None
    count = told.weekly
    for known in (given, planned):
        if known and set(_of_term(known, terms, now)) == {count}:
            return tuple(known)
    if planned and count <= max(planned):
        return tuple(min(count, week) for week in planned)
    return (count,) * sum(terms)


def told_as(weeks: Sequence[int], terms: tuple[int, int], now: int) -> Told:
    """Return how a list tells periods: a number of each term, one where they are alike.

    Where they differ from week to week within a term no number tells them.
    """
    counts = [set(_of_term(weeks, terms, term)) for term in range(len(terms))]
    if any(len(found) != 1 for found in counts):
        return Told(counts[now].pop()) if len(counts[now]) == 1 else Told()
    first, second = (found.pop() for found in counts)
    return Told(first) if first == second else Told(terms=(first, second))


def share_out(
    given: Sequence[Sequence[int]], parts: Sequence[Sequence[int]]
) -> list[tuple[Weeks, ...]]:
    """Return for each teacher the periods of each part, filled from the first part on.

    What is over the plan stays with the first part.
    """
    left = [list(part) for part in parts]
    shares = []
    for weeks in given:
        mine = [[0] * len(weeks) for _part in parts]
        for week, count in enumerate(weeks):
            rest = count
            for place, part in enumerate(left):
                taken = min(part[week], rest)
                mine[place][week], part[week], rest = taken, part[week] - taken, rest - taken
            mine[0][week] += rest
        shares.append(tuple(tuple(one) for one in mine))
    return shares


def replanned(parts: Sequence[Sequence[int]], total: Sequence[int]) -> list[Weeks]:
    """Return the parts of a subject so that they come to a total: the first takes the rest."""
    others: list[list[int]] = [[] for _part in parts[1:]]
    first = []
    for week, count in enumerate(total):
        rest = count
        for place, part in enumerate(parts[1:]):
            kept = min(part[week], rest)
            others[place].append(kept)
            rest -= kept
        first.append(rest)
    return [tuple(first), *(tuple(one) for one in others)]


def over_and_short(planned: Sequence[int], given: Sequence[int]) -> tuple[int, int]:
    """Return by how many periods of a week a total is over the plan, and short of it, at most."""
    gaps = [count - plan for plan, count in zip(planned, given, strict=True)]
    return max(0, *gaps), max(0, *(-gap for gap in gaps))


def _of_term(weeks: Sequence[int], terms: tuple[int, int], term: int) -> Sequence[int]:
    first = sum(terms[:term])
    return weeks[first : first + terms[term]]
