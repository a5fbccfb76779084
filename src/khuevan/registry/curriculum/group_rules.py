"""What may not be among the groups of a school's year: pure, no ORM, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group as these rules see it."""

    id: int
    subject: str
    kind: str
    block: str
    teacher: int | None
    pupils: frozenset[int]
    weeks: tuple[int, ...] = ()


class GroupFaultKind(Enum):
    """What may be wrong with a group."""

    EMPTY = "empty"
    NO_TEACHER = "no teacher"
    UNPLANNED = "unplanned"
    PUPILS_TWICE = "pupils twice"
    TEACHER_TWICE = "teacher twice"
    UNEVEN_BLOCK = "uneven block"


@dataclass(frozen=True, slots=True)
class GroupFault:
    """One thing that is wrong with a group, the other group in it if any, and how many pupils."""

    kind: GroupFaultKind
    group: int
    other: int | None = None
    count: int = 0


def group_faults(groups: Iterable[GroupFacts]) -> list[GroupFault]:
    """Return what is wrong among groups."""
    found: list[GroupFault] = []
    listed = list(groups)
    for one in listed:
        if not one.pupils:
            found.append(GroupFault(GroupFaultKind.EMPTY, one.id))
        if one.teacher is None:
            found.append(GroupFault(GroupFaultKind.NO_TEACHER, one.id))
        if not any(one.weeks):
            found.append(GroupFault(GroupFaultKind.UNPLANNED, one.id))
    for one, other in combinations(listed, 2):
        found.extend(_between(one, other))
    return found


def counted_weeks(plans: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Return the periods of each week of a group: those of its classes' plans, counted once."""
    listed = [tuple(one) for one in plans]
    length = max(map(len, listed), default=0)
    return tuple(
        max((one[week] for one in listed if week < len(one)), default=0) for week in range(length)
    )


def in_the_way(
    one: GroupFacts, others: Iterable[GroupFacts], pupils: Collection[int]
) -> dict[int, list[int]]:
    """Return which of these pupils another group keeps out of one, by that group."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for other in others:
        if other.id != one.id and _exclude(one, other):
            for pupil in sorted(other.pupils.intersection(pupils)):
                found[other.id].append(pupil)
    return dict(found)


def _exclude(one: GroupFacts, other: GroupFacts) -> bool:
    """Return whether nobody can be in both: they run together, or are the same subject."""
    together = bool(one.block) and one.block == other.block
    return together or (one.subject, one.kind) == (other.subject, other.kind)


def _between(one: GroupFacts, other: GroupFacts) -> Iterable[GroupFault]:
    twice = len(one.pupils & other.pupils)
    if twice and _exclude(one, other):
        yield GroupFault(GroupFaultKind.PUPILS_TWICE, one.id, other.id, twice)
    if one.block and one.block == other.block:
        if one.teacher is not None and one.teacher == other.teacher:
            yield GroupFault(GroupFaultKind.TEACHER_TWICE, one.id, other.id)
        if any(one.weeks) and any(other.weeks) and one.weeks != other.weeks:
            yield GroupFault(GroupFaultKind.UNEVEN_BLOCK, one.id, other.id)
